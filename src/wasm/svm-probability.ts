import type { Matrix } from "../core/matrix.ts";
import type { ModelsCore } from "./core.ts";

/**
 * The [a, b] for which 1 / (1 + exp(a f + b)) is the most likely probability of the pair's first class, given decision
 * values f [n] and whether the samples are of that class [n] (1 or 0).
 */
export function svmSigmoid(core: ModelsCore, values: Float64Array, first: Int32Array): Float64Array {
  return core.scope((arena) => {
    const out = arena.f64Alloc(2);
    core.exports.svmSigmoid(arena.f64(values), arena.i32(first), values.length, out);
    return arena.readF64(out, 2);
  });
}

/** Probabilities [m, k] of k classes from decision values [m, pairs] and the sigmoids of the pairs [pairs, 2]. */
export function svmProbabilities(core: ModelsCore, values: Float64Array, sigmoids: Float64Array, k: number): Matrix {
  const rows = (2 * values.length) / sigmoids.length;
  return core.scope((arena) => {
    const out = arena.f64Alloc(rows * k);
    core.exports.svmProbabilities(arena.f64(values), rows, arena.f64(sigmoids), k, out);
    return { data: arena.readF64(out, rows * k), rows, cols: k };
  });
}
