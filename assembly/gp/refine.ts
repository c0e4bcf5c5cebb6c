import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { nth } from "../linalg/product";
import {
  EVALUATE,
  lbfgsbBytes,
  lbfgsbCreate,
  lbfgsbGradient,
  lbfgsbHigh,
  lbfgsbLow,
  lbfgsbSetValue,
  lbfgsbStart,
  lbfgsbStep,
  lbfgsbValue,
  lbfgsbX,
  NEW_ITERATE,
} from "../optim/lbfgsb";
import { CATEGORY, countOf, levelsOf, REAL, typeOf } from "./columns";
import { D, TABLE } from "./model";
import { modelAt, scoreAll, scoreGradient } from "./score";

// From a point of the search space to a better one nearby: L-BFGS-B over the real parameters, and the best of the other
// values of each discrete one in turn, until neither gains. Which branches are active stays as it is.
// In:   u [d]; levels: the grids' values; isParent [d] i32: 1 for a choice that other parameters depend on;
//       box [2, d]: bounds of the real parameters
// Out:  u, and its score, at least what it was

const CORRECTIONS: i32 = 8;
const ROUNDS: i32 = 4;
/** All values of a choice or a short grid are tried; of a longer grid those 1, 2, 4, ... steps away. */
const SHORT: i32 = 16;

export function refine(
  s: usize,
  u: usize,
  score: f64,
  levels: usize,
  isParent: usize,
  box: usize,
  maxEvaluations: i32,
): f64 {
  for (let round = 0; round < ROUNDS; round++) {
    const climbed = climb(s, u, score, box, maxEvaluations);
    const moved = moveDiscrete(s, u, climbed, levels, isParent);
    score = moved;
    if (moved <= climbed) break;
  }
  return score;
}

function climb(s: usize, u: usize, score: f64, box: usize, maxEvaluations: i32): f64 {
  const m = modelAt(s, 0);
  const d = load<i32>(m, D);
  const table = load<usize>(m, TABLE);
  const mark = arenaMark();
  const free = arenaAlloc((<usize>d) << 2);
  let n = 0;
  for (let j = 0; j < d; j++) {
    const value = load<f64>(nth(u, j));
    if (typeOf(table, j) != REAL || value != value) continue;
    store<i32>(free + ((<usize>n) << 2), j);
    n++;
  }
  if (n > 0) {
    const point = arenaAlloc((<usize>d) << 3);
    const gradient = arenaAlloc((<usize>d) << 3);
    const state = arenaAlloc(lbfgsbBytes(n, CORRECTIONS));
    memory.copy(point, u, (<usize>d) << 3);
    lbfgsbCreate(state, n, CORRECTIONS);
    for (let i = 0; i < n; i++) {
      const j = load<i32>(free + ((<usize>i) << 2));
      store<f64>(nth(lbfgsbX(state), i), load<f64>(nth(u, j)));
      store<f64>(nth(lbfgsbLow(state), i), load<f64>(nth(box, j)));
      store<f64>(nth(lbfgsbHigh(state), i), load<f64>(nth(box, d + j)));
    }
    lbfgsbStart(state, 1e-6, 1e-8, maxEvaluations, maxEvaluations);
    for (let task = lbfgsbStep(state); task <= NEW_ITERATE; task = lbfgsbStep(state)) {
      if (task !== EVALUATE) continue;
      scatter(free, n, lbfgsbX(state), point);
      lbfgsbSetValue(state, -scoreGradient(s, point, gradient));
      for (let i = 0; i < n; i++) {
        const j = load<i32>(free + ((<usize>i) << 2));
        store<f64>(nth(lbfgsbGradient(state), i), -load<f64>(nth(gradient, j)));
      }
    }
    if (-lbfgsbValue(state) > score) {
      score = -lbfgsbValue(state);
      scatter(free, n, lbfgsbX(state), u);
    }
  }
  arenaRelease(mark);
  return score;
}

function scatter(free: usize, n: i32, x: usize, u: usize): void {
  for (let i = 0; i < n; i++) store<f64>(nth(u, load<i32>(free + ((<usize>i) << 2))), load<f64>(nth(x, i)));
}

function moveDiscrete(s: usize, u: usize, score: f64, levels: usize, isParent: usize): f64 {
  const m = modelAt(s, 0);
  const d = load<i32>(m, D);
  const table = load<usize>(m, TABLE);
  for (let j = 0; j < d; j++) {
    const value = load<f64>(nth(u, j));
    if (typeOf(table, j) == REAL || value != value) continue;
    if (load<i32>(isParent + ((<usize>j) << 2)) !== 0) continue;
    const mark = arenaMark();
    const count = countOf(table, j);
    const values = arenaAlloc((<usize>max(count, SHORT)) << 3);
    const many = otherValues(table, j, value, levels, values);
    const points = arenaAlloc((<usize>many * <usize>d) << 3);
    const scores = arenaAlloc((<usize>many) << 3);
    for (let i = 0; i < many; i++) {
      memory.copy(nth(points, i * d), u, (<usize>d) << 3);
      store<f64>(nth(points, i * d + j), load<f64>(nth(values, i)));
    }
    scoreAll(s, many, points, scores);
    for (let i = 0; i < many; i++) {
      if (load<f64>(nth(scores, i)) <= score) continue;
      score = load<f64>(nth(scores, i));
      store<f64>(nth(u, j), load<f64>(nth(values, i)));
    }
    arenaRelease(mark);
  }
  return score;
}

// The values to try instead of `value`; how many.
function otherValues(table: usize, j: i32, value: f64, levels: usize, out: usize): i32 {
  const count = countOf(table, j);
  let many = 0;
  if (typeOf(table, j) == CATEGORY) {
    for (let k = 0; k < count; k++) {
      if (<f64>k == value) continue;
      store<f64>(nth(out, many), <f64>k);
      many++;
    }
    return many;
  }
  const own = nth(levels, levelsOf(table, j));
  let place = 0;
  while (place < count - 1 && load<f64>(nth(own, place)) < value) place++;
  for (let step = 1; step < count; step = count <= SHORT ? step + 1 : step << 1) {
    if (place - step >= 0) {
      store<f64>(nth(out, many), load<f64>(nth(own, place - step)));
      many++;
    }
    if (place + step < count) {
      store<f64>(nth(out, many), load<f64>(nth(own, place + step)));
      many++;
    }
  }
  return many;
}
