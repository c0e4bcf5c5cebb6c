import { dot } from "../linalg/dot";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";

// Ridge regression by singular values, for the problems on which Cholesky's factor is lost in rounding. One-sided
// Jacobi rotations make the rows of M orthogonal: J M = diag(sigma) V'. Then
//   rows are columns of the table:  w = sum_i J_i (m_i't) / (sigma_i^2 + alpha)
//   rows are its samples:           w = sum_i m_i (J_i't) / (sigma_i^2 + alpha)
// where singular values of no more than max(p, q) 2^-52 of the largest count as zero when alpha is: the solution is
// then the shortest of those that fit best.
// In:   M [p, q] row-major, is overwritten; t [q] if M's rows are columns, else [p]; alpha >= 0
// Out:  w [p] if M's rows are columns, else [q]
// Ref:  Golub & Van Loan (2013), section 8.6.3 (one-sided Jacobi), 5.5.2 (minimum norm).

const SWEEPS: i32 = 40;
/** Rows count as orthogonal when the cosine of their angle is at most so much. */
const STRAIGHT: f64 = 1e-15;
const EPSILON: f64 = 2.220446049250313e-16;

export function pseudoSolve(M: usize, p: i32, q: i32, rowsAreColumns: bool, t: usize, alpha: f64, w: usize): void {
  const mark = arenaMark();
  const stride = (<usize>q) << 3;
  const J = arenaAlloc((<usize>p * <usize>p) << 3);
  memory.fill(J, 0, (<usize>p * <usize>p) << 3);
  for (let i = 0; i < p; i++) store<f64>(J + ((<usize>i * <usize>(p + 1)) << 3), 1);
  for (let round = 0; round < SWEEPS; round++) {
    if (!sweep(M, p, q, J)) break;
  }
  let largest: f64 = 0;
  for (let i: usize = 0; i < <usize>p; i++) largest = max(largest, dot(M + i * stride, M + i * stride, q));
  const least = alpha > 0 ? 0 : <f64>max(p, q) * EPSILON;
  const width = rowsAreColumns ? p : q;
  memory.fill(w, 0, (<usize>width) << 3);
  for (let i: usize = 0; i < <usize>p; i++) {
    const m = M + i * stride;
    const line = J + ((i * <usize>p) << 3);
    const square = dot(m, m, q);
    if (!(square > least * least * largest)) continue;
    const share = (rowsAreColumns ? dot(m, t, q) : dot(line, t, p)) / (square + alpha);
    const by = rowsAreColumns ? line : m;
    for (let at: usize = 0; at < (<usize>width) << 3; at += 8) {
      store<f64>(w + at, load<f64>(w + at) + share * load<f64>(by + at));
    }
  }
  arenaRelease(mark);
}

// Rotates every pair of rows once; returns whether any was not orthogonal.
function sweep(M: usize, p: i32, q: i32, J: usize): bool {
  let rotated = false;
  const stride = (<usize>q) << 3;
  for (let i = 0; i < p; i++) {
    for (let j = i + 1; j < p; j++) {
      const x = M + <usize>i * stride;
      const y = M + <usize>j * stride;
      const a = dot(x, x, q);
      const b = dot(y, y, q);
      const c = dot(x, y, q);
      if (!(abs(c) > STRAIGHT * <f64>q * Math.sqrt(a) * Math.sqrt(b))) continue;
      rotated = true;
      const zeta = (b - a) / (2 * c);
      const tangent = (zeta < 0 ? -1 : 1) / (abs(zeta) + Math.sqrt(1 + zeta * zeta));
      const cosine = 1 / Math.sqrt(1 + tangent * tangent);
      rotate(x, y, q, cosine, cosine * tangent);
      rotate(J + ((<usize>i * <usize>p) << 3), J + ((<usize>j * <usize>p) << 3), p, cosine, cosine * tangent);
    }
  }
  return rotated;
}

// (x, y) <- (c x - s y, s x + c y)
function rotate(x: usize, y: usize, n: i32, c: f64, s: f64): void {
  for (let at: usize = 0; at < (<usize>n) << 3; at += 8) {
    const a = load<f64>(x + at);
    const b = load<f64>(y + at);
    store<f64>(x + at, c * a - s * b);
    store<f64>(y + at, s * a + c * b);
  }
}
