import { axpy, dot } from "../linalg/dot";
import { at, nth } from "../linalg/product";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { heapBuild, heapPop } from "./breakpoints";
import { boundAhead, clampTo } from "./lbfgsb-box";
import { clearC, multiplyMiddle, projectOnCorrections } from "./lbfgsb-model";
import { C, component, DIRECTION, G, N, S, STORED, TARGET, THETA, X, Y } from "./lbfgsb-state";

// Generalized Cauchy point: the first local minimizer of the model
//   q(z) = g^T (z - x) + (z - x)^T B (z - x) / 2
// along the path t -> P(x - t g), t >= 0, bent at each bound (P projects on the box).
// In:   state with x, g, l, u and the model
// Out:  TARGET [n] the Cauchy point, C [2k] = W^T (TARGET - x)
// Ref:  Byrd, Lu, Nocedal & Zhu (1995), algorithm CP.
export function cauchyPoint(s: usize): void {
  const n = load<i32>(s, N);
  const k = load<i32>(s, STORED);
  const theta = load<f64>(s, THETA);
  const x = load<usize>(s, X);
  const target = load<usize>(s, TARGET);
  const d = load<usize>(s, DIRECTION);
  const c = load<usize>(s, C);
  const mark = arenaMark();
  const times = arenaAlloc((<usize>n) << 3);
  const heap = arenaAlloc((<usize>n) << 2);
  const p = arenaAlloc((<usize>k) << 4);
  const w = arenaAlloc((<usize>k) << 4);
  const Mw = arenaAlloc((<usize>k) << 4);

  memory.copy(target, x, (<usize>n) << 3);
  clearC(s);
  let moving = 0;
  let pending = 0;
  for (let i = 0; i < n; i++) {
    const time = breakTime(s, i);
    store<f64>(nth(times, i), time);
    const g = component(s, G, i);
    const moves = time > 0 && g !== 0;
    store<f64>(nth(d, i), moves ? -g : 0);
    if (moves) moving++;
    if (moves && time < Infinity) {
      store<i32>(heap + ((<usize>pending) << 2), i);
      pending++;
    }
  }
  heapBuild(heap, pending, times);

  // The model's slope and curvature along the present piece; p = W^T d.
  let slope = -dot(d, d, n);
  projectOnCorrections(s, d, p);
  memory.copy(Mw, p, (<usize>k) << 4);
  multiplyMiddle(s, Mw);
  let curvature = -theta * slope - dot(p, Mw, 2 * k);
  const least = f64.EPSILON * -theta * slope;
  curvature = max(curvature, least);
  let time: f64 = 0;
  let ahead = -slope / curvature;
  while (pending > 0) {
    const b = load<i32>(heap);
    const length = load<f64>(nth(times, b)) - time;
    if (ahead < length) break;
    heapPop(heap, pending--, times);
    time += length;
    axpy(length, p, c, 2 * k);

    // Variable b stops at its bound: its part leaves d, p, the slope and the curvature.
    const g = -load<f64>(nth(d, b));
    const bound = boundAhead(s, b, -g);
    const z = bound - load<f64>(nth(x, b));
    store<f64>(nth(target, b), bound);
    store<f64>(nth(d, b), 0);
    rowOfW(s, b, w);
    memory.copy(Mw, w, (<usize>k) << 4);
    multiplyMiddle(s, Mw);
    slope += length * curvature + g * g + theta * g * z - g * dot(Mw, c, 2 * k);
    curvature -= theta * g * g + 2 * g * dot(Mw, p, 2 * k) + g * g * dot(Mw, w, 2 * k);
    curvature = max(curvature, least);
    axpy(g, w, p, 2 * k);
    ahead = -slope / curvature;
    moving--;
  }
  // With every variable at a bound, slope and curvature are rounding errors.
  ahead = moving > 0 ? max(ahead, 0) : 0;
  axpy(ahead, p, c, 2 * k);
  time += ahead;
  for (let i = 0; i < n; i++) {
    const rate = load<f64>(nth(d, i));
    if (rate === 0) continue;
    store<f64>(nth(target, i), clampTo(s, i, load<f64>(nth(x, i)) + time * rate));
  }
  arenaRelease(mark);
}

// When x_i - t g_i meets its bound; 0 when it is there already.
function breakTime(s: usize, i: i32): f64 {
  const g = component(s, G, i);
  if (g === 0) return Infinity;
  const bound = boundAhead(s, i, -g);
  return (component(s, X, i) - bound) / g;
}

// out [2k] = row i of W.
function rowOfW(s: usize, i: i32, out: usize): void {
  const n = load<i32>(s, N);
  const k = load<i32>(s, STORED);
  const theta = load<f64>(s, THETA);
  for (let j = 0; j < k; j++) {
    store<f64>(nth(out, j), load<f64>(at(load<usize>(s, Y), n, j, i)));
    store<f64>(nth(out, k + j), theta * load<f64>(at(load<usize>(s, S), n, j, i)));
  }
}
