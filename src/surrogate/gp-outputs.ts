import type { SurrogateCore } from "../wasm/core.ts";
import { exp, log, logArray } from "../wasm/math.ts";

// Losses in units that depend neither on the objective's origin nor on its scale.

/** Losses as excesses over the best one. */
export interface Excess {
  /** [n], >= 0: in units of the median excess. */
  readonly values: Float64Array;
  /** The logarithm of a quarter of that unit. */
  readonly logUnit: number;
}

/** Losses with mean 0 and mean square 1, all 0 if they are equal. */
export interface Standardised {
  readonly values: Float64Array;
  readonly mean: number;
  readonly deviation: number;
}

/**
 * The excess of each loss over the least, in units of the median excess (of the largest where the median is none), so
 * that neither the objective's origin nor its scale matters. Infinite losses count as the worst and best finite ones.
 */
export function excess(core: SurrogateCore, losses: Float64Array): Excess {
  const { bounded, low, high } = boundedLosses(losses);
  if (!(low < high)) return { values: new Float64Array(losses.length), logUnit: 0 };
  // Quarters, as the difference of two losses may be larger than the largest number.
  const quarters = bounded.map((loss) => loss / 4 - low / 4);
  const unit = median(quarters) || high / 4 - low / 4;
  return { values: quarters.map((value) => value / unit), logUnit: log(core, unit) };
}

/**
 * What a warped and standardised output z stands for: the loss in its own units, less a constant. `logShift` is the warp's
 * shift in units of the excess. As this rises with z, a quantile of the model's outputs becomes that of the losses.
 */
export function unwarped(core: SurrogateCore, losses: Float64Array, logShift: number): (z: number) => number {
  const { values, logUnit } = excess(core, losses);
  const n = values.length;
  const shift = exp(core, logShift);
  const logs = logArray(
    core,
    values.map((value) => value + shift),
  );
  const mean = logs.reduce((sum, value) => sum + value / n, 0);
  const deviation = Math.sqrt(logs.reduce((sum, value) => sum + ((value - mean) / n) * (value - mean), 0));
  return (z) => 4 * exp(core, logUnit + mean + deviation * z);
}

/** Infinite losses count as the worst and best finite ones; beyond 1e150 all are alike. */
export function standardise(losses: Float64Array): Standardised {
  const n = losses.length;
  const moderate = boundedLosses(losses).bounded.map((loss) => Math.min(Math.max(loss, -1e150), 1e150));
  const mean = moderate.reduce((sum, value) => sum + value / n, 0);
  const square = moderate.reduce((sum, value) => sum + ((value - mean) / n) * (value - mean), 0);
  // The mean of equal losses may differ from them by rounding.
  const deviation = moderate.every((value) => value === moderate[0]) ? 0 : Math.sqrt(square);
  return { values: moderate.map((value) => (deviation > 0 ? (value - mean) / deviation : 0)), mean, deviation };
}

function boundedLosses(losses: Float64Array): { bounded: Float64Array; low: number; high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const loss of losses) {
    if (!Number.isFinite(loss)) continue;
    low = Math.min(low, loss);
    high = Math.max(high, loss);
  }
  // Without any finite loss: all are alike.
  const bounded = losses.map((loss) => (low <= high ? Math.min(Math.max(loss, low), high) : 0));
  return { bounded, low, high };
}

function median(values: Float64Array): number {
  return values.toSorted()[values.length >> 1] as number;
}
