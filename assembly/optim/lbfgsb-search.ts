import { axpy, dot } from "../linalg/dot";
import { nth } from "../linalg/product";
import { cauchyPoint } from "./cauchy-point";
import { boundAhead, clampTo } from "./lbfgsb-box";
import { clearC, modelReset } from "./lbfgsb-model";
import { evaluatedFinite, keepLower } from "./lbfgsb-point";
import {
  BOUNDED,
  BOXED,
  component,
  DIRECTION,
  EVALUATIONS,
  G,
  ITERATIONS,
  MAX_EVALUATIONS,
  N,
  PHASE,
  PREVIOUS_G,
  PREVIOUS_VALUE,
  PREVIOUS_X,
  SEARCH,
  SEARCH_EVALUATIONS,
  STORED,
  TARGET,
  VALUE,
  X,
} from "./lbfgsb-state";
import { EVALUATE, EVALUATION_LIMIT, NEW_ITERATE, NO_DECREASE, PHASE_ITERATE, PHASE_SEARCH, end } from "./lbfgsb-task";
import { CONTINUE, FOUND, searchRetreat, searchStart, searchStep, searchTell } from "./more-thuente";
import { minimizeSubspace } from "./subspace";

// One iteration of L-BFGS-B: the direction from x to the model's minimizer in the box, and the line search along it.

const SEARCH_LIMIT: i32 = 20;
const LONGEST_STEP: f64 = 1e10;

/** Searches from x towards the model's minimizer; a model that shows no way down is forgotten. */
export function startSearch(s: usize): i32 {
  const n = load<i32>(s, N);
  const x = load<usize>(s, X);
  const g = load<usize>(s, G);
  const d = load<usize>(s, DIRECTION);
  let downhill = chooseDirection(s);
  if (!downhill && load<i32>(s, STORED) > 0) {
    modelReset(s);
    downhill = chooseDirection(s);
  }
  if (!downhill) return end(s, NO_DECREASE);
  const first = load<i32>(s, STORED) === 0;
  const most = longestStep(s, first);
  // The first direction is the gradient, whose length says nothing about the step, unless the box limits it.
  const step = first && load<i32>(s, BOXED) === 0 ? min(1 / sqrt<f64>(dot(d, d, n)), most) : 1;
  memory.copy(load<usize>(s, PREVIOUS_X), x, (<usize>n) << 3);
  memory.copy(load<usize>(s, PREVIOUS_G), g, (<usize>n) << 3);
  store<f64>(s, load<f64>(s, VALUE), PREVIOUS_VALUE);
  store<i32>(s, 0, SEARCH_EVALUATIONS);
  store<i32>(s, PHASE_SEARCH, PHASE);
  searchStart(s + SEARCH, load<f64>(s, VALUE), dot(d, g, n), step, most);
  return evaluateTrial(s);
}

// DIRECTION <- from x to the model's minimizer; whether it leads downhill.
function chooseDirection(s: usize): bool {
  const n = load<i32>(s, N);
  const d = load<usize>(s, DIRECTION);
  if (!minimizeModel(s)) return false;
  memory.copy(d, load<usize>(s, TARGET), (<usize>n) << 3);
  axpy(-1, load<usize>(s, X), d, n);
  const slope = dot(d, load<usize>(s, G), n);
  return slope < 0 && slope > -Infinity;
}

// TARGET <- where the model is least in the box; false when its matrix is singular.
function minimizeModel(s: usize): bool {
  const n = load<i32>(s, N);
  const bounded = load<i32>(s, BOUNDED) !== 0;
  const first = load<i32>(s, STORED) === 0;
  if (bounded) {
    cauchyPoint(s);
  } else {
    memory.copy(load<usize>(s, TARGET), load<usize>(s, X), (<usize>n) << 3);
    clearC(s);
    if (first) axpy(-1, load<usize>(s, G), load<usize>(s, TARGET), n);
  }
  return first || minimizeSubspace(s);
}

// The longest step that stays in the box; the full one for the first, whose direction has no scale yet.
function longestStep(s: usize, first: bool): f64 {
  if (load<i32>(s, BOUNDED) === 0) return LONGEST_STEP;
  if (first) return 1;
  const n = load<i32>(s, N);
  let most = LONGEST_STEP;
  for (let i = 0; i < n; i++) {
    const d = component(s, DIRECTION, i);
    if (d === 0) continue;
    const bound = boundAhead(s, i, d);
    most = min(most, (bound - component(s, X, i)) / d);
  }
  return max(most, 1);
}

// x <- the search's next trial point.
function evaluateTrial(s: usize): i32 {
  if (load<i32>(s, EVALUATIONS) >= load<i32>(s, MAX_EVALUATIONS)) {
    keepLower(s);
    return end(s, EVALUATION_LIMIT);
  }
  const n = load<i32>(s, N);
  const x = load<usize>(s, X);
  const step = searchStep(s + SEARCH);
  if (step === 1) {
    memory.copy(x, load<usize>(s, TARGET), (<usize>n) << 3);
    return EVALUATE;
  }
  memory.copy(x, load<usize>(s, PREVIOUS_X), (<usize>n) << 3);
  axpy(step, load<usize>(s, DIRECTION), x, n);
  for (let i = 0; i < n; i++) store<f64>(nth(x, i), clampTo(s, i, load<f64>(nth(x, i))));
  return EVALUATE;
}

/** Takes the value and gradient of a trial point. */
export function continueSearch(s: usize): i32 {
  const trials = load<i32>(s, SEARCH_EVALUATIONS) + 1;
  store<i32>(s, trials, SEARCH_EVALUATIONS);
  store<i32>(s, load<i32>(s, EVALUATIONS) + 1, EVALUATIONS);
  let answer = CONTINUE;
  if (evaluatedFinite(s)) {
    const slope = dot(load<usize>(s, G), load<usize>(s, DIRECTION), load<i32>(s, N));
    answer = searchTell(s + SEARCH, load<f64>(s, VALUE), slope);
  } else {
    searchRetreat(s + SEARCH);
  }
  if (answer === CONTINUE && trials < SEARCH_LIMIT) return evaluateTrial(s);
  if (keepLower(s) || answer === FOUND) {
    store<i32>(s, load<i32>(s, ITERATIONS) + 1, ITERATIONS);
    store<i32>(s, PHASE_ITERATE, PHASE);
    return NEW_ITERATE;
  }
  if (load<i32>(s, STORED) === 0) return end(s, NO_DECREASE);
  modelReset(s);
  return startSearch(s);
}
