import { SEARCH_BYTES } from "./more-thuente";

// The state block of L-BFGS-B: named fields, then arrays. It holds addresses into itself, so it must not be moved.
// Letters are the paper's: x iterate, g gradient, l, u bounds, S and Y the corrections, theta the scale of B.

// Scalars (f64).
export const VALUE: usize = 0;
export const PREVIOUS_VALUE: usize = 8;
export const VALUE_TOLERANCE: usize = 16;
export const GRADIENT_TOLERANCE: usize = 24;
export const GRADIENT_NORM: usize = 32;
export const THETA: usize = 40;

// Counts and flags (i32).
export const N: usize = 48;
export const M: usize = 52;
export const STORED: usize = 56;
export const ITERATIONS: usize = 60;
export const EVALUATIONS: usize = 64;
export const MAX_ITERATIONS: usize = 68;
export const MAX_EVALUATIONS: usize = 72;
export const SEARCH_EVALUATIONS: usize = 76;
export const PHASE: usize = 80;
export const RESULT: usize = 84;
export const BOUNDED: usize = 88;
export const BOXED: usize = 92;

// Addresses (usize).
export const X: usize = 96; // [n] the point to evaluate, or the iterate
export const G: usize = 100; // [n] its gradient
export const LOW: usize = 104; // [n]
export const HIGH: usize = 108; // [n]
export const PREVIOUS_X: usize = 112; // [n] the last iterate
export const PREVIOUS_G: usize = 116; // [n]
export const TARGET: usize = 120; // [n] the Cauchy point, then the end of the full step
export const DIRECTION: usize = 124; // [n]
export const S: usize = 128; // [m, n] x_(k+1) - x_k, oldest first, each pair scaled so that s^T y = 1
export const Y: usize = 132; // [m, n] g_(k+1) - g_k
export const SS: usize = 136; // [m, m] S S^T
export const SY: usize = 140; // [m, m] S Y^T
export const YY: usize = 144; // [m, m] Y Y^T
export const MIDDLE: usize = 148; // [2m, 2m] LU factors of the inverse of the paper's M
export const PIVOTS: usize = 152; // [2m] i32
export const C: usize = 156; // [2m] W^T (Cauchy point - x)

/** Where the line search keeps its own state. */
export const SEARCH: usize = 160;
const HEADER: usize = SEARCH + SEARCH_BYTES;

/** Bytes of the state for n variables and m corrections. */
export function stateBytes(n: i32, m: i32): usize {
  const vectors = <usize>n * <usize>(8 + 2 * m);
  const small = <usize>m * <usize>(7 * m + 3);
  return HEADER + ((vectors + small) << 3);
}

/** Sets the addresses. */
export function stateLayout(s: usize, n: i32, m: i32): void {
  store<i32>(s, n, N);
  store<i32>(s, m, M);
  const vector = (<usize>n) << 3;
  const square = (<usize>(m * m)) << 3;
  let next = s + HEADER;
  for (let field = X; field <= DIRECTION; field += 4) next = place(s + field, next, vector);
  next = place(s + S, next, vector * m);
  next = place(s + Y, next, vector * m);
  next = place(s + SS, next, square);
  next = place(s + SY, next, square);
  next = place(s + YY, next, square);
  next = place(s + MIDDLE, next, square << 2);
  next = place(s + C, next, (<usize>m) << 4);
  store<usize>(s, next, PIVOTS);
}

/** Component i of one of the vectors. */
export function component(s: usize, vector: usize, i: i32): f64 {
  return load<f64>(load<usize>(s + vector) + ((<usize>i) << 3));
}

function place(field: usize, block: usize, bytes: usize): usize {
  store<usize>(field, block);
  return block + bytes;
}
