import type { Core } from "../wasm/core.ts";
import { normalQuantile } from "../wasm/math.ts";
import { sobol } from "../wasm/sobol.ts";
import { cmaesAsk } from "./cmaes-ask.ts";
import type { CmaesState } from "./cmaes-state.ts";

// Trial k takes point k of a scrambled Sobol sequence, so that a generation covers its distribution more evenly than
// independent draws would: Teytaud and Gelly, "DCMA: yet another derandomization in covariance-matrix-adaptation"
// (GECCO 2007).

/** The coordinates [n] of a trial. They may lie outside [0, 1]; the value there is the range's end. */
export function drawPoint(core: Core, state: CmaesState, seed: number, trial: number): Float64Array {
  const u = sobolPoint(core, state.mean.length, seed, trial, "cmaes/point");
  return cmaesAsk(
    state,
    u.map((p) => normalQuantile(core, p)),
  );
}

/** The coordinates [n] of a startup trial, uniform in [0, 1). */
export function drawStartup(core: Core, n: number, seed: number, trial: number): Float64Array {
  return sobolPoint(core, n, seed, trial, "cmaes/startup");
}

function sobolPoint(core: Core, dimensions: number, seed: number, trial: number, purpose: string): Float64Array {
  return sobol(core, { dimensions, count: 1, start: trial, scramble: { seed, trial: 0, purpose } });
}
