import { at, product } from "./product";

// Symmetric products, with half the work of gemm and its bits; both triangles of C are written.
// In:   n, k >= 0; NT: A [n, k];  TN: A [k, n]; row strides >= columns
// Out:  C [n, n] symmetric, must not overlap A

/** C = A A^T, the Gram matrix of A's rows. */
export function syrkNT(n: i32, k: i32, A: usize, lda: i32, C: usize, ldc: i32): void {
  product(n, n, k, A, lda, false, A, lda, false, C, ldc, false, true);
  mirror(n, C, ldc);
}

/** C = A^T A, the Gram matrix of A's columns. */
export function syrkTN(n: i32, k: i32, A: usize, lda: i32, C: usize, ldc: i32): void {
  product(n, n, k, A, lda, true, A, lda, true, C, ldc, false, true);
  mirror(n, C, ldc);
}

/** The lower triangle of C -= A A^T; what lies above the diagonal of C loses its meaning. */
export function syrkSubtract(n: i32, k: i32, A: usize, lda: i32, C: usize, ldc: i32): void {
  product(n, n, k, A, lda, false, A, lda, false, C, ldc, true, true);
}

function mirror(n: i32, C: usize, ldc: i32): void {
  const stride = (<usize>ldc) << 3;
  for (let i = 1; i < n; i++) {
    const row = at(C, ldc, i, 0);
    let column = C + ((<usize>i) << 3);
    for (let from = row; from < row + ((<usize>i) << 3); from += 8) {
      store<f64>(column, load<f64>(from));
      column += stride;
    }
  }
}
