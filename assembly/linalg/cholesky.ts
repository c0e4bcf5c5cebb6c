import { at } from "./product";
import { syrkSubtract } from "./syrk";
import { half, trsmRT, trsv, trsvT } from "./triangular";

// Cholesky factorization A = L L^T, in place.
// In:   A [n, n] row-major, row stride lda >= n, symmetric: only its lower triangle matters; n >= 0
// Out:  0 and L with zeros above the diagonal; or, when A is not positive definite to working precision,
//       i + 1 for the first pivot i that is not positive and finite (A is then half overwritten; the caller
//       may restore it, add jitter to the diagonal and try again).
//       L has the bits of the plain loop L_ij = (A_ij - L_i0 L_j0 - L_i1 L_j1 - ...) / L_jj;
//       L L^T = A + D, |D| <= (n + 1) u |L| |L^T|, u = 2^-53
// Ref:  Higham (2002), theorem 10.3; the recursion is Gustavson's (1997).

const LEAF: i32 = 16;

export function cholesky(n: i32, A: usize, lda: i32): i32 {
  const failed = factor(n, A, lda);
  for (let i = 0; i < n - 1; i++) memory.fill(at(A, lda, i, i + 1), 0, (<usize>(n - 1 - i)) << 3);
  return failed;
}

// Adds k rows to a factor.
// In:   rows 0 .. n-1 of A [n + k, n + k] hold L, rows n .. n+k-1 the lower triangle of the new rows of the matrix
// Out:  as `cholesky`, with the bits that it gives for the whole matrix; the first n columns of L stay as they are
export function choleskyAppend(n: i32, k: i32, A: usize, lda: i32): i32 {
  const rows = at(A, lda, n, 0);
  const corner = at(A, lda, n, n);
  trsmRT(k, n, A, lda, rows, lda);
  syrkSubtract(k, n, rows, lda, corner, lda);
  const failed = cholesky(k, corner, lda);
  for (let i = 0; i < n; i++) memory.fill(at(A, lda, i, n), 0, (<usize>k) << 3);
  return failed === 0 ? 0 : n + failed;
}

// b <- A^-1 b.
// In:   L [n, n] as `cholesky` leaves it, b [n]
export function choleskySolve(n: i32, L: usize, ldl: i32, b: usize): void {
  trsv(n, L, ldl, b);
  trsvT(n, L, ldl, b);
}

function factor(n: i32, A: usize, lda: i32): i32 {
  if (n <= LEAF) return factorLeaf(n, A, lda);
  const h = half(n);
  let failed = factor(h, A, lda);
  if (failed !== 0) return failed;
  const below = at(A, lda, h, 0);
  const rest = at(A, lda, h, h);
  trsmRT(n - h, h, A, lda, below, lda);
  syrkSubtract(n - h, h, below, lda, rest, lda);
  failed = factor(n - h, rest, lda);
  return failed === 0 ? 0 : h + failed;
}

// Column by column: the sums of one column are independent of each other.
function factorLeaf(n: i32, A: usize, lda: i32): i32 {
  const stride = (<usize>lda) << 3;
  let rowJ = A;
  for (let j = 0; j < n; j++) {
    const width = (<usize>j) << 3;
    const square = remainder(rowJ, rowJ, width);
    if (!(square > 0 && square < Infinity)) return j + 1;
    const pivot = sqrt<f64>(square);
    store<f64>(rowJ + width, pivot);
    let rowI = rowJ + stride;
    for (let i = j + 1; i < n; i++) {
      store<f64>(rowI + width, remainder(rowI, rowJ, width) / pivot);
      rowI += stride;
    }
    rowJ += stride;
  }
  return 0;
}

// A_ij - sum_(p < j) L_ip L_jp, where the rows start at a and b and j is `width` bytes away.
function remainder(a: usize, b: usize, width: usize): f64 {
  let sum = load<f64>(a + width);
  for (const end = a + width; a < end; a += 8) {
    sum -= load<f64>(a) * load<f64>(b);
    b += 8;
  }
  return sum;
}
