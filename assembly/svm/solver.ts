import { axpy } from "../linalg/dot";
import { arenaAlloc } from "../memory";
import { cachePeek, cacheRow, cacheSwap } from "./row-cache";
import { sourceDiagonal, sourceRow, sourceSwap, swapF64 } from "./source";
import { downIndex, gap, selectDown, stepAndSelectUp, TAU, upIndex, upValue } from "./working-set";

// The dual problem of a support vector machine, by sequential minimal optimization.
//   min_beta  beta' K beta / 2 - y' beta   with  sum_t beta_t = 0,  low_t <= beta_t <= high_t
// where [low, high] is [0, C_t] or [-C_t, 0]. In binary C-classification y_t is the class, +1 or -1, which says which
// of the two it is, and beta_t = y_t alpha_t; in epsilon-regression every sample has one variable of either kind.
// F = K beta - y is the gradient. A step raises beta_i (least F among those that may grow) and lowers beta_j
// by the same amount; beta is optimal when max F over those that may fall - F_i < tolerance.
// Decision function: sum_t beta_t k(x_t, x) - rho.
//
// Shrinking: variables at a bound that the gradient presses against it are put behind the `active` ones and
// left out of all sums, until the gap nears the tolerance; then their gradient is computed anew.
// Ref:  Fan, Chen & Lin (2005); Chang & Lin (2011), LIBSVM, section 4.  Golden: test/vectors/svc.json, regression.json.

/** A distance from a bound that rounding may leave, relative to the room between the bounds. */
const SETTLED: f64 = 1e-14;

let l: i32 = 0;
let active: i32 = 0;
let unshrunk: bool = false;
let F: usize = 0; // these f64 [l], by position
let y: usize = 0;
let beta: usize = 0;
let low: usize = 0;
let high: usize = 0;
let diagonal: usize = 0;
let up: usize = 0; // 0 where beta < high, else +inf
let down: usize = 0; // 0 where beta > low, else -inf
let spare: usize = 0; // row workspace

/** Results of the last `solve`. */
export let rho: f64 = 0;
export let iterations: i32 = 0;

// Solves the problem whose rows the open source and cache give.
// In:   signed [l], signed_t = C_t > 0 for [0, C_t], -C_t for [-C_t, 0]; newY [l]; both by position; at most maxIterations steps; cacheRow(t) works
// Out:  beta [l], by position as the source's swaps leave them; `rho`, `iterations`
//       Returns whether the tolerance is met (else: maxIterations, or the gap is lost in rounding).
export function solve(
  newL: i32,
  signed: usize,
  newY: usize,
  newBeta: usize,
  tolerance: f64,
  maxIterations: i32,
  shrinking: bool,
): bool {
  start(newL, signed, newY, newBeta);
  const period = min(l, 1000);
  let countdown = period + 1;
  let enough = tolerance;
  let done: bool = false;
  selectUp();
  while (iterations < maxIterations) {
    if (--countdown === 0) {
      countdown = period;
      enough = max(tolerance, resolution());
      if (shrinking) {
        shrink(tolerance);
        selectUp();
      }
    }
    done = selectPair(enough);
    if (done && active < l) {
      restoreAll();
      selectUp();
      done = selectPair(enough);
      countdown = 1;
    }
    if (done) break;
    iterations++;
    step();
  }
  if (active < l) restoreAll();
  setRho();
  return done && gap < tolerance;
}

function start(newL: i32, signed: usize, newY: usize, newBeta: usize): void {
  l = newL;
  active = l;
  unshrunk = false;
  iterations = 0;
  const bytes = (<usize>l) << 3;
  y = newY;
  beta = newBeta;
  F = arenaAlloc(bytes);
  low = arenaAlloc(bytes);
  high = arenaAlloc(bytes);
  diagonal = arenaAlloc(bytes);
  up = arenaAlloc(bytes);
  down = arenaAlloc(bytes);
  spare = arenaAlloc(bytes);
  for (let t = 0; t < l; t++) {
    const c = get(signed, t);
    put(low, t, min(0, c));
    put(high, t, max(0, c));
    put(F, t, 0 - get(y, t));
    put(diagonal, t, sourceDiagonal(t));
    setBeta(t, 0);
  }
}

function selectUp(): void {
  stepAndSelectUp(active, F, up, 0, F, 0, F);
}

// Finds j for the i that is selected, and the gap; returns whether that is small enough.
// An i or j is missing only where kernel values are not numbers; rho then is none either.
function selectPair(enough: f64): bool {
  if (upIndex < 0) return true;
  const Ki = cacheRow(upIndex, active);
  selectDown(active, F, down, diagonal, Ki, upValue, get(diagonal, upIndex));
  return gap < enough || downIndex < 0;
}

