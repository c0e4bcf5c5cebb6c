import { gemmTN } from "./gemm";
import { at, nth } from "./product";
import { half, trsmLN, trsmRN } from "./triangular";

// The inverse of A = L L^T.
// In:   L [n, n] as `cholesky` leaves it, row stride ldl >= n; n >= 0
// Out:  L holds L^-1, zeros above its diagonal; the lower triangle of A^-1 [n, n], row stride lda >= n, which must not
//       overlap L; of what lies above its diagonal some is overwritten
//       |A A^-1 - I| is of the order of n u cond(A), u = 2^-53
// Ref:  Higham (2002), sections 14.2 and 14.3; about 0.6 n^3 multiplications.

const LEAF: i32 = 16;
const ROWS: i32 = 32;

export function choleskyInverse(n: i32, L: usize, ldl: i32, A: usize, lda: i32): void {
  invertLower(n, L, ldl);
  // A^-1 = X^T X with X = L^-1 lower triangular: column i of X begins at row i.
  for (let i = 0; i < n; i += ROWS) {
    const rows = min(ROWS, n - i);
    gemmTN(rows, i + rows, n - i, at(L, ldl, i, i), ldl, at(L, ldl, i, 0), ldl, at(A, lda, i, 0), lda);
  }
}

// L <- L^-1.
function invertLower(n: i32, L: usize, ldl: i32): void {
  if (n <= LEAF) return invertLeaf(n, L, ldl);
  const h = half(n);
  const below = at(L, ldl, h, 0);
  const corner = at(L, ldl, h, h);
  trsmLN(n - h, h, corner, ldl, below, ldl);
  trsmRN(n - h, h, L, ldl, below, ldl);
  for (let i = 0; i < n - h; i++) {
    for (let j = 0; j < h; j++) {
      const entry = at(below, ldl, i, j);
      store<f64>(entry, -load<f64>(entry));
    }
  }
  invertLower(h, L, ldl);
  invertLower(n - h, corner, ldl);
}

// Row by row: x_i = (e_i - sum_(k < i) L_ik x_k) / L_ii, where the rows x_k above are done.
function invertLeaf(n: i32, L: usize, ldl: i32): void {
  for (let i = 0; i < n; i++) {
    const row = at(L, ldl, i, 0);
    const inverse = 1.0 / load<f64>(nth(row, i));
    for (let j = 0; j < i; j++) {
      let sum = 0.0;
      for (let k = j; k < i; k++) sum += load<f64>(nth(row, k)) * load<f64>(at(L, ldl, k, j));
      // What is left of the row is still needed: the result waits above the diagonal.
      store<f64>(at(L, ldl, j, i), -sum * inverse);
    }
    for (let j = 0; j < i; j++) {
      store<f64>(nth(row, j), load<f64>(at(L, ldl, j, i)));
      store<f64>(at(L, ldl, j, i), 0);
    }
    store<f64>(nth(row, i), inverse);
  }
}
