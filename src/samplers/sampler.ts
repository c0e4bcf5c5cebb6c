import type { FlatSpace } from "../core/space.ts";
import type { RandomKey } from "../core/key.ts";
import type { Direction, TrialRecord } from "../core/trial.ts";
import type { Core } from "../wasm/core.ts";

/** All that a suggestion may depend on. A study makes the two lists when they are read: leave alone what is not needed. */
export interface SamplerInput {
  /** The parameters, parents before children. */
  readonly space: FlatSpace;
  /**
   * Whether objectives ask for parameters by name while they run: the space then has those seen so far, not every trial
   * has all of them, and there may be more. Absent: no.
   */
  readonly growing?: boolean;
  /** One per objective. */
  readonly directions: readonly Direction[];
  /** Finished trials by number, in whatever state they ended. */
  readonly history: readonly TrialRecord[];
  /** Trials under way by number: parameters known, values not. */
  readonly pending: readonly TrialRecord[];
  /** The study's seed and the number of the trial to suggest. */
  readonly key: RandomKey;
}

/** Internal value (the number, or the choice's index) of every active parameter, by flat name. */
export type Suggestion = Readonly<Record<string, number>>;

/**
 * Proposes the next trial. A pure function of its input: no state, no clock, no random numbers but those of
 * `input.key`; the same input gives the same suggestion in every runtime. It may be called for any trial
 * number in any order.
 */
export interface Sampler {
  readonly name: string;
  /** Throws `invalid-space` when this sampler cannot search such a space, before the study starts. */
  check?(space: FlatSpace, directions: readonly Direction[]): void;
  /**
   * Loads code that `suggest` needs for this input and that is not there yet; undefined when nothing is missing, as with
   * most samplers always. A study waits for it before it asks, and so must who calls `suggest` without one. It has no
   * say in what is suggested.
   */
  prepare?(input: SamplerInput): Promise<void> | undefined;
  /** The next trial's parameters, or null when nothing is left to try: the study then stops and says so. */
  suggest(core: Core, input: SamplerInput): Suggestion | null;
}
