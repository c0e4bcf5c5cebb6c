import { VernierError } from "../core/errors.ts";
import type { TrialRecord } from "../core/trial.ts";
import { foldHistory } from "./prefix-memo.ts";
import type { Sampler, SamplerInput } from "./sampler.ts";

// The rung above all steps: the values of complete trials.
const atEnd = Number.POSITIVE_INFINITY;

/**
 * Lets `sampler` learn from trials that were pruned: it is shown, as the trials' values, what they reported at
 * the highest step at which at least one trial more than there are parameters has a result. The values of
 * complete trials stand above all steps. Trials without a result there are shown as failed; while no step has
 * enough, all are, and the sampler starts as it would with nothing known. NaN is no result.
 * With `hyperband()` as the study's pruner and `tpe()` inside this is BOHB.
 * A study of several objectives is refused: a report is one number.
 * Source: Falkner, Klein and Hutter (2018), "BOHB: Robust and efficient hyperparameter optimization at scale".
 */
export function highestRung(sampler: Sampler): Sampler {
  const countResults = foldHistory(() => new Map<number, number>(), addResults);
  const shown = new WeakMap<TrialRecord, { readonly rung: number | null; readonly trial: TrialRecord }>();

  // The same record for the same trial and rung, by which the sampler's own memos hold.
  function show(trial: TrialRecord, rung: number | null): TrialRecord {
    const before = shown.get(trial);
    if (before !== undefined && before.rung === rung) return before.trial;
    const made = { rung, trial: asOf(trial, rung) };
    shown.set(trial, made);
    return made.trial;
  }

  const atRung = (input: SamplerInput): SamplerInput => {
    const rung = highest(countResults(input.history), input.space.length + 1);
    return { ...input, history: input.history.map((trial) => show(trial, rung)) };
  };

  return {
    name: `highestRung(${sampler.name})`,
    check(space, directions) {
      if (directions.length > 1) {
        throw new VernierError("unsupported", `"highestRung": expected one objective, got ${directions.length}`);
      }
      sampler.check?.(space, directions);
    },
    prepare: (input) => sampler.prepare?.(atRung(input)),
    suggest: (core, input) => sampler.suggest(core, atRung(input)),
  };
}

function addResults(counts: Map<number, number>, trial: TrialRecord): void {
  for (const rung of rungsOf(trial)) counts.set(rung, (counts.get(rung) ?? 0) + 1);
}

function rungsOf(trial: TrialRecord): number[] {
  if (trial.state === "fail") return [];
  const rungs = trial.intermediate.filter(([, value]) => !Number.isNaN(value)).map(([step]) => step);
  return trial.state === "complete" && trial.values !== null ? [...rungs, atEnd] : rungs;
}

function highest(counts: ReadonlyMap<number, number>, enough: number): number | null {
  let best: number | null = null;
  for (const [rung, count] of counts) if (count >= enough && (best === null || rung > best)) best = rung;
  return best;
}

// The trial as if it had been run up to the rung and no further.
function asOf(trial: TrialRecord, rung: number | null): TrialRecord {
  if (trial.state === "fail" || (rung === atEnd && trial.state === "complete")) return trial;
  const value = trial.intermediate.find(([step]) => step === rung)?.[1] ?? Number.NaN;
  const intermediate = trial.intermediate.filter(([step]) => rung !== null && step <= rung);
  if (Number.isNaN(value)) return Object.freeze({ ...trial, state: "fail", values: null, intermediate });
  return Object.freeze({ ...trial, state: "complete", values: [value], intermediate });
}
