import { bracketsOf } from "../core/brackets.ts";
import { sameDistribution } from "../core/distribution.ts";
import { expectInteger, expectOneOf, show, VernierError } from "../core/errors.ts";
import { expectOneObjective } from "../core/one-objective.ts";
import { type FlatSpace, type IntParam, int } from "../core/space.ts";
import { createConfigurations } from "./configurations.ts";
import { partialFixed } from "./partial-fixed.ts";
import { nextPromotion, originOf, rungResources } from "./promotion.ts";
import { random } from "./random.ts";
import type { Sampler, SamplerInput } from "./sampler.ts";

/** The rungs that configurations climb. */
export interface RungOptions {
  /** The parameter that says how much a trial may use, such as epochs, rows or trees; default "epochs". */
  readonly resource?: string;
  /** What a new configuration gets, >= 1; default 1. */
  readonly minResource?: number;
  /** What the last rung gives. */
  readonly maxResource: number;
}

export interface AshaOptions extends RungOptions {
  /** Proposes new configurations; default `random()`. */
  readonly sampler?: Sampler;
  /** Of each `reductionFactor` configurations at a rung one goes on; at least 2, default 3. */
  readonly reductionFactor?: number;
  /**
   * Whether some configurations start at higher rungs, as in Hyperband, so that those which learn slowly have their chance;
   * default false: all start at the lowest.
   */
  readonly hyperband?: boolean;
}

const origin = "origin";
const newConfiguration = -1;

/**
 * The two parameters that a space needs for `asha` beside the configuration's own: the resource, from `minResource` to
 * `maxResource`, and `origin`, the number of the trial that tried the configuration first, or -1 in that trial itself.
 */
export function rungParams<const Resource extends string = "epochs">(
  options: RungOptions & { readonly resource?: Resource },
): Readonly<Record<Resource | typeof origin, IntParam>> {
  const { resource, minResource, maxResource } = checked(options);
  const params = { [resource]: int(minResource, maxResource), [origin]: int(newConfiguration, 2_147_483_647) };
  return params as Readonly<Record<Resource | typeof origin, IntParam>>;
}

/**
 * Successive halving with promotions and without waiting: a trial is a configuration at a rung. If there is one that is
 * among the first 1 / reductionFactor of its rung and has not gone up yet, the next trial is that one with the next
 * rung's resource, the highest rung first; else it is a new configuration at the lowest. Unlike `hyperband()`, which
 * prunes trials while they run, configurations that were left behind may still go up when better company makes it so.
 *
 * The space must have `rungParams` with the same options. A trial whose `origin` is k >= 0 has the parameters of trial k,
 * and can go on from where that configuration stopped: `trial.checkpoints` under a name made of k, and random numbers
 * keyed by k. The study's best is the best value at any rung.
 *
 * `sampler` is shown configurations, not trials, numbered from 0; those that have no value at the highest rung at which at
 * least one more than there are parameters have one stand as failed, so that values of different rungs are not compared.
 *
 * A trial that is enqueued should have all parameters, `origin` -1 among them.
 *
 * Throws "invalid-argument" for options out of range, "invalid-space" for a space without these parameters, "unsupported"
 * for several objectives.
 *
 * Sources: Li et al. (2020), "A system for massively parallel hyperparameter tuning", algorithm 2; brackets: Li et al.
 * (2018), "Hyperband"; what the wrapped sampler is shown: Falkner, Klein and Hutter (2018), "BOHB".
 */
export function asha(options: AshaOptions): Sampler {
  const { resource, minResource, maxResource } = checked(options);
  const factor = expectInteger("reductionFactor", options.reductionFactor ?? 3, 2);
  const hyperband = expectOneOf("hyperband", options.hyperband ?? false, [true, false]);
  const { sampler = random() } = options;
  const names = { resource, origin };
  const rungs = rungResources(minResource, maxResource, factor);
  const brackets = bracketsOf(rungs.length, factor);
  const configurations = createConfigurations(rungs, names);
  // Two parameters are the rungs'; one trial more than there are others.
  const asNew = (input: SamplerInput): SamplerInput => configurations(input, input.space.length - 1);
  const fresh = partialFixed({ [resource]: minResource, [origin]: newConfiguration }, sampler);
  const bracketOf = ({ key }: SamplerInput, number: number): number =>
    hyperband ? brackets.of(String(key.seed), number) : 0;

  function promotion(input: SamplerInput): ReturnType<typeof nextPromotion> {
    const bracket = bracketOf(input, input.key.trial);
    const trials = [...input.history, ...input.pending].filter(
      (trial) => resource in trial.internal && bracketOf(input, originOf(trial, names)) === bracket,
    );
    return nextPromotion(trials, rungs.slice(bracket), factor, input.directions, names);
  }

  return {
    name: `asha(${sampler.name})`,
    check(space, directions) {
      expectOneObjective("asha", directions);
      expectRungParams(space, rungParams({ resource, minResource, maxResource }));
      fresh.check?.(space, directions);
    },
    // Looking for a promotion goes through all trials: not for a sampler that never has anything to load.
    ...(sampler.prepare !== undefined && {
      prepare: (input: SamplerInput) => (promotion(input) === null ? fresh.prepare?.(asNew(input)) : undefined),
    }),
    suggest(core, input) {
      const promoted = promotion(input);
      if (promoted !== null) {
        const { trial } = promoted;
        return { ...trial.internal, [resource]: promoted.resource, [origin]: originOf(trial, names) };
      }
      const suggestion = fresh.suggest(core, asNew(input));
      const lowest = rungs[bracketOf(input, input.key.trial)] as number;
      return suggestion === null ? null : { ...suggestion, [resource]: lowest };
    },
  };
}

function checked({ resource = "epochs", minResource = 1, maxResource }: RungOptions): Required<RungOptions> {
  if (typeof resource !== "string" || resource === "" || resource === origin) {
    throw new VernierError("invalid-argument", `"resource": expected a parameter's name, got ${show(resource)}`);
  }
  const least = expectInteger("minResource", minResource, 1);
  return { resource, minResource: least, maxResource: expectInteger("maxResource", maxResource, least) };
}

function expectRungParams(space: FlatSpace, params: Readonly<Record<string, IntParam>>): void {
  for (const [name, { distribution: needed }] of Object.entries(params)) {
    const given = space.find((param) => param.name === name);
    const { low, high } = needed;
    if (given?.when === null && sameDistribution(given.distribution, needed)) continue;
    const got = given === undefined ? "none" : show(given.distribution);
    throw new VernierError(
      "invalid-space",
      `"${name}": expected a whole number from ${low} to ${high} for asha(), got ${got}`,
    );
  }
}
