import { nth } from "../linalg/product";
import { clampTo } from "./lbfgsb-box";
import { modelReset, modelUpdate } from "./lbfgsb-model";
import { evaluatedFinite, measureGradient } from "./lbfgsb-point";
import { continueSearch, startSearch } from "./lbfgsb-search";
import {
  BOUNDED,
  BOXED,
  component,
  EVALUATIONS,
  G,
  GRADIENT_NORM,
  GRADIENT_TOLERANCE,
  HIGH,
  ITERATIONS,
  LOW,
  MAX_EVALUATIONS,
  MAX_ITERATIONS,
  N,
  PHASE,
  PREVIOUS_VALUE,
  RESULT,
  stateBytes,
  stateLayout,
  VALUE,
  VALUE_TOLERANCE,
  X,
} from "./lbfgsb-state";
import {
  end,
  EVALUATE,
  GRADIENT_CONVERGED,
  ITERATION_LIMIT,
  NOT_FINITE,
  PHASE_FIRST,
  PHASE_ITERATE,
  PHASE_SEARCH,
  PHASE_START,
  VALUE_CONVERGED,
} from "./lbfgsb-task";

// L-BFGS-B: a local minimum of a smooth f over the box l <= x <= u, by reverse communication.
//   const s = arenaAlloc(lbfgsbBytes(n, m)); lbfgsbCreate(s, n, m);
//   ... the start into lbfgsbX(s), the bounds into lbfgsbLow(s) and lbfgsbHigh(s); lbfgsbStart(s, ...);
//   for (let task = lbfgsbStep(s); task <= NEW_ITERATE; task = lbfgsbStep(s)) {
//     if (task === EVALUATE) { f and its gradient at lbfgsbX(s) into lbfgsbSetValue(s, f) and lbfgsbGradient(s) }
//   }
// In:   n >= 0 variables, m >= 1 corrections (3 to 20; 10 is usual); l, u [n] with -Infinity, Infinity where there
//       is none; x is projected on the box first
// Out:  every x to evaluate lies in the box. In the end x, value and gradient are those of the last iterate, whose
//       value is the lowest.
//       A value or gradient that is not finite makes the line search retreat; only at the first point it is an end.
// Ref:  Byrd, Lu, Nocedal & Zhu (1995), A limited memory algorithm for bound constrained optimization;
//       Morales & Nocedal (2011), remark on algorithm 778; the line search is Moré & Thuente's (1994).
// The state lives between calls; workspace is taken from the arena above it and given back within each call.

export {
  EVALUATE,
  EVALUATION_LIMIT,
  GRADIENT_CONVERGED,
  ITERATION_LIMIT,
  NEW_ITERATE,
  NO_DECREASE,
  NOT_FINITE,
  VALUE_CONVERGED,
} from "./lbfgsb-task";

/** Bytes of the state for n variables and m corrections. */
export function lbfgsbBytes(n: i32, m: i32): usize {
  return stateBytes(n, m);
}

/** Lays the state out, so that the addresses below are known. */
export function lbfgsbCreate(s: usize, n: i32, m: i32): void {
  stateLayout(s, n, m);
}

/** x [n]: the start, to be written before `lbfgsbStart`; then what to evaluate; in the end the minimizer. */
export function lbfgsbX(s: usize): usize {
  return load<usize>(s, X);
}

/** The gradient at x [n], to be written at EVALUATE. */
export function lbfgsbGradient(s: usize): usize {
  return load<usize>(s, G);
}

/** l [n] and u [n], to be written before `lbfgsbStart`. */
export function lbfgsbLow(s: usize): usize {
  return load<usize>(s, LOW);
}

export function lbfgsbHigh(s: usize): usize {
  return load<usize>(s, HIGH);
}

export function lbfgsbSetValue(s: usize, value: f64): void {
  store<f64>(s, value, VALUE);
}

export function lbfgsbValue(s: usize): f64 {
  return load<f64>(s, VALUE);
}

/** The largest component of the projected gradient at the last iterate: 0 where the first-order conditions hold. */
export function lbfgsbGradientNorm(s: usize): f64 {
  return load<f64>(s, GRADIENT_NORM);
}

export function lbfgsbIterations(s: usize): i32 {
  return load<i32>(s, ITERATIONS);
}

export function lbfgsbEvaluations(s: usize): i32 {
  return load<i32>(s, EVALUATIONS);
}

/**
 * Begins. The tolerances bound the largest component of the projected gradient and the decrease of f in one
 * iteration relative to max(|f|, 1); the limits are at least 1. Returns 0, or i + 1 for the first variable without
 * low <= high; a missing bound is infinite.
 */
export function lbfgsbStart(
  s: usize,
  gradientTolerance: f64,
  valueTolerance: f64,
  maxIterations: i32,
  maxEvaluations: i32,
): i32 {
  const n = load<i32>(s, N);
  let bounds = 0;
  for (let i = 0; i < n; i++) {
    const low = component(s, LOW, i);
    const high = component(s, HIGH, i);
    if (!(low <= high && low < Infinity && high > -Infinity)) return i + 1;
    if (low > -Infinity) bounds++;
    if (high < Infinity) bounds++;
    const x = nth(load<usize>(s, X), i);
    store<f64>(x, clampTo(s, i, load<f64>(x)));
  }
  store<i32>(s, bounds > 0 ? 1 : 0, BOUNDED);
  store<i32>(s, bounds === 2 * n ? 1 : 0, BOXED);
  store<f64>(s, gradientTolerance, GRADIENT_TOLERANCE);
  store<f64>(s, valueTolerance, VALUE_TOLERANCE);
  store<i32>(s, maxIterations, MAX_ITERATIONS);
  store<i32>(s, maxEvaluations, MAX_EVALUATIONS);
  store<i32>(s, 0, ITERATIONS);
  store<i32>(s, 0, EVALUATIONS);
  store<f64>(s, NaN, GRADIENT_NORM);
  store<i32>(s, PHASE_START, PHASE);
  modelReset(s);
  return 0;
}

/** Goes on to the next task; after an end, says it again. */
export function lbfgsbStep(s: usize): i32 {
  const phase = load<i32>(s, PHASE);
  if (phase === PHASE_START) {
    store<i32>(s, PHASE_FIRST, PHASE);
    return EVALUATE;
  }
  if (phase === PHASE_FIRST) {
    store<i32>(s, 1, EVALUATIONS);
    if (!evaluatedFinite(s)) return end(s, NOT_FINITE);
    const norm = measureGradient(s);
    return norm <= load<f64>(s, GRADIENT_TOLERANCE) ? end(s, GRADIENT_CONVERGED) : startSearch(s);
  }
  if (phase === PHASE_SEARCH) return continueSearch(s);
  if (phase === PHASE_ITERATE) return startIteration(s);
  return load<i32>(s, RESULT);
}

// After an accepted step: the stopping tests, then the model takes it in.
function startIteration(s: usize): i32 {
  const value = load<f64>(s, VALUE);
  const before = load<f64>(s, PREVIOUS_VALUE);
  if (load<f64>(s, GRADIENT_NORM) <= load<f64>(s, GRADIENT_TOLERANCE)) return end(s, GRADIENT_CONVERGED);
  const magnitude = max(max(abs(value), abs(before)), 1);
  if (before - value <= load<f64>(s, VALUE_TOLERANCE) * magnitude) return end(s, VALUE_CONVERGED);
  if (load<i32>(s, ITERATIONS) >= load<i32>(s, MAX_ITERATIONS)) return end(s, ITERATION_LIMIT);
  if (!modelUpdate(s)) modelReset(s);
  return startSearch(s);
}
