import { type Direction, loss, type TrialRecord } from "../core/trial.ts";
import { originOf, type PromotionNames } from "./promotion.ts";
import type { SamplerInput } from "./sampler.ts";

/**
 * What a sampler of configurations is shown of a study that promotes them: one trial for each, numbered from 0. Those with
 * a value at the highest rung at which at least `enough` have one are complete, with that value; so values of different
 * rungs are not compared. Those whose first trial runs are pending, and all others failed.
 */
export function createConfigurations(
  rungs: readonly number[],
  names: PromotionNames,
): (input: SamplerInput, enough: number) => SamplerInput {
  const memo = new WeakMap<TrialRecord, { readonly judged: TrialRecord | undefined; readonly shown: TrialRecord }>();

  // The same record for the same trials, by which the sampler's own memos hold.
  function show(first: TrialRecord, number: number, judged: TrialRecord | undefined): TrialRecord {
    const before = memo.get(first);
    if (before !== undefined && before.judged === judged && before.shown.number === number) return before.shown;
    const isKnown = judged !== undefined || first.state === "running";
    const fields = isKnown ? {} : { state: "fail" as const, values: null, intermediate: [] };
    const shown = Object.freeze({ ...(judged ?? first), ...fields, number });
    memo.set(first, { judged, shown });
    return shown;
  }

  return (input, enough) => {
    const judged = highestJudged(input.history, rungs, names, input.directions, enough);
    const all = [...input.history, ...input.pending].filter((trial) => originOf(trial, names) === trial.number);
    all.sort((a, b) => a.number - b.number);
    const shown = all.map((first, i) => show(first, i, judged.get(first.number)));
    return {
      ...input,
      history: shown.filter(({ state }) => state !== "running"),
      pending: shown.filter(({ state }) => state === "running"),
      key: { ...input.key, trial: all.length },
    };
  };
}

/** The trials at the highest rung with enough values, by their configuration's origin. */
function highestJudged(
  history: readonly TrialRecord[],
  rungs: readonly number[],
  names: PromotionNames,
  directions: readonly Direction[],
  enough: number,
): ReadonlyMap<number, TrialRecord> {
  for (const rung of rungs.toReversed()) {
    const at = history.filter((trial) => trial.internal[names.resource] === rung && loss(trial, directions) !== null);
    if (at.length >= enough) return new Map(at.map((trial) => [originOf(trial, names), trial]));
  }
  return new Map();
}
