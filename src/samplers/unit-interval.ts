import { cardinality, type Distribution } from "../core/distribution.ts";
import type { Core } from "../wasm/core.ts";
import { log } from "../wasm/math.ts";

/**
 * Where in [0, 1] a number lies within its range, on its own scale: a uniform draw that `drawPrior` turns into this
 * number, of a step's the one in the middle.
 */
export function unitPosition(
  core: Core,
  distribution: Exclude<Distribution, { readonly type: "categorical" }>,
  value: number,
): number {
  const { type, low, high, step } = distribution;
  if (distribution.log) {
    const half = type === "int" ? 0.5 : 0;
    const bottom = log(core, low - half);
    return shareOf(log(core, value) - bottom, log(core, high + half) - bottom);
  }
  if (step === null) return shareOf(value - low, high - low);
  return shareOf(Math.round((value - low) / step) + 0.5, cardinality(distribution));
}

// A range so narrow that its ends have one logarithm has no inside.
function shareOf(part: number, whole: number): number {
  return whole > 0 ? Math.min(Math.max(part / whole, 0), 1) : 0.5;
}
