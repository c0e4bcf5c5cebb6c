import { concat } from "../core/concat.ts";
import type { SurrogateCore } from "../wasm/core.ts";
import { type GpModel, gpPredict } from "../wasm/gp.ts";
import { gpSearch } from "../wasm/gp-search.ts";
import { globalCandidates, localCandidates, wholeBox } from "../surrogate/gp-candidates.ts";
import type { GpConstraints } from "../surrogate/gp-constraints.ts";
import type { UnitSpace } from "../surrogate/unit-space.ts";

/** In the model's standardised units. */
export interface ConfidenceBounds {
  /** The least upper bound at a point where the objective was observed and the constraints held. */
  readonly upper: number;
  /** What is predicted there. */
  readonly mean: number;
  /** The least lower bound at a point of the space where the constraints may hold. */
  readonly lower: number;
}

const GLOBAL = 512;
const LOCAL = 128;
/** The best observed points whose neighborhood is searched. */
const CENTERS = 4;

/** The same points are compared each time, so that the bounds move by what was learnt and not by luck. */
const KEY = { seed: 0, trial: 0, purpose: "regret-bound" } as const;

/**
 * Bounds `width` standard deviations from the models' means. The space is searched at points spread over it and near the
 * best observed ones, from the most promising of which it goes downhill. Null where a model cannot be made or no point
 * holds the constraints.
 */
export function confidenceBounds(
  core: SurrogateCore,
  unit: UnitSpace,
  objective: GpModel,
  constraints: GpConstraints,
  width: number,
): ConfidenceBounds | null {
  const d = unit.parameters.length;
  const { count, points, outputs } = objective;
  const feasible = Array.from({ length: count }, (_, row) => row).filter((row) => constraints.feasible[row]);
  const output = (row: number): number => outputs[row] as number;
  const centers = feasible
    .toSorted((a, b) => output(a) - output(b) || a - b)
    .slice(0, CENTERS)
    .map((row) => points.subarray(row * d, (row + 1) * d));
  if (centers.length === 0) return null;

  const box = wholeBox(d);
  const spread = globalCandidates(core, unit, box, GLOBAL, KEY);
  const near = localCandidates(core, unit, box, centers, LOCAL, KEY);
  const candidates = concat([spread, near]);
  const found = gpSearch(core, [objective, ...constraints.models], {
    acquisition: "lowerBound",
    settings: () => [width, ...constraints.thresholds],
    pending: new Float64Array(0),
    candidates,
    starts: 4,
    maxEvaluations: 40,
    box,
  });
  if (found === null) return null;

  const at = concat([points, found.point, candidates]);
  const { mean, variance } = gpPredict(core, objective, at);
  const bound = (i: number, side: number): number =>
    (mean[i] as number) + side * width * Math.sqrt(variance[i] as number);
  const surest = feasible.reduce((least, row) => (bound(row, 1) < bound(least, 1) ? row : least));
  const upper = bound(surest, 1);
  const allowed = mayHold(core, constraints, at, width);
  const lower = mean.reduce((least, _, i) => (allowed(i) ? Math.min(least, bound(i, -1)) : least), upper);
  return { upper, mean: mean[surest] as number, lower };
}

/** Whether the i-th point's lower bound of each constraint is within its threshold. */
function mayHold(core: SurrogateCore, { models, thresholds }: GpConstraints, at: Float64Array, width: number) {
  const predictions = models.map((model) => gpPredict(core, model, at));
  return (i: number): boolean =>
    predictions.every(({ mean, variance }, k) => {
      const lower = (mean[i] as number) - width * Math.sqrt(variance[i] as number);
      return lower <= (thresholds[k] as number);
    });
}