// Moves beta_i up and beta_j down, updates F, selects the next i.
function step(): void {
  const i = upIndex;
  const j = downIndex;
  const Ki = cacheRow(i, active);
  const Kj = cacheRow(j, active);
  const curvature = get(diagonal, i) + get(diagonal, j) - 2 * get(Ki, j);
  const wanted = (get(F, j) - get(F, i)) / max(TAU, curvature);
  const betaI = get(beta, i);
  const betaJ = get(beta, j);
  const roomI = get(high, i) - betaI;
  const roomJ = betaJ - get(low, j);
  const amount = min(wanted, min(roomI, roomJ));
  setBeta(i, amount === roomI ? get(high, i) : settled(i, betaI + amount));
  setBeta(j, amount === roomJ ? get(low, j) : settled(j, betaJ - amount));
  stepAndSelectUp(active, F, up, get(beta, i) - betaI, Ki, get(beta, j) - betaJ, Kj);
}

// A gap below this may come from rounding alone: steps could go on in a circle for ever.
function resolution(): f64 {
  let largest: f64 = 0;
  let size: f64 = 0;
  for (let t = 0; t < l; t++) {
    largest = max(largest, abs(get(diagonal, t)));
    size = max(size, abs(get(beta, t)));
  }
  return 4.440892098500626e-16 * (abs(upValue) + largest * size);
}

// A variable that reaches its bound, or would but for rounding, stands on it exactly: else it would be taken for a free
// one, which decides rho. (Where the bounds of both classes have the same sum, all may be meant to reach theirs.)
function settled(t: i32, value: f64): f64 {
  const near = SETTLED * (get(high, t) - get(low, t));
  if (get(high, t) - value <= near) return get(high, t);
  return value - get(low, t) <= near ? get(low, t) : value;
}

function setBeta(t: i32, value: f64): void {
  put(beta, t, value);
  put(up, t, value < get(high, t) ? 0 : Infinity);
  put(down, t, value > get(low, t) ? 0 : -Infinity);
}

// Puts the variables aside that a bound will keep, by the extremes of F over the active ones.
function shrink(tolerance: f64): void {
  let least: f64 = Infinity;
  let most: f64 = -Infinity;
  for (let t = 0; t < active; t++) {
    least = min(least, get(F, t) + get(up, t));
    most = max(most, get(F, t) + get(down, t));
  }
  if (!unshrunk && most - least <= tolerance * 10) {
    unshrunk = true;
    restoreAll();
  }
  for (let t = 0; t < active; t++) {
    if (!pressed(t, least, most)) continue;
    while (--active > t) {
      if (pressed(active, least, most)) continue;
      swap(t, active);
      break;
    }
  }
}

function pressed(t: i32, least: f64, most: f64): bool {
  const f = get(F, t);
  if (get(up, t) > 0) return f < least;
  return get(down, t) < 0 && f > most;
}

function swap(s: i32, t: i32): void {
  sourceSwap(s, t);
  cacheSwap(s, t);
  swapEntries(F, s, t);
  swapEntries(y, s, t);
  swapEntries(beta, s, t);
  swapEntries(low, s, t);
  swapEntries(high, s, t);
  swapEntries(diagonal, s, t);
  swapEntries(up, s, t);
  swapEntries(down, s, t);
}

// Gradient of the variables from `active` on, from its definition; then all are active.
function restoreAll(): void {
  if (active === l) return;
  for (let t = active; t < l; t++) put(F, t, 0 - get(y, t));
  const tail = (<usize>active) << 3;
  for (let s = 0; s < l; s++) {
    const b = get(beta, s);
    if (b === 0) continue;
    let row = cachePeek(s, l);
    if (row === 0) {
      row = spare;
      sourceRow(s, active, l, row);
    }
    axpy(b, row + tail, F + tail, l - active);
  }
  active = l;
}

// rho: the mean of F over the variables between their bounds; without any, the middle of what the others allow.
function setRho(): void {
  let free = 0;
  let sum: f64 = 0;
  let above: f64 = Infinity;
  let below: f64 = -Infinity;
  for (let t = 0; t < l; t++) {
    const f = get(F, t);
    const barred = get(up, t) > 0;
    if (barred) below = max(below, f);
    else if (get(down, t) < 0) above = min(above, f);
    else {
      free++;
      sum += f;
    }
  }
  rho = free > 0 ? sum / free : (above + below) / 2;
}

function swapEntries(x: usize, s: i32, t: i32): void {
  swapF64(x + ((<usize>s) << 3), x + ((<usize>t) << 3));
}

function get(x: usize, t: i32): f64 {
  return load<f64>(x + ((<usize>t) << 3));
}

function put(x: usize, t: i32, value: f64): void {
  store<f64>(x + ((<usize>t) << 3), value);
}
