import type { Core } from "../wasm/core.ts";
import { exp, expm1, log, log1p } from "../wasm/math.ts";
import { brentMinimum } from "./brent.ts";

// Power transforms of one number, x to z, and the exponent that makes a column most nearly normal.
//   Box-Cox (x > 0):  z = (x^lambda - 1) / lambda, log x at lambda = 0
//   Yeo-Johnson:      that of x + 1 for x >= 0; for x < 0 minus that of 1 - x with 2 - lambda in lambda's place
// Ref: Yeo & Johnson (2000), A new family of power transformations to improve normality or symmetry.

export type PowerMethod = "yeoJohnson" | "boxCox";

/** x transformed; NaN stays NaN. */
export function power(core: Core, method: PowerMethod, x: number, lambda: number): number {
  if (method === "boxCox") return raised(core, log(core, x), lambda);
  return x < 0 ? -raised(core, log1p(core, -x), 2 - lambda) : raised(core, log1p(core, x), lambda);
}

/** The x that `power` makes z of; NaN where there is none. */
export function powerRoot(core: Core, method: PowerMethod, z: number, lambda: number): number {
  if (method === "boxCox") return exp(core, lowered(core, z, lambda));
  return z < 0 ? -expm1(core, lowered(core, -z, 2 - lambda)) : expm1(core, lowered(core, z, lambda));
}

/**
 * The lambda of greatest likelihood for the numbers of a column, which must differ:
 *   -n/2 log var(z) + (lambda - 1) sum_i sign(x_i) l_i,  l = log(1 + |x|), or log x and no sign for Box-Cox.
 */
export function likeliestLambda(core: Core, method: PowerMethod, column: Float64Array): number {
  const n = column.length;
  const logs = column.map((x) => (method === "boxCox" ? log(core, x) : log1p(core, Math.abs(x))));
  const negative = (i: number): boolean => method === "yeoJohnson" && (column[i] as number) < 0;
  let slope = 0;
  let sum = 0;
  let negatives = 0;
  for (let i = 0; i < n; i++) {
    slope += negative(i) ? -(logs[i] as number) : (logs[i] as number);
    sum += logs[i] as number;
    if (negative(i)) negatives++;
  }
  // Numbers of one sign: their spread is taken about the mean logarithm, so that it neither overflows nor cancels.
  const shift = negatives === 0 || negatives === n ? sum / n : 0;
  const z = new Float64Array(n);
  const loss = (lambda: number): number => {
    for (let i = 0; i < n; i++) {
      const l = (logs[i] as number) - shift;
      z[i] = negative(i) ? -raised(core, l, 2 - lambda) : raised(core, l, lambda);
    }
    const stretch = 2 * shift * (negatives === n ? 2 - lambda : lambda);
    const value = (n / 2) * (log(core, variance(z)) + stretch) - (lambda - 1) * slope;
    return Number.isFinite(value) ? value : Number.POSITIVE_INFINITY;
  };
  return brentMinimum(loss, -2, 2);
}

/** (exp(l lambda) - 1) / lambda. */
function raised(core: Core, l: number, lambda: number): number {
  return lambda === 0 ? l : expm1(core, l * lambda) / lambda;
}

/** The l of which `raised` makes z. */
function lowered(core: Core, z: number, lambda: number): number {
  return lambda === 0 ? z : log1p(core, z * lambda) / lambda;
}

function variance(z: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < z.length; i++) sum += z[i] as number;
  const mean = sum / z.length;
  let squares = 0;
  for (let i = 0; i < z.length; i++) squares += ((z[i] as number) - mean) * ((z[i] as number) - mean);
  return squares / z.length;
}
