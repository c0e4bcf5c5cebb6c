import type { Core } from "../wasm/core.ts";
import { normalQuantile } from "../wasm/math.ts";
import { normals } from "../wasm/random.ts";
import { sobol } from "../wasm/sobol.ts";
import { cmaesAsk } from "./cmaes-ask.ts";
import type { Axis } from "./cmaes-axis.ts";
import type { CmaesState } from "./cmaes-state.ts";

/** How often a point outside the box is drawn again before it is moved to its edge. */
const ATTEMPTS = 10;

/**
 * Coordinates [n] of a trial's point, with the continuous ones in [0, 1]: scrambled Sobol points in place of independent
 * ones, one a trial, made normal. A generation then covers the distribution more evenly: Teytaud and Gelly, "DCMA: yet
 * another derandomization in covariance-matrix-adaptation" (GECCO 2007). What falls out of the box is drawn again
 * independently.
 */
export function drawPoint(
  core: Core,
  axes: readonly Axis[],
  state: CmaesState,
  { seed, trial }: { readonly seed: number; readonly trial: number },
): Float64Array {
  const n = axes.length;
  const own = { seed, trial: 0, purpose: "cmaes/sobol" };
  const u = sobol(core, { dimensions: n, count: 1, start: trial, scramble: own });
  let x = cmaesAsk(
    state,
    u.map((p) => normalQuantile(core, p)),
  );
  for (let attempt = 0; attempt < ATTEMPTS && !isInside(axes, x); attempt++) {
    x = cmaesAsk(state, normals(core, { seed, trial, purpose: "cmaes/normals" }, n, attempt * n));
  }
  return x;
}

/** Discrete parameters have no outside: their first and last values go on forever. */
function isInside(axes: readonly Axis[], x: Float64Array): boolean {
  return x.every((u, j) => (axes[j] as Axis).discrete || (u >= 0 && u <= 1));
}

/** Coordinates [n] of a startup trial, uniform in [0, 1). */
export function drawStartup(
  core: Core,
  axes: readonly Axis[],
  { seed, trial }: { readonly seed: number; readonly trial: number },
): Float64Array {
  const own = { seed, trial: 0, purpose: "cmaes/startup" };
  return sobol(core, { dimensions: axes.length, count: 1, start: trial, scramble: own });
}
