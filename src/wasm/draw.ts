import { cardinality, type Distribution, valueAt } from "../core/distribution.ts";
import type { CoreWith } from "./core.ts";
import { exp, log } from "./math.ts";

/**
 * The internal value that a uniform u in [0, 1) picks under the distribution's own prior: uniform over the
 * range, over its logarithm, over the grid of a step, or over the choices. A whole number with `log` is the
 * rounded log-uniform over [low - 0.5, high + 0.5], as Optuna draws it. The result is always in range.
 */
export function drawPrior(core: CoreWith<"mathExp" | "mathLog">, distribution: Distribution, u: number): number {
  const count = cardinality(distribution);
  if (count === 1) return valueAt(distribution, 0);
  if (distribution.type !== "categorical" && distribution.log) {
    const { low, high } = distribution;
    if (distribution.type === "float") return clamp(logUniform(core, low, high, u), low, high);
    return clamp(Math.round(logUniform(core, low - 0.5, high + 0.5, u)), low, high);
  }
  if (count < Number.POSITIVE_INFINITY) return valueAt(distribution, Math.min(Math.floor(u * count), count - 1));
  const { low, high } = distribution as Exclude<Distribution, { readonly type: "categorical" }>;
  const width = high - low;
  // A range wider than the largest number is drawn from its ends.
  return clamp(width < Number.POSITIVE_INFINITY ? low + u * width : (1 - u) * low + u * high, low, high);
}

function logUniform(core: CoreWith<"mathExp" | "mathLog">, low: number, high: number, u: number): number {
  const bottom = log(core, low);
  return exp(core, bottom + u * (log(core, high) - bottom));
}

function clamp(x: number, low: number, high: number): number {
  return Math.min(Math.max(x, low), high);
}
