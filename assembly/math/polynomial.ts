// Polynomials with tabulated coefficients.

/**
 * The polynomial of degree 2 pairs - 1 at t. Table: (c[2i], c[2i+1]), highest pair first.
 * Even and odd powers run side by side in the two lanes, which halves the chain of dependent operations.
 */
export function polynomial(table: usize, pairs: i32, t: f64): f64 {
  const square = f64x2.splat(t * t);
  let sum = v128.load(table);
  for (let i = 1; i < pairs; i++) sum = f64x2.add(f64x2.mul(sum, square), v128.load(table + ((<usize>i) << 4)));
  return f64x2.extract_lane(sum, 0) + t * f64x2.extract_lane(sum, 1);
}
