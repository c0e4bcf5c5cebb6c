import { type FlatSpace, isActive } from "../core/space.ts";
import type { TrialRecord } from "../core/trial.ts";
import { axesOf } from "./cmaes-search.ts";
import { cmaes } from "./cmaes.ts";
import { gp } from "./gp.ts";
import { foldHistory, memoOfSpace } from "./prefix-memo.ts";
import type { Sampler, SamplerInput } from "./sampler.ts";
import { tpe } from "./tpe.ts";
import { isDiscrete, withoutRepeats } from "./without-repeats.ts";

/**
 * The default: picks a sampler by the space, the number of objectives and that of trials.
 *
 * - With one objective and up to 64 parameters: `gp()`. From the 250th trial on it takes turns with `cmaes()`, where there
 *   is a number that is always active and the space is not discrete: the trials of even number are those of `cmaes()`,
 *   which learns from its own and from the first 250.
 * - With one objective and more parameters: `cmaes()`, or `tpe({ group: true })` where none of them is such a number.
 * - With two or three objectives and up to 64 parameters: `gp()`; with more of either `tpe({ group: true })`.
 * - Where objectives ask for parameters by name and more than half of the trials did not ask for all of them:
 *   `tpe({ group: true })`.
 * - In a discrete space no point is tried twice, however its first trial ended; once all have been tried nothing is
 *   suggested, and the study ends.
 *
 * The figures behind these rules are in bench/NOTES.md.
 */
export function auto(): Sampler {
  const models = gp({ repeats: false });
  const strategy = withoutRepeats(cmaes());
  const densities = withoutRepeats(tpe({ group: true }));
  const traitsOf = memoOfSpace(traits);
  const strategyInTurns: Sampler = {
    name: strategy.name,
    suggest: (core, input) => strategy.suggest(core, ownTurns(input)),
  };
  function choose({ space, directions, history, growing, key }: SamplerInput): Sampler {
    const { isLarge, hasAxes, isContinuous, wholeTrials } = traitsOf(space, directions);
    const isRagged = growing === true && 2 * wholeTrials(history).count < history.length;
    if (isRagged || directions.length > MOST_OBJECTIVES) return densities;
    if (directions.length > 1) return isLarge ? densities : models;
    if (isLarge) return hasAxes ? strategy : densities;
    const isTurn = key.trial >= ALONE && key.trial % 2 === 0;
    return isTurn && hasAxes && isContinuous ? strategyInTurns : models;
  }
  return {
    name: "auto",
    prepare: (input) => choose(input).prepare?.(input),
    suggest: (core, input) => choose(input).suggest(core, input),
  };
}

/** So many parameters at most are left to Gaussian processes, whose time grows with them. */
const MOST_PARAMETERS = 64;
/** Of more objectives fronts of a hundred trials leave more boxes than can be summed (gp-front.ts). */
const MOST_OBJECTIVES = 3;
/** So many trials the Gaussian processes have for themselves. */
const ALONE = 250;

interface Traits {
  readonly isLarge: boolean;
  /** Whether there are numbers that are always active. */
  readonly hasAxes: boolean;
  readonly isContinuous: boolean;
  /** How many trials have all the parameters that are active in them. */
  readonly wholeTrials: (history: readonly TrialRecord[]) => { readonly count: number };
}

function traits(space: FlatSpace): Traits {
  const isWhole = ({ internal }: TrialRecord): boolean =>
    space.every((param) => !isActive(param, internal) || Object.hasOwn(internal, param.name));
  return {
    isLarge: space.length > MOST_PARAMETERS,
    hasAxes: axesOf(space).length > 0,
    isContinuous: !isDiscrete(space),
    wholeTrials: foldHistory(
      () => ({ count: 0 }),
      (whole, trial) => {
        if (isWhole(trial)) whole.count++;
      },
    ),
  };
}

/** The study as it would be had only every second trial been made since the two take turns. */
function ownTurns(input: SamplerInput): SamplerInput {
  const isOwn = (number: number): boolean => number < ALONE || number % 2 === 0;
  return {
    ...input,
    history: input.history.filter(({ number }) => isOwn(number)),
    // Points of a sequence: every second one of them would lie in one half of the space.
    key: { ...input.key, trial: ALONE + (input.key.trial - ALONE) / 2 },
  };
}
