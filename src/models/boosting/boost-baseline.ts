import { type BoostRows, boostQuantile } from "../../wasm/boost.ts";
import type { TreesCore } from "../../wasm/core.ts";
import { log } from "../../wasm/math.ts";
import type { BoostTask } from "./boost-run.ts";

/** How near to 0 or 1 the share of a class is taken to be at most. */
const LEAST_SHARE = 10 * Number.EPSILON;

/**
 * The constant raw predictions [K] of least loss on the training rows: mean, quantile, logarithm of the mean, log-odds
 * of the second class, or logarithms of the classes' shares less their mean.
 */
export function boostBaseline(
  core: TreesCore,
  { loss, quantile, outputs }: BoostTask,
  { y, weights }: Pick<BoostRows, "y" | "weights">,
): number[] {
  if (loss === "absoluteError" || loss === "quantile") return [boostQuantile(core, y, weights, quantile)];
  if (loss === "softmax") {
    const logs = Array.from({ length: outputs }, (_, k) => {
      const share = mean(
        y.map((code) => (code === k ? 1 : 0)),
        weights,
      );
      return log(core, Math.max(share, LEAST_SHARE));
    });
    const middle = logs.reduce((sum, value) => sum + value, 0) / outputs;
    return logs.map((value) => value - middle);
  }
  const center = mean(y, weights);
  if (loss === "squaredError") return [center];
  if (loss === "poisson") return [log(core, Math.max(center, LEAST_SHARE))];
  const share = Math.min(Math.max(center, LEAST_SHARE), 1 - LEAST_SHARE);
  return [log(core, share / (1 - share))];
}

function mean(values: Float64Array, weights: Float64Array | null): number {
  let sum = 0;
  let total = 0;
  values.forEach((value, i) => {
    const weight = weights === null ? 1 : (weights[i] as number);
    sum += weight * value;
    total += weight;
  });
  return sum / total;
}
