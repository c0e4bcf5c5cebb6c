import { axpy, dot } from "../linalg/dot";
import { gemmNT } from "../linalg/gemm";
import { gemv, gemvT } from "../linalg/gemv";
import { lu, luSolve } from "../linalg/lu";
import { at, nth } from "../linalg/product";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { boundAhead, clampTo } from "./lbfgsb-box";
import { multiplyMiddle } from "./lbfgsb-model";
import { C, component, DIRECTION, G, HIGH, LOW, M, N, S, STORED, SY, TARGET, THETA, X, Y, YY } from "./lbfgsb-state";

// Minimizes the model over the variables that are free at the Cauchy point x^c (strictly between their bounds),
// the others staying there: the direct primal method with its projection.
//   r = (g + theta (x^c - x) - W M c)_F,   K = M^-1 - W_F^T W_F / theta,
//   d_F = -r / theta - W_F K^-1 W_F^T r / theta^2
// In:   TARGET = x^c, C = W^T (x^c - x), at least one correction
// Out:  TARGET = P(x^c + d) if that is downhill from x, else the last point of x^c + t d, 0 <= t <= 1, in the box;
//       false when K is singular
// Ref:  Byrd, Lu, Nocedal & Zhu (1995), section 5.1; the projection: Morales & Nocedal (2011).
export function minimizeSubspace(s: usize): bool {
  const n = load<i32>(s, N);
  const k = load<i32>(s, STORED);
  const mark = arenaMark();
  const order = arenaAlloc((<usize>n) << 2);
  const free = partition(s, order);
  if (free === 0) {
    arenaRelease(mark);
    return true;
  }
  // The columns of S and Y, those of free variables first; as they are when all are.
  let Sp = load<usize>(s, S);
  let Yp = load<usize>(s, Y);
  if (free < n) {
    Sp = gather(Sp, n, k, order);
    Yp = gather(Yp, n, k, order);
  }
  const r = arenaAlloc((<usize>free) << 3);
  const v = arenaAlloc((<usize>k) << 4);
  const product = arenaAlloc((<usize>free) << 3);
  reducedGradient(s, order, free, Sp, Yp, r, v, product);

  const K = arenaAlloc((<usize>(4 * k * k)) << 3);
  const pivots = arenaAlloc((<usize>k) << 3);
  assembleK(s, free, Sp, Yp, K);
  const solvable = lu(2 * k, K, 2 * k, pivots) === 0;
  if (solvable) {
    const theta = load<f64>(s, THETA);
    gemv(Yp, n, k, free, r, v);
    gemv(Sp, n, k, free, r, nth(v, k));
    scale(nth(v, k), k, theta);
    luSolve(2 * k, K, 2 * k, pivots, v);
    timesW(k, theta, Yp, Sp, n, free, v, product);
    const direction = r;
    for (let i = 0; i < free; i++) {
      const entry = nth(direction, i);
      store<f64>(entry, -(load<f64>(entry) + load<f64>(nth(product, i)) / theta) / theta);
    }
    moveTarget(s, order, free, direction);
  }
  arenaRelease(mark);
  return solvable;
}

// Lists the free variables, then the others, each in ascending order; returns how many are free.
function partition(s: usize, order: usize): i32 {
  const n = load<i32>(s, N);
  const target = load<usize>(s, TARGET);
  let free = 0;
  for (let pass = 0, next = 0; pass < 2; pass++) {
    for (let i = 0; i < n; i++) {
      const z = load<f64>(nth(target, i));
      const inside = z > component(s, LOW, i) && z < component(s, HIGH, i);
      if (inside !== (pass === 0)) continue;
      store<i32>(order + ((<usize>next) << 2), i);
      next++;
    }
    if (pass === 0) free = next;
  }
  return free;
}

// The columns of V [k, n] in the given order, in a new block of the arena.
function gather(V: usize, n: i32, k: i32, order: usize): usize {
  const out = arenaAlloc((<usize>n * <usize>k) << 3);
  for (let j = 0; j < k; j++) {
    for (let i = 0; i < n; i++) store<f64>(at(out, n, j, i), load<f64>(at(V, n, j, variable(order, i))));
  }
  return out;
}

