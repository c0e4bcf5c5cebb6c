import { at, nth } from "./product";

// LU factorization with partial pivoting, in place: P A = L U; for small systems, symmetric indefinite ones too.
// In:   A [n, n] row-major, row stride lda >= n; n >= 0
// Out:  0, A holding U and below its diagonal L (unit diagonal), pivots [n] of i32: at step j row pivots[j] went
//       up to row j; or j + 1 when column j has no entry that is finite and not zero.
//       The sums run in the order of the index; of equal candidates the first is the pivot.
// Ref:  Higham (2002), section 9.3.
export function lu(n: i32, A: usize, lda: i32, pivots: usize): i32 {
  for (let j = 0; j < n; j++) {
    let pivot = j;
    for (let i = j + 1; i < n; i++) {
      if (abs(entry(A, lda, i, j)) > abs(entry(A, lda, pivot, j))) pivot = i;
    }
    store<i32>(pivots + ((<usize>j) << 2), pivot);
    const size = abs(entry(A, lda, pivot, j));
    if (!(size > 0 && size < Infinity)) return j + 1;
    if (pivot !== j) swapRows(n, at(A, lda, j, 0), at(A, lda, pivot, 0));
    const row = at(A, lda, j, 0);
    const top = entry(A, lda, j, j);
    for (let i = j + 1; i < n; i++) {
      const ratio = entry(A, lda, i, j) / top;
      store<f64>(at(A, lda, i, j), ratio);
      for (let p = j + 1; p < n; p++) {
        const to = at(A, lda, i, p);
        store<f64>(to, load<f64>(to) - ratio * load<f64>(row + ((<usize>p) << 3)));
      }
    }
  }
  return 0;
}

// b <- A^-1 b.
// In:   A [n, n] and pivots [n] as `lu` leaves them, b [n]
export function luSolve(n: i32, A: usize, lda: i32, pivots: usize, b: usize): void {
  for (let j = 0; j < n; j++) {
    const pivot = load<i32>(pivots + ((<usize>j) << 2));
    const top = nth(b, j);
    const other = nth(b, pivot);
    const swap = load<f64>(top);
    store<f64>(top, load<f64>(other));
    store<f64>(other, swap);
  }
  for (let i = 1; i < n; i++) {
    let sum = load<f64>(nth(b, i));
    for (let p = 0; p < i; p++) sum -= entry(A, lda, i, p) * load<f64>(nth(b, p));
    store<f64>(nth(b, i), sum);
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = load<f64>(nth(b, i));
    for (let p = i + 1; p < n; p++) sum -= entry(A, lda, i, p) * load<f64>(nth(b, p));
    store<f64>(nth(b, i), sum / entry(A, lda, i, i));
  }
}

function entry(A: usize, lda: i32, i: i32, j: i32): f64 {
  return load<f64>(at(A, lda, i, j));
}

function swapRows(n: i32, a: usize, b: usize): void {
  for (let p = 0; p < n; p++) {
    const swap = load<f64>(a);
    store<f64>(a, load<f64>(b));
    store<f64>(b, swap);
    a += 8;
    b += 8;
  }
}
