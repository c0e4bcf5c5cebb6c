import { profile } from "../gp/profile";
import { nth } from "../linalg/product";

// Covariances of Gaussian process regression on d numbers a row: k(x, z) = a k(t), t = sum_j (x_j - z_j)^2 over columns
// in units of their length scales; profiles k: gp/profile.ts, kind 0 Matern-5/2, 1 squared exponential.
// The n training rows lie as columns U [d, stride], stride = n rounded up to even; the last number of an odd n is 0.

/** The row stride of n numbers. */
export function evenStride(n: i32): i32 {
  return (n + 1) & ~1;
}

/** t[k] = the squared distance of x (its d numbers `step` bytes apart) and row k, k < count rounded up to even. */
export function squaredDistances(U: usize, stride: i32, d: i32, x: usize, step: usize, count: i32, t: usize): void {
  const bytes = (<usize>evenStride(count)) << 3;
  memory.fill(t, 0, bytes);
  for (let j = 0; j < d; j++) {
    const own = v128.load64_splat(x);
    for (let at: usize = 0; at < bytes; at += 16) {
      const gap = f64x2.sub(own, v128.load(U + at));
      v128.store(t + at, f64x2.add(v128.load(t + at), f64x2.mul(gap, gap)));
    }
    x += step;
    U += (<usize>stride) << 3;
  }
}

/** row[k] = a k(t) between x, as above, and row k of U. */
export function covarianceRow(
  U: usize,
  stride: i32,
  d: i32,
  kind: i32,
  a: f64,
  x: usize,
  step: usize,
  count: i32,
  row: usize,
): void {
  squaredDistances(U, stride, d, x, step, count, row);
  const amplitude = f64x2.splat(a);
  for (let k = 0; k < count; k += 2) {
    v128.store(nth(row, k), f64x2.mul(amplitude, profile(kind === 1, v128.load(nth(row, k)))));
  }
}
