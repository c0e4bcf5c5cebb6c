import { expectInteger, expectOneOf, show, VernierError } from "../core/errors.ts";
import { flattenSpace, type Space } from "../core/space.ts";
import { gridSize } from "../samplers/grid.ts";
import { halvingRungs, type Rung } from "./halving-rungs.ts";
import { resourcesParam, type SearchTask } from "./search-objective.ts";
import { expectEnoughSamples } from "./subsampled-folds.ts";

/** What successive halving can be told beside what all searches can. */
export interface HalvingOptions {
  /** Of the candidates of one rung 1 / factor go on, with factor times the resources; > 1, default 3. */
  readonly factor?: number;
  /**
   * What grows: a setting of the estimator that takes whole numbers, or "samples" (default). Then each fold trains on
   * its share of them: a random part of its training side, which holds the part of the rung before and in which
   * classes keep their shares. Test sides stay whole, so that rungs can be compared.
   */
  readonly resource?: string;
  /**
   * What each candidate gets at first: a number; "smallest" (default with `halvingRandomSearch`), which is 1, or of
   * samples twice the folds, times the classes for classifiers; "exhaust" (default with `halvingGridSearch`): more
   * than that where the last rung then comes closer to `maxResources`.
   */
  readonly minResources?: number | "smallest" | "exhaust";
  /** The most that a candidate gets; default all samples; of a setting it must be given. */
  readonly maxResources?: number;
  /** Whether to come down to `factor` candidates, whatever the resources: rungs at the least are repeated; default false. */
  readonly aggressiveElimination?: boolean;
}

/** How a search halves; plain data. */
export interface HalvingPlan {
  readonly resource: string;
  readonly factor: number;
  readonly maxResources: number;
  readonly rungs: readonly Rung[];
}

/**
 * Plans the rungs for a space: `candidates` at first, "exhaust" for as many as the resources allow, or null for all
 * of a grid. Throws `invalid-argument` naming the option, and `invalid-space` for a space that has the resource.
 */
export function planHalving(
  task: SearchTask,
  space: Space,
  candidates: number | "exhaust" | null,
  options: HalvingOptions & { readonly minResources: number | "smallest" | "exhaust" },
): HalvingPlan {
  const { resource = "samples", factor = 3, aggressiveElimination = false, minResources } = options;
  checkResource(task, space, resource);
  if (minResources === "exhaust" && candidates === "exhaust") {
    throw new VernierError(
      "invalid-argument",
      '"minResources": expected a number or "smallest" with nCandidates "exhaust", got "exhaust"',
    );
  }
  const samples = resource === "samples";
  const n = task.data.y.length;
  if (!samples && options.maxResources === undefined) {
    throw new VernierError(
      "invalid-argument",
      `"maxResources": expected the greatest ${show(resource)} to try, got undefined`,
    );
  }
  const most = expectInteger("maxResources", options.maxResources ?? n, 1, samples ? n : undefined);
  const least = leastResources(task, samples, minResources);
  if (samples) expectEnoughSamples("minResources", least, task.data);
  const count = candidates === "exhaust" ? Math.max(1, Math.floor(most / least)) : (candidates ?? gridSize(space));
  const rungs = halvingRungs({
    candidates: expectInteger("nCandidates", count, 1),
    minResources: least,
    maxResources: most,
    factor,
    exhaust: minResources === "exhaust",
    aggressiveElimination,
  });
  return { resource, factor, maxResources: most, rungs };
}

function leastResources(task: SearchTask, samples: boolean, least: number | "smallest" | "exhaust"): number {
  if (typeof least === "number") return expectInteger("minResources", least, 1);
  expectOneOf("minResources", least, ["smallest", "exhaust"]);
  if (!samples) return 1;
  const { y, folds } = task.data;
  return 2 * folds.length * (y instanceof Float64Array ? 1 : new Set(y).size);
}

function checkResource({ estimator }: SearchTask, space: Space, resource: string): void {
  if (resource !== "samples") {
    expectOneOf("resource", resource, ["samples", ...Object.keys(estimator.params)]);
    const inside = flattenSpace(space).find(({ name }) => name === resource || name.endsWith(`.${resource}`));
    if (inside !== undefined) {
      const message = `"${inside.name}": expected no parameter that is the resource, got one`;
      throw new VernierError("invalid-space", message);
    }
  }
  if (Object.hasOwn(space, resourcesParam)) {
    const message = `"${resourcesParam}": expected another name, which is kept for what a candidate gets, got it`;
    throw new VernierError("invalid-space", message);
  }
}
