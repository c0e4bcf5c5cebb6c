import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { at, nth } from "./product";
import { diagonalize, tridiagonalize } from "./tridiagonal";

// Eigenvalues and eigenvectors of a symmetric matrix, in place: A = sum_k w_k v_k v_k^T.
// In:   A [n, n] row-major with row stride lda >= n, symmetric: only its lower triangle is read; n >= 0
// Out:  0, w [n] ascending, and row k of A the unit eigenvector v_k of w_k, up to its sign; or, A and w then being
//       without meaning, -1 where A holds a number that is not finite, k + 1 where QL did not find eigenvalue k.
//       |A - V^T W V| and |V V^T - I| are below 8 n u |A| and 8 n u in practice, u = 2^-53 (Frobenius norms); the bits
//       do not change when A is scaled by a power of two, but for numbers that underflow.
// Ref:  Golub & Van Loan (2013), sections 8.3.1 (Householder tridiagonalization) and 8.3.5 (implicit QL).

export function symmetricEigen(n: i32, A: usize, lda: i32, w: usize): i32 {
  let largest: f64 = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const a = load<f64>(at(A, lda, i, j));
      // NaN fails the comparison.
      if (!(abs(a) < Infinity)) return -1;
      largest = max(largest, abs(a));
    }
  }
  // Squares of numbers near 1 neither overflow nor matter when they underflow.
  const scale = max(powerOfTwo(largest), SMALLEST);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const a = load<f64>(at(A, lda, i, j)) / scale;
      store<f64>(at(A, lda, i, j), a);
      store<f64>(at(A, lda, j, i), a);
    }
  }
  const mark = arenaMark();
  const off = arenaAlloc((<usize>n) << 3);
  tridiagonalize(n, A, lda, w, off);
  const failed = diagonalize(n, w, off, A, lda);
  arenaRelease(mark);
  if (failed !== 0) return failed;
  for (let i = 0; i < n; i++) store<f64>(nth(w, i), load<f64>(nth(w, i)) * scale);
  sortAscending(n, A, lda, w);
  return 0;
}

/** The smallest normal number. */
const SMALLEST: f64 = 2.2250738585072014e-308;

/** The power of two in (x / 2, x], for normal x > 0. */
function powerOfTwo(x: f64): f64 {
  return reinterpret<f64>(reinterpret<u64>(x) & 0x7ff0000000000000);
}

// Selection: n - 1 exchanges of rows at most.
function sortAscending(n: i32, A: usize, lda: i32, w: usize): void {
  for (let i = 0; i < n - 1; i++) {
    let least = i;
    for (let k = i + 1; k < n; k++) if (load<f64>(nth(w, k)) < load<f64>(nth(w, least))) least = k;
    if (least === i) continue;
    exchange(nth(w, i), nth(w, least));
    for (let j = 0; j < n; j++) exchange(at(A, lda, i, j), at(A, lda, least, j));
  }
}

function exchange(x: usize, y: usize): void {
  const held = load<f64>(x);
  store<f64>(x, load<f64>(y));
  store<f64>(y, held);
}
