import type { FlatSpace } from "../core/space.ts";
import type { Direction, TrialRecord } from "../core/trial.ts";
import type { Core } from "../wasm/core.ts";

/** All that a verdict may depend on. */
export interface StoppingInput {
  readonly core: Core;
  /** The parameters, parents before children; made when it is asked for. */
  readonly space: FlatSpace;
  readonly directions: readonly Direction[];
  /** Finished trials by number, as visible to the trial that would be asked next. */
  readonly history: readonly TrialRecord[];
  /** Milliseconds since this call of `optimize` began; rules that read it make a study depend on timing. */
  readonly elapsed: number;
}

/** Says whether a study has gone on for long enough. A pure function of its input. */
export interface StoppingRule {
  /** Loads code that `reasonToStop` needs; undefined when nothing is missing. `optimize` waits for it when it begins. */
  prepare?(): Promise<void> | undefined;
  /** Why to start no further trial, in a few words: it becomes the study's `stopReason`. Null to go on. */
  reasonToStop(input: StoppingInput): string | null;
}
