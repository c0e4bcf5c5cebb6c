import type { RandomKey } from "../core/key.ts";
import type { Direction, TrialRecord } from "../core/trial.ts";
import type { Core } from "../wasm/core.ts";

/** All that a verdict may depend on. */
export interface PrunerInput {
  readonly directions: readonly Direction[];
  /** The trial as it stands: its reports so far, the latest last. */
  readonly trial: TrialRecord;
  /** Finished trials by number: those known when the trial was asked; in the eager schedule those known by now. */
  readonly history: readonly TrialRecord[];
  readonly key: RandomKey;
}

/** Says whether a trial should be given up. A pure function of its input. */
export interface Pruner {
  readonly name: string;
  /** Throws `unsupported` when this pruner cannot judge trials of such objectives, before the study starts. */
  check?(directions: readonly Direction[]): void;
  shouldPrune(core: Core, input: PrunerInput): boolean;
}
