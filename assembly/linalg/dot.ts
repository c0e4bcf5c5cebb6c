// Vector kernels. All matrices and vectors of this family are f64; addresses need no alignment.

// Inner product s = sum_i x_i y_i.
// In:   x [n], y [n], n >= 0 (the empty sum is 0)
// Out:  s; |error| <= (n/8 + 6) u sum_i |x_i y_i|, u = 2^-53
// Order: eight partial sums over i mod 8 (the last n mod 8 terms join the first ones), then pairwise;
//        it depends on n alone. `gemv` sums in the same order.
export function dot(x: usize, y: usize, n: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let s2 = f64x2.splat(0);
  let s3 = f64x2.splat(0);
  const end = x + ((<usize>n) << 3);
  const end8 = x + ((<usize>(n & ~7)) << 3);
  const end2 = x + ((<usize>(n & ~1)) << 3);
  while (x < end8) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(x), v128.load(y)));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(x, 16), v128.load(y, 16)));
    s2 = f64x2.add(s2, f64x2.mul(v128.load(x, 32), v128.load(y, 32)));
    s3 = f64x2.add(s3, f64x2.mul(v128.load(x, 48), v128.load(y, 48)));
    x += 64;
    y += 64;
  }
  while (x < end2) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(x), v128.load(y)));
    x += 16;
    y += 16;
  }
  const s = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  let sum = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
  if (x < end) sum += load<f64>(x) * load<f64>(y);
  return sum;
}

// y <- a x + y.
// In:   a, x [n], y [n]; x and y are the same block or do not overlap
// Out:  y [n]; each entry is one rounded product and one rounded sum
export function axpy(a: f64, x: usize, y: usize, n: i32): void {
  const av = f64x2.splat(a);
  const end = y + ((<usize>n) << 3);
  const end4 = y + ((<usize>(n & ~3)) << 3);
  while (y < end4) {
    const y0 = f64x2.add(v128.load(y), f64x2.mul(av, v128.load(x)));
    const y1 = f64x2.add(v128.load(y, 16), f64x2.mul(av, v128.load(x, 16)));
    v128.store(y, y0);
    v128.store(y, y1, 16);
    x += 32;
    y += 32;
  }
  while (y < end) {
    store<f64>(y, load<f64>(y) + a * load<f64>(x));
    x += 8;
    y += 8;
  }
}
