import type { Core } from "../wasm/core.ts";
import { normalCdf, normalQuantile } from "../wasm/math.ts";
import { type Axis, cellOf, isFirst, isLast, valueOn } from "./cmaes-axis.ts";
import type { CmaesState } from "./cmaes-state.ts";
import type { CmaesStrategy } from "./cmaes-strategy.ts";

/**
 * The state with each discrete parameter's mean and scale moved, as little as needed, so that its neighboring values
 * keep a probability of at least alpha together: without it a parameter freezes once its standard deviation is
 * small beside its step. alpha = 1 / (n lambda).
 * Source: Hamano, Saito, Nomura and Shirakawa, "CMA-ES with margin" (GECCO 2022), section 4.3.
 */
export function withMargin(
  core: Core,
  { n, lambda }: CmaesStrategy,
  state: CmaesState,
  axes: readonly Axis[],
): CmaesState {
  const alpha = 1 / (n * lambda);
  const mean = state.mean.slice();
  const A = state.A.slice();
  axes.forEach((axis, j) => {
    if (!axis.discrete) return;
    const spread = state.sigma * Math.sqrt(varianceOf(state, j));
    const [m, a] = corrected(core, axis, mean[j] as number, spread, A[j] as number, alpha);
    mean[j] = m;
    A[j] = a;
  });
  return { ...state, mean, A };
}

/** C_jj. */
export function varianceOf({ C, mean }: CmaesState, j: number): number {
  return C[C.length === mean.length ? j : j * (mean.length + 1)] as number;
}

/** The corrected mean and scale, where the standard deviation is the scale times `spread`. */
function corrected(
  core: Core,
  axis: Axis,
  m: number,
  spread: number,
  a: number,
  alpha: number,
): readonly [number, number] {
  const value = valueOn(core, axis, m);
  const [low, high] = cellOf(core, axis, value);
  const deviation = a * spread;
  if (isFirst(axis, value) || isLast(axis, value)) {
    // Beyond the outermost threshold: no farther from it than that it is crossed with probability alpha.
    const farthest = -normalQuantile(core, alpha) * deviation;
    const moved = isFirst(axis, value) ? Math.max(m, high - farthest) : Math.min(m, low + farthest);
    return [moved, a];
  }
  const below = Math.max(normalCdf(core, (low - m) / deviation), alpha / 2);
  const above = Math.max(normalCdf(core, (m - high) / deviation), alpha / 2);
  const here = 1 - normalCdf(core, (low - m) / deviation) - normalCdf(core, (m - high) / deviation);
  // What the sides gained is taken from all in proportion to what they have above their least.
  const excess = (1 - below - above - here) / (below + above + here - 1.5 * alpha);
  const share = (side: number): number =>
    -normalQuantile(core, Math.min(Math.max(side + excess * (side - alpha / 2), 1e-10), 0.5 - 1e-10));
  const toLow = share(below);
  const toHigh = share(above);
  return [(low * toHigh + high * toLow) / (toLow + toHigh), (high - low) / ((toLow + toHigh) * spread)];
}
