import { type Distribution, sameDistribution } from "../core/distribution.ts";
import type { Json } from "../core/json.ts";
import type { Direction, TrialRecord } from "../core/trial.ts";
import type { TrialDraft } from "./trial-draft.ts";

/** One study as the log tells it: a live view, which further records of the log change. */
export interface StudyState {
  readonly id: number;
  readonly name: string;
  readonly directions: readonly Direction[];
  /** Frozen; another object after every change. */
  readonly userAttrs: Readonly<Record<string, Json>>;
  readonly systemAttrs: Readonly<Record<string, Json>>;
  /** Frozen records by number; the same array until a trial changes, then another one. */
  readonly trials: readonly TrialRecord[];
  /** `trialIds[number]`: the id by which records name the trial. */
  readonly trialIds: readonly number[];
}

/** A study while its log is being replayed. */
export class StudyReplay implements StudyState {
  readonly id: number;
  readonly name: string;
  readonly directions: readonly Direction[];
  userAttrs: Readonly<Record<string, Json>> = Object.freeze({});
  systemAttrs: Readonly<Record<string, Json>> = Object.freeze({});
  readonly trialIds: number[] = [];
  /** The trials that may still change, by number. */
  readonly #drafts: Map<number, TrialDraft> = new Map();
  /** Those that changed since `trials` was last read. */
  readonly #changed: Map<number, TrialDraft> = new Map();
  #trials: readonly TrialRecord[] = [];
  /** The first trial that has each parameter, and the distribution it has there. */
  readonly #uses: Map<string, { readonly number: number; readonly distribution: Distribution }> = new Map();

  constructor(id: number, name: string, directions: readonly Direction[]) {
    this.id = id;
    this.name = name;
    this.directions = directions;
  }

  // Records are made when someone looks: a thousand reports of one trial make one record, not a thousand.
  get trials(): readonly TrialRecord[] {
    if (this.#changed.size > 0) {
      const trials = this.#trials.slice();
      // In the order of creation, as maps keep it, so that the array grows by one at a time.
      for (const [number, draft] of this.#changed) trials[number] = draft.record();
      this.#changed.clear();
      this.#trials = trials;
    }
    return this.#trials;
  }

  add(trialId: number, draft: TrialDraft): void {
    this.trialIds.push(trialId);
    this.#drafts.set(draft.number, draft);
    this.touch(draft);
  }

  /** The trial, if it can still change. */
  draft(number: number): TrialDraft | undefined {
    return this.#drafts.get(number);
  }

  /** Notes that the trial has changed. */
  touch(draft: TrialDraft): void {
    this.#changed.set(draft.number, draft);
    if (draft.finished) this.#drafts.delete(draft.number);
  }

  used(name: string, distribution: Distribution, number: number): void {
    const first = this.#uses.get(name);
    if (first === undefined || number <= first.number) this.#uses.set(name, { number, distribution });
  }

  /** Whether a trial may have the parameter: ranges may change within a study, type, `log` and choices not. */
  admits(name: string, distribution: Distribution): boolean {
    const first = this.#uses.get(name)?.distribution;
    if (first === undefined) return true;
    if (first.type === "categorical" || distribution.type === "categorical")
      return sameDistribution(first, distribution);
    return first.type === distribution.type && first.log === distribution.log;
  }
}
