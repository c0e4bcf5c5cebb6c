import type { Matrix } from "../core/matrix.ts";
import type { ModelsCore } from "./core.ts";

/** A family of power transforms: see assembly/power/curve.ts. */
export type PowerMethod = "yeoJohnson" | "boxCox";

/** X [m, d] with column j raised by `lambdas[j]`; NaN stays NaN. "boxCox" takes numbers > 0. */
export function powerTransform(core: ModelsCore, method: PowerMethod, X: Matrix, lambdas: Float64Array): Matrix {
  return mapped(core, core.exports.powerTransform, method, X, lambdas);
}

/** The X that `powerTransform` makes Z of; NaN where there is none. */
export function powerInvert(core: ModelsCore, method: PowerMethod, Z: Matrix, lambdas: Float64Array): Matrix {
  return mapped(core, core.exports.powerInvert, method, Z, lambdas);
}

/**
 * What `search` returns, called with minus the logarithm of the likelihood of a column [n] as a function of lambda,
 * but for a constant; Infinity where it is no number. The column has no NaN, and for "boxCox" numbers > 0 alone.
 */
export function withPowerLoss<T>(
  core: ModelsCore,
  method: PowerMethod,
  column: Float64Array,
  search: (loss: (lambda: number) => number) => T,
): T {
  const n = column.length;
  const boxCox = method === "boxCox";
  return core.scope((arena) => {
    const logs = arena.f64Alloc(n);
    const room = arena.f64Alloc(n);
    core.exports.powerLogarithms(arena.f64(column), n, boxCox, logs);
    return search((lambda) => core.exports.powerLoss(logs, n, boxCox, lambda, room));
  });
}

function mapped(
  core: ModelsCore,
  map: ModelsCore["exports"]["powerTransform"],
  method: PowerMethod,
  { data, rows, cols }: Matrix,
  lambdas: Float64Array,
): Matrix {
  return core.scope((arena) => {
    const numbers = arena.f64(data);
    map(numbers, rows, cols, arena.f64(lambdas), method === "boxCox", numbers);
    return { data: arena.readF64(numbers, data.length), rows, cols };
  });
}
