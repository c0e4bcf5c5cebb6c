import { product } from "./product";

// Matrix products, all matrices row-major with row strides (lda, ldb, ldc, in elements) >= their columns.
// In:   m, n, k >= 0 (k = 0 gives zeros)
//       NT: A [m, k], B [n, k];  NN: A [m, k], B [k, n];  TN: A [k, m], B [k, n]
// Out:  C [m, n], must not overlap A or B.
//       Each entry has the bits of the plain loop sum += a_p b_p over p = 0 .. k-1;
//       |error| <= k u sum_p |a_p b_p|, u = 2^-53

/** C = A B^T. */
export function gemmNT(m: i32, n: i32, k: i32, A: usize, lda: i32, B: usize, ldb: i32, C: usize, ldc: i32): void {
  product(m, n, k, A, lda, false, B, ldb, false, C, ldc, false, false);
}

/** C = A B. */
export function gemmNN(m: i32, n: i32, k: i32, A: usize, lda: i32, B: usize, ldb: i32, C: usize, ldc: i32): void {
  product(m, n, k, A, lda, false, B, ldb, true, C, ldc, false, false);
}

/** C = A^T B. */
export function gemmTN(m: i32, n: i32, k: i32, A: usize, lda: i32, B: usize, ldb: i32, C: usize, ldc: i32): void {
  product(m, n, k, A, lda, true, B, ldb, true, C, ldc, false, false);
}

/** C -= A B^T: each entry has the bits of C_ij -= a_p b_p over p = 0 .. k-1. */
export function subtractNT(m: i32, n: i32, k: i32, A: usize, lda: i32, B: usize, ldb: i32, C: usize, ldc: i32): void {
  product(m, n, k, A, lda, false, B, ldb, false, C, ldc, true, false);
}

/** C -= A B. */
export function subtractNN(m: i32, n: i32, k: i32, A: usize, lda: i32, B: usize, ldb: i32, C: usize, ldc: i32): void {
  product(m, n, k, A, lda, false, B, ldb, true, C, ldc, true, false);
}

/** C -= A^T B. */
export function subtractTN(m: i32, n: i32, k: i32, A: usize, lda: i32, B: usize, ldb: i32, C: usize, ldc: i32): void {
  product(m, n, k, A, lda, true, B, ldb, true, C, ldc, true, false);
}
