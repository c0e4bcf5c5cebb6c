// The block of a Gaussian process: named fields, then arrays. It holds addresses into itself, so it must not be moved.
// Letters: n points, d parameters, e columns (the embedding of the parameters, see columns.ts), w = 1 / lengthscale^2,
// a amplitude (the prior variance), c the weight of interactions (covariance.ts), K the covariance of the points,
// L its Cholesky factor, alpha = K^-1 y.

// Scalars (f64).
export const AMPLITUDE: usize = 0;
export const ORDER: usize = 8;
export const NOISE: usize = 16;

// Counts (i32).
export const N: usize = 24; // points in use
export const STRIDE: usize = 28; // the points there is room for, even: the row stride of X and L
export const D: usize = 32;
export const E: usize = 36;
export const KERNEL: usize = 40;

// Addresses (usize).
export const TABLE: usize = 44; // [d, 5] f64 the parameters, see columns.ts
export const FIRST: usize = 48; // [d] i32 the parameter's first column
export const X: usize = 52; // [e, stride] the points, a row a column of theirs
export const W: usize = 56; // [d]
export const L: usize = 60; // [stride, stride]
export const ALPHA: usize = 64; // [stride]
export const ROW: usize = 68; // [stride] scratch: squared distances
export const SLOPES: usize = 72; // [d + 2, stride] scratch: see slopes.ts

export const BENT: usize = 76; // i32: whether inputs are warped (bend.ts); the three arrays are there only then
export const SHAPES: usize = 80; // [2, d] a, b
export const RAW: usize = 84; // [d, stride] the points' values before the warp
export const BENDS: usize = 88; // [2 d, stride] derivatives of the warped columns by log a, then by log b

const HEADER: usize = 96;

/** Bytes of the block for `capacity` points, d parameters and e columns. */
export function modelBytes(capacity: i32, d: i32, e: i32, bent: bool): usize {
  const stride = <usize>(capacity + 1) & ~1;
  const more = bent ? <usize>d * (2 + 3 * stride) : 0;
  return HEADER + 8 * (<usize>d * 7 + stride * (<usize>e + stride + <usize>d + 4) + more);
}

/** Lays the block out, without points; what is past the points in use stays 0 in X. */
export function modelLayout(m: usize, capacity: i32, d: i32, e: i32, kernel: i32, bent: bool): void {
  const stride = <usize>(capacity + 1) & ~1;
  store<i32>(m, 0, N);
  store<i32>(m, <i32>stride, STRIDE);
  store<i32>(m, d, D);
  store<i32>(m, e, E);
  store<i32>(m, kernel, KERNEL);
  store<i32>(m, bent ? 1 : 0, BENT);
  let next = m + HEADER;
  next = place(m + TABLE, next, <usize>d * 40);
  next = place(m + FIRST, next, (<usize>d) << 3);
  next = place(m + X, next, (<usize>e * stride) << 3);
  next = place(m + W, next, (<usize>d) << 3);
  next = place(m + L, next, (stride * stride) << 3);
  next = place(m + ALPHA, next, stride << 3);
  next = place(m + ROW, next, stride << 3);
  next = place(m + SLOPES, next, ((<usize>d + 2) * stride) << 3);
  if (bent) {
    next = place(m + SHAPES, next, (<usize>d) << 4);
    next = place(m + RAW, next, (<usize>d * stride) << 3);
    place(m + BENDS, next, (<usize>d * stride) << 4);
    for (let j = 0; j < 2 * d; j++) store<f64>(load<usize>(m, SHAPES) + ((<usize>j) << 3), 1);
  }
  memory.fill(load<usize>(m, X), 0, (<usize>e * stride) << 3);
}

/** Row i of one of the arrays of rows of `stride` numbers. */
export function rowOf(m: usize, array: usize, i: i32): usize {
  return load<usize>(m + array) + ((<usize>i * <usize>load<i32>(m, STRIDE)) << 3);
}

function place(field: usize, block: usize, bytes: usize): usize {
  store<usize>(field, block);
  return block + bytes;
}
