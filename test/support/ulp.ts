const view = new DataView(new ArrayBuffer(8));

/** The 64 bits of a number; all NaNs are one. */
export function bitsOf(x: number): bigint {
  view.setFloat64(0, Number.isNaN(x) ? Number.NaN : x);
  return view.getBigUint64(0);
}

/** The distance of the doubles in the binade of y: one unit in the last place. */
export function ulp(y: number): number {
  const exponent = Number((bitsOf(y) >> 52n) & 0x7ffn);
  return exponent === 0 ? Number.MIN_VALUE : 2 ** Math.max(exponent - 1075, -1074);
}

/** Error of `got` in ULP against the exact value y + fraction ulp(y); Infinity when `got` is not finite. */
export function ulpError(got: number, y: number, fraction: number = 0): number {
  const error = Math.abs((got - y) / ulp(y) - fraction);
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
}