// r [free] as above; v [2k] and product [free] are workspace.
function reducedGradient(
  s: usize,
  order: usize,
  free: i32,
  Sp: usize,
  Yp: usize,
  r: usize,
  v: usize,
  product: usize,
): void {
  const n = load<i32>(s, N);
  const k = load<i32>(s, STORED);
  const theta = load<f64>(s, THETA);
  memory.copy(v, load<usize>(s, C), (<usize>k) << 4);
  multiplyMiddle(s, v);
  timesW(k, theta, Yp, Sp, n, free, v, product);
  for (let i = 0; i < free; i++) {
    const j = variable(order, i);
    const moved = component(s, TARGET, j) - component(s, X, j);
    const g = component(s, G, j);
    store<f64>(nth(r, i), g + theta * moved - load<f64>(nth(product, i)));
  }
}

// K [2k, 2k]. Put together from products over the free variables F and the others A so that nothing cancels:
//   K = [[-D - Y_F Y_F^T / theta, E^T], [E, theta S_A S_A^T]],
//   E_ij = s_i^T y_j over A for i > j, minus s_i^T y_j over F for i <= j
function assembleK(s: usize, free: i32, Sp: usize, Yp: usize, K: usize): void {
  const n = load<i32>(s, N);
  const m = load<i32>(s, M);
  const k = load<i32>(s, STORED);
  const theta = load<f64>(s, THETA);
  const SYt = load<usize>(s, SY);
  const bytes = (<usize>(k * k)) << 3;
  const mark = arenaMark();
  let YYfree = load<usize>(s, YY);
  let SYfree = SYt;
  let ld = m;
  const SSfixed = arenaAlloc(bytes);
  const SYfixed = arenaAlloc(bytes);
  const fixed = n - free;
  const Sa = nth(Sp, free);
  gemmNT(k, k, fixed, Sa, n, Sa, n, SSfixed, k);
  gemmNT(k, k, fixed, Sa, n, nth(Yp, free), n, SYfixed, k);
  if (fixed > 0) {
    ld = k;
    YYfree = arenaAlloc(bytes);
    SYfree = arenaAlloc(bytes);
    gemmNT(k, k, free, Yp, n, Yp, n, YYfree, k);
    gemmNT(k, k, free, Sp, n, Yp, n, SYfree, k);
  }
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      const curvature = i === j ? load<f64>(at(SYt, m, i, i)) : 0;
      const cross = i > j ? load<f64>(at(SYfixed, k, i, j)) : -load<f64>(at(SYfree, ld, i, j));
      store<f64>(at(K, 2 * k, i, j), -curvature - load<f64>(at(YYfree, ld, i, j)) / theta);
      store<f64>(at(K, 2 * k, k + i, j), cross);
      store<f64>(at(K, 2 * k, j, k + i), cross);
      store<f64>(at(K, 2 * k, k + i, k + j), theta * load<f64>(at(SSfixed, k, i, j)));
    }
  }
  arenaRelease(mark);
}

// out [free] = W_F v; v [2k] is overwritten.
function timesW(k: i32, theta: f64, Yp: usize, Sp: usize, n: i32, free: i32, v: usize, out: usize): void {
  const mark = arenaMark();
  const part = arenaAlloc((<usize>free) << 3);
  const lower = nth(v, k);
  scale(lower, k, theta);
  gemvT(Yp, n, k, free, v, out);
  gemvT(Sp, n, k, free, lower, part);
  axpy(1, part, out, free);
  arenaRelease(mark);
}

function moveTarget(s: usize, order: usize, free: i32, direction: usize): void {
  const n = load<i32>(s, N);
  const x = load<usize>(s, X);
  const target = load<usize>(s, TARGET);
  const projected = load<usize>(s, DIRECTION);
  memory.copy(projected, target, (<usize>n) << 3);
  let most: f64 = 1;
  for (let i = 0; i < free; i++) {
    const j = variable(order, i);
    const z = load<f64>(nth(target, j));
    const d = load<f64>(nth(direction, i));
    store<f64>(nth(projected, j), clampTo(s, j, z + d));
    const bound = boundAhead(s, j, d);
    if (abs(d) * most > abs(bound - z)) most = (bound - z) / d;
  }
  axpy(-1, x, projected, n);
  if (dot(projected, load<usize>(s, G), n) < 0) most = 1;
  for (let i = 0; i < free; i++) {
    const j = variable(order, i);
    const entry = nth(target, j);
    const d = load<f64>(nth(direction, i));
    store<f64>(entry, clampTo(s, j, load<f64>(entry) + most * d));
  }
}

function scale(v: usize, n: i32, factor: f64): void {
  for (let i = 0; i < n; i++) store<f64>(nth(v, i), factor * load<f64>(nth(v, i)));
}

function variable(order: usize, i: i32): i32 {
  return load<i32>(order + ((<usize>i) << 2));
}
