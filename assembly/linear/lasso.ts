import { dot } from "../linalg/dot";
import { gemv, gemvT } from "../linalg/gemv";
import { syrkNT } from "../linalg/syrk";
import { subgradient } from "../logistic/optimality";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { gap, gapOf, gramLasso } from "./gram-lasso";

// The lasso and the elastic net of gram-lasso.ts on a table. With up to WIDEST columns all their inner products are
// formed. Of more, only those of a working set: the columns whose coefficient is not zero, and the worst of those for
// which zero is not optimal; the set is solved, and the whole problem's gap says whether it was the right one.
// In:   A [d, N], t [N], G = A A' [d, d] or 0, l1 > 0, l2 >= 0, tolerance for the gap relative to t't,
//       maxSweeps, w [d] to start from
// Out:  w; out [3] = gap, sweeps, 1 where the tolerance is met
// Ref:  Massias, Gramfort & Salmon (2018), Celer: a fast solver for the lasso with dual extrapolation (working sets).

const WIDEST: i32 = 2048;
/** Columns that a working set takes in at least. */
const ROOM: i32 = 64;

export function lassoSolve(
  A: usize,
  d: i32,
  N: i32,
  t: usize,
  G: usize,
  l1: f64,
  l2: f64,
  tolerance: f64,
  maxSweeps: i32,
  w: usize,
  out: usize,
): void {
  const mark = arenaMark();
  const square = dot(t, t, N);
  const enough = tolerance * square;
  let reached: f64 = 0;
  let sweeps = 0;
  if (d <= WIDEST) {
    const H = arenaAlloc((<usize>d * <usize>d) << 3);
    const b = arenaAlloc((<usize>d) << 3);
    if (G !== 0) memory.copy(H, G, (<usize>d * <usize>d) << 3);
    else syrkNT(d, N, A, N, H, d);
    raise(H, d, l2);
    gemv(A, N, d, N, t, b);
    sweeps = gramLasso(d, H, b, square, l1, enough, maxSweeps, w);
    reached = gap;
  } else {
    const q = arenaAlloc((<usize>d) << 3);
    const set = arenaAlloc((<usize>d) << 2);
    let best: f64 = Infinity;
    for (;;) {
      reached = gapAt(A, d, N, t, l1, l2, w, q);
      // The gap need not fall each time, but a set that brings nothing would be chosen again.
      if (!(reached > enough) || sweeps >= maxSweeps || reached === best) break;
      best = reached;
      const m = choose(d, q, l1, w, set);
      sweeps += max(1, solveSet(A, N, t, set, m, square, l1, l2, 0.1 * enough, maxSweeps - sweeps, w));
    }
  }
  store<f64>(out, reached);
  store<f64>(out, <f64>sweeps, 8);
  store<f64>(out, reached <= enough ? 1 : 0, 16);
  arenaRelease(mark);
}

// q [d] = -A e + l2 w, and the gap.
function gapAt(A: usize, d: i32, N: i32, t: usize, l1: f64, l2: f64, w: usize, q: usize): f64 {
  const mark = arenaMark();
  const e = arenaAlloc((<usize>N) << 3);
  gemvT(A, N, d, N, w, e);
  for (let at: usize = 0; at < (<usize>N) << 3; at += 8) store<f64>(e + at, load<f64>(t + at) - load<f64>(e + at));
  gemv(A, N, d, N, e, q);
  for (let at: usize = 0; at < (<usize>d) << 3; at += 8) {
    store<f64>(q + at, l2 * load<f64>(w + at) - load<f64>(q + at));
  }
  const energy = dot(e, e, N) + l2 * dot(w, w, d);
  arenaRelease(mark);
  return gapOf(d, q, w, energy, l1);
}

// The set's columns, ascending; returns how many. Zeros come in from the least violation that at most as many
// reach as there are coefficients (at least ROOM), as low as bisection finds it.
function choose(d: i32, q: usize, l1: f64, w: usize, set: usize): i32 {
  let active = 0;
  let above: f64 = 0;
  for (let j = 0; j < d; j++) {
    if (load<f64>(w + ((<usize>j) << 3)) !== 0) active++;
    else above = max(above, violation(q, l1, j));
  }
  let below: f64 = 0;
  const room = max(ROOM, active);
  for (let i = 0; i < 60; i++) {
    const middle = 0.5 * (below + above);
    let many = 0;
    for (let j = 0; j < d; j++) {
      if (load<f64>(w + ((<usize>j) << 3)) === 0 && violation(q, l1, j) >= middle) many++;
    }
    if (many > room) below = middle;
    else above = middle;
  }
  let m = 0;
  for (let j = 0; j < d; j++) {
    const v = violation(q, l1, j);
    if (load<f64>(w + ((<usize>j) << 3)) === 0 && !(v > 0 && v >= above)) continue;
    store<i32>(set + ((<usize>m) << 2), j);
    m++;
  }
  return m;
}

function violation(q: usize, l1: f64, j: i32): f64 {
  return abs(subgradient(load<f64>(q + ((<usize>j) << 3)), 0, l1));
}

// Solves for the set's coefficients, the others staying zero.
function solveSet(
  A: usize,
  N: i32,
  t: usize,
  set: usize,
  m: i32,
  square: f64,
  l1: f64,
  l2: f64,
  enough: f64,
  maxSweeps: i32,
  w: usize,
): i32 {
  const mark = arenaMark();
  const row = (<usize>N) << 3;
  const part = arenaAlloc(<usize>m * row);
  const H = arenaAlloc((<usize>m * <usize>m) << 3);
  const b = arenaAlloc((<usize>m) << 3);
  const u = arenaAlloc((<usize>m) << 3);
  for (let c: usize = 0; c < <usize>m; c++) {
    const j = <usize>load<i32>(set + (c << 2));
    memory.copy(part + c * row, A + j * row, row);
    store<f64>(u + (c << 3), load<f64>(w + (j << 3)));
  }
  syrkNT(m, N, part, N, H, m);
  raise(H, m, l2);
  gemv(part, N, m, N, t, b);
  const sweeps = gramLasso(m, H, b, square, l1, enough, maxSweeps, u);
  for (let c: usize = 0; c < <usize>m; c++) {
    store<f64>(w + ((<usize>load<i32>(set + (c << 2))) << 3), load<f64>(u + (c << 3)));
  }
  arenaRelease(mark);
  return sweeps;
}

function raise(H: usize, m: i32, by: f64): void {
  for (let i = 0; i < m; i++) {
    const at = H + ((<usize>i * <usize>(m + 1)) << 3);
    store<f64>(at, load<f64>(at) + by);
  }
}
