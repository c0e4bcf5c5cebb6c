import { PHASE, RESULT } from "./lbfgsb-state";

// What L-BFGS-B asks its caller for, and where it stands between two calls.

/** Tasks: evaluate f at x; a new iterate stands in x, value and gradient (for watching: nothing to do). */
export const EVALUATE: i32 = 0;
export const NEW_ITERATE: i32 = 1;
/** Ends: the projected gradient, or the relative decrease of f, came below its tolerance. */
export const GRADIENT_CONVERGED: i32 = 2;
export const VALUE_CONVERGED: i32 = 3;
/** Ends: a limit was reached; no step downhill is found (often the limit of precision); not finite at the start. */
export const ITERATION_LIMIT: i32 = 4;
export const EVALUATION_LIMIT: i32 = 5;
export const NO_DECREASE: i32 = 6;
export const NOT_FINITE: i32 = 7;

export const PHASE_START: i32 = 0;
export const PHASE_FIRST: i32 = 1;
export const PHASE_SEARCH: i32 = 2;
export const PHASE_ITERATE: i32 = 3;
export const PHASE_END: i32 = 4;

/** Ends with a result that every further call repeats. */
export function end(s: usize, result: i32): i32 {
  store<i32>(s, result, RESULT);
  store<i32>(s, PHASE_END, PHASE);
  return result;
}
