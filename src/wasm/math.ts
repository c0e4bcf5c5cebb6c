import type { CoreWith } from "./core.ts";

/** e to the x; within 0.77 ULP, the same bits in every runtime. */
export function exp(core: CoreWith<"mathExp">, x: number): number {
  return core.exports.mathExp(x);
}

/** The natural logarithm of x; within 0.53 ULP. NaN for x < 0. */
export function log(core: CoreWith<"mathLog">, x: number): number {
  return core.exports.mathLog(x);
}

/** The natural logarithm of 1 + x, exact for small x too. NaN for x < -1. */
export function log1p(core: CoreWith<"mathLog1p">, x: number): number {
  return core.exports.mathLog1p(x);
}

/** The error function. */
export function erf(core: CoreWith<"mathErf">, x: number): number {
  return core.exports.mathErf(x);
}

/** The probability that a standard normal number is at most x. */
export function normalCdf(core: CoreWith<"mathNormalCdf">, x: number): number {
  return core.exports.mathNormalCdf(x);
}

/** The logarithm of `normalCdf`, exact far into the lower tail. */
export function normalLogCdf(core: CoreWith<"mathNormalLogCdf">, x: number): number {
  return core.exports.mathNormalLogCdf(x);
}

/** The x for which `normalCdf` is p; -Infinity at 0, Infinity at 1, NaN outside [0, 1]. */
export function normalQuantile(core: CoreWith<"mathNormalQuantile">, p: number): number {
  return core.exports.mathNormalQuantile(p);
}

/** The logarithm of the sum of the exponentials; -Infinity for no values. */
export function logSumExp(core: CoreWith<"mathLogSumExp">, values: ArrayLike<number>): number {
  return core.scope((arena) => core.exports.mathLogSumExp(arena.f64(values), values.length));
}

/** `exp` of every value. */
export function expArray(core: CoreWith<"mathExpArray">, values: ArrayLike<number>): Float64Array {
  return core.scope((arena) => {
    const x = arena.f64(values);
    core.exports.mathExpArray(x, values.length, x);
    return arena.readF64(x, values.length);
  });
}

/** `log` of every value. */
export function logArray(core: CoreWith<"mathLogArray">, values: ArrayLike<number>): Float64Array {
  return core.scope((arena) => {
    const x = arena.f64(values);
    core.exports.mathLogArray(x, values.length, x);
    return arena.readF64(x, values.length);
  });
}
