import type { GpConstraints } from "../surrogate/gp-constraints.ts";
import type { GpMoments, GpPredictions } from "../wasm/gp.ts";
import type { GpScoring } from "../wasm/gp-search.ts";
import { boxesToImprove } from "./gp-front.ts";
import type { NoisyDraws } from "./gp-noisy.ts";
import type { GpSettings } from "./gp-options.ts";

/** Standard deviations from the mean to the lower confidence bound. */
const BOUND_WIDTH = 2;

/** What is to be maximized, and the numbers that it needs. */
export type Improvement = Pick<GpScoring, "acquisition" | "settings" | "objectives" | "boxes">;

/** Of one objective: on the least predicted value at a trial, where the constraints may hold. */
export function improvement(
  { acquisition: asked }: GpSettings,
  { anyFeasible, feasible, thresholds }: GpConstraints,
  noisy: NoisyDraws | null,
  weights: () => readonly number[],
): Improvement {
  if (noisy !== null) {
    const { least } = noisy;
    return { acquisition: "logNEI", objectives: least.length, settings: () => [...least, ...thresholds] };
  }
  const acquisition = asked === "logNEI" ? "logEI" : asked;
  return {
    acquisition: anyFeasible ? acquisition : "feasibility",
    settings: ([own]) => [
      acquisition === "lowerBound" ? BOUND_WIDTH : leastMean(own as GpPredictions, feasible),
      ...thresholds,
      ...(acquisition === "ensemble" ? weights() : []),
    ],
  };
}

/** Of m objectives: of the hypervolume above the front of the predicted values; `wide`: gp-front.ts. */
export function hypervolumeImprovement(
  m: number,
  { anyFeasible, feasible, thresholds }: GpConstraints,
  wide: boolean,
): Improvement {
  const common = { objectives: m, settings: () => [...new Array<number>(m).fill(0), ...thresholds] };
  if (!anyFeasible) return { ...common, acquisition: "feasibility" };
  const holds = (underWay: readonly GpMoments[], row: number): boolean =>
    thresholds.every((threshold, i) => (underWay[m + i]?.mean[row] as number) <= threshold);
  return {
    ...common,
    acquisition: "logEHVI",
    boxes(own, underWay) {
      const seen = meansOf(own, m).filter((_, row) => feasible[row]);
      const believed = meansOf(underWay, m).filter((_, row) => holds(underWay, row));
      return boxesToImprove([...seen, ...believed], wide);
    },
  };
}

/** Of each row the predicted values [m] of the objectives. */
function meansOf(predictions: readonly GpMoments[], m: number): number[][] {
  const objectives = predictions.slice(0, m);
  return Array.from(objectives[0]?.mean ?? [], (_, row) => objectives.map(({ mean }) => mean[row] as number));
}

/** The least predicted value at a trial that violates nothing: what there is to improve on. */
function leastMean({ mean }: GpPredictions, feasible: readonly boolean[]): number {
  return mean.reduce((least, value, row) => (feasible[row] ? Math.min(least, value) : least), Number.POSITIVE_INFINITY);
}
