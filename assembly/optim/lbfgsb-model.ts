import { axpy, dot } from "../linalg/dot";
import { gemv } from "../linalg/gemv";
import { lu, luSolve } from "../linalg/lu";
import { at, nth } from "../linalg/product";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { C, G, M, MIDDLE, N, PIVOTS, PREVIOUS_G, PREVIOUS_X, S, SS, STORED, SY, THETA, X, Y, YY } from "./lbfgsb-state";

// The quadratic model's matrix in compact form, from k <= m corrections:
//   B = theta I - W M W^T,  W = [Y^T, theta S^T] [n, 2k],
//   M^-1 = [[-D, L^T], [L, theta S S^T]],  D = diag(s_i^T y_i),  L_ij = s_i^T y_j for i > j, else 0.
// Scaling a pair (s, y) does not change B; with s^T y = 1 the blocks of M^-1 keep the same magnitude however
// much the steps shrink.
// Ref:  Byrd, Lu, Nocedal & Zhu (1995), section 3.

/** Forgets all corrections: B = I. */
export function modelReset(s: usize): void {
  store<i32>(s, 0, STORED);
  store<f64>(s, 1, THETA);
}

/**
 * Takes in the step from the previous iterate to x, dropping the oldest when m are stored; a step along which the
 * curvature is not positive to working precision is passed over. False when M^-1 is singular.
 */
export function modelUpdate(s: usize): bool {
  const n = load<i32>(s, N);
  const m = load<i32>(s, M);
  const mark = arenaMark();
  const step = arenaAlloc((<usize>n) << 3);
  const change = arenaAlloc((<usize>n) << 3);
  memory.copy(step, load<usize>(s, X), (<usize>n) << 3);
  memory.copy(change, load<usize>(s, G), (<usize>n) << 3);
  axpy(-1, load<usize>(s, PREVIOUS_X), step, n);
  axpy(-1, load<usize>(s, PREVIOUS_G), change, n);
  const curvature = dot(step, change, n);
  const squared = dot(change, change, n);
  const accepted = curvature > f64.EPSILON * squared && squared < Infinity;
  if (accepted) {
    if (load<i32>(s, STORED) === m) dropOldest(s);
    const k = load<i32>(s, STORED);
    const scale = 1 / sqrt<f64>(curvature);
    const newS = at(load<usize>(s, S), n, k, 0);
    const newY = at(load<usize>(s, Y), n, k, 0);
    for (let i = 0; i < n; i++) {
      store<f64>(nth(newS, i), scale * load<f64>(nth(step, i)));
      store<f64>(nth(newY, i), scale * load<f64>(nth(change, i)));
    }
    store<i32>(s, k + 1, STORED);
    store<f64>(s, squared / curvature, THETA);
    addProducts(s, newS, newY);
  }
  arenaRelease(mark);
  return accepted ? factorMiddle(s) : true;
}

// Shifts everything by one correction.
function dropOldest(s: usize): void {
  const n = load<i32>(s, N);
  const m = load<i32>(s, M);
  const bytes = (<usize>n * <usize>(m - 1)) << 3;
  memory.copy(load<usize>(s, S), at(load<usize>(s, S), n, 1, 0), bytes);
  memory.copy(load<usize>(s, Y), at(load<usize>(s, Y), n, 1, 0), bytes);
  for (let field = SS; field <= YY; field += 4) {
    const A = load<usize>(s + field);
    for (let i = 0; i < m - 1; i++) memory.copy(at(A, m, i, 0), at(A, m, i + 1, 1), (<usize>(m - 1)) << 3);
  }
  store<i32>(s, m - 1, STORED);
}

// The last row and column of S S^T, S Y^T and Y Y^T.
function addProducts(s: usize, newS: usize, newY: usize): void {
  const n = load<i32>(s, N);
  const m = load<i32>(s, M);
  const k = load<i32>(s, STORED);
  const mark = arenaMark();
  const column = arenaAlloc((<usize>k) << 3);
  addLast(load<usize>(s, SS), m, k, load<usize>(s, S), newS, n, column, true, true);
  addLast(load<usize>(s, YY), m, k, load<usize>(s, Y), newY, n, column, true, true);
  addLast(load<usize>(s, SY), m, k, load<usize>(s, S), newY, n, column, false, true);
  addLast(load<usize>(s, SY), m, k, load<usize>(s, Y), newS, n, column, true, false);
  arenaRelease(mark);
}

// Writes V v [k] into the last row and the last column, or one of them, of A [k, k].
function addLast(A: usize, lda: i32, k: i32, V: usize, v: usize, n: i32, out: usize, row: bool, column: bool): void {
  gemv(V, n, k, n, v, out);
  for (let i = 0; i < k; i++) {
    const product = load<f64>(nth(out, i));
    if (row) store<f64>(at(A, lda, k - 1, i), product);
    if (column) store<f64>(at(A, lda, i, k - 1), product);
  }
}

function factorMiddle(s: usize): bool {
  const m = load<i32>(s, M);
  const k = load<i32>(s, STORED);
  const theta = load<f64>(s, THETA);
  const SSt = load<usize>(s, SS);
  const SYt = load<usize>(s, SY);
  const middle = load<usize>(s, MIDDLE);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      const below = i > j ? load<f64>(at(SYt, m, i, j)) : 0;
      const diagonal = i === j ? -load<f64>(at(SYt, m, i, i)) : 0;
      store<f64>(at(middle, 2 * k, i, j), diagonal);
      store<f64>(at(middle, 2 * k, k + i, j), below);
      store<f64>(at(middle, 2 * k, j, k + i), below);
      store<f64>(at(middle, 2 * k, k + i, k + j), theta * load<f64>(at(SSt, m, i, j)));
    }
  }
  return lu(2 * k, middle, 2 * k, load<usize>(s, PIVOTS)) === 0;
}

/** v <- M v, v [2k]. */
export function multiplyMiddle(s: usize, v: usize): void {
  const k = load<i32>(s, STORED);
  luSolve(2 * k, load<usize>(s, MIDDLE), 2 * k, load<usize>(s, PIVOTS), v);
}

/** out [2k] = W^T v, v [n]. */
export function projectOnCorrections(s: usize, v: usize, out: usize): void {
  const n = load<i32>(s, N);
  const k = load<i32>(s, STORED);
  gemv(load<usize>(s, Y), n, k, n, v, out);
  const lower = nth(out, k);
  gemv(load<usize>(s, S), n, k, n, v, lower);
  const theta = load<f64>(s, THETA);
  for (let i = 0; i < k; i++) store<f64>(nth(lower, i), theta * load<f64>(nth(lower, i)));
}

/** Starts c = W^T (Cauchy point - x) at zero. */
export function clearC(s: usize): void {
  memory.fill(load<usize>(s, C), 0, (<usize>load<i32>(s, STORED)) << 4);
}
