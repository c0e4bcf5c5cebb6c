import { type FlatSpace, flattenSpace, nestParams, type Space } from "../../src/core/space.ts";
import type { Direction, TrialRecord } from "../../src/core/trial.ts";
import type { Sampler, Suggestion } from "../../src/samplers/sampler.ts";
import type { Core } from "../../src/wasm/core.ts";
import { trialRecord } from "./trials.ts";

export interface FeedbackOptions {
  readonly seed: number;
  readonly trials: number;
  readonly direction?: Direction;
  /** In place of `direction`, with several objectives. */
  readonly directions?: readonly Direction[];
  /** How many trials are under way while the next one is asked; 0: none. */
  readonly lag?: number;
  /** Turns the record of a finished trial into another one (a failed or pruned one). */
  readonly finish?: (trial: TrialRecord) => TrialRecord;
}

/** Asks and tells one trial after the other, with no study in between; ends early when the sampler does. */
export function feedback(
  core: Core,
  sampler: Sampler,
  space: Space,
  objective: (params: Readonly<Record<string, unknown>>, number: number) => number | readonly number[],
  options: FeedbackOptions,
): TrialRecord[] {
  const flat = flattenSpace(space);
  const { seed, direction = "minimize", directions = [direction], lag = 0, finish = (trial) => trial } = options;
  const trials: TrialRecord[] = [];
  for (let number = 0; number < options.trials; number++) {
    const known = Math.max(0, number - lag);
    const pending = trials.slice(known).map(running);
    const internal = sampler.suggest(core, {
      space: flat,
      directions,
      history: trials.slice(0, known),
      pending,
      key: { seed, trial: number, purpose: "sampler" },
    });
    if (internal === null) break;
    const value = objective(nestParams(space, internal), number);
    const values = typeof value === "number" ? [value] : value;
    trials.push(finish(trialRecord(flat, number, internal, null, { values })));
  }
  return trials;
}

/** The trial as it was while it ran. */
export function running(trial: TrialRecord): TrialRecord {
  return { ...trial, state: "running", values: null, intermediate: [] };
}

/** What the sampler suggests for trial `number` of a study that knows `history`. */
export function ask(
  core: Core,
  sampler: Sampler,
  space: FlatSpace,
  history: readonly TrialRecord[],
  number: number,
  rest: {
    readonly seed?: number;
    readonly pending?: readonly TrialRecord[];
    readonly direction?: Direction;
    readonly directions?: readonly Direction[];
  } = {},
): Suggestion | null {
  const { seed = 0, pending = [], direction = "minimize", directions = [direction] } = rest;
  return sampler.suggest(core, {
    space,
    directions,
    history,
    pending,
    key: { seed, trial: number, purpose: "sampler" },
  });
}
