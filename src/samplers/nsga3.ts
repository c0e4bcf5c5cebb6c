import { expectInteger, VernierError } from "../core/errors.ts";
import { type GeneticOptions, geneticSettings } from "./genetic-options.ts";
import { geneticSearch } from "./genetic-search.ts";
import { nichedSurvivors } from "./niching.ts";
import { dasDennisPoints, expectReferencePoints } from "./reference-points.ts";
import type { Sampler } from "./sampler.ts";

export interface Nsga3Options extends GeneticOptions {
  /** Directions from the best towards the worst in the normalized objectives [r, objectives], each number >= 0. */
  readonly referencePoints?: readonly (readonly number[])[];
  /** Without own reference points: into how many parts each edge of their simplex is divided; default 3. */
  readonly dividingParameter?: number;
}

/**
 * NSGA-III, a genetic algorithm for many objectives: like `nsga2`, but of the front that does not fit those survive
 * that lie near reference lines by which there are few. The default lines are few as well (10 for three objectives):
 * with a larger population a larger `dividingParameter` spreads it better.
 *
 * Throws `invalid-argument` for options out of range and, when the study is created, for reference points of
 * another number of objectives.
 * Source: Deb & Jain, "An evolutionary many-objective optimization algorithm using reference-point-based
 * nondominated sorting approach, part I" (IEEE TEVC 18, 2014), with the defaults of Optuna's NSGAIIISampler.
 */
export function nsga3(options: Nsga3Options = {}): Sampler {
  const divisions = expectInteger("dividingParameter", options.dividingParameter ?? 3, 1);
  const given = options.referencePoints === undefined ? null : expectReferencePoints(options.referencePoints);
  const survivorsFor = (objectives: number): ReturnType<typeof nichedSurvivors> =>
    nichedSurvivors(given ?? dasDennisPoints(objectives, divisions));
  return geneticSearch("nsga3", geneticSettings(options), survivorsFor, (_space, directions) => {
    const length = given?.[0]?.length ?? directions.length;
    if (length === directions.length) return;
    const message = `expected ${directions.length} coordinates, as many as objectives, got ${length}`;
    throw new VernierError("invalid-argument", `"referencePoints": ${message}`);
  });
}
