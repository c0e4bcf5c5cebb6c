import { type Distribution, sameDistribution } from "../core/distribution.ts";
import type { Json } from "../core/json.ts";
import type { Direction, TrialRecord } from "../core/trial.ts";
import { SharedByName } from "./shared-by-name.ts";
import type { SharedDistributions, TrialDraft } from "./trial-draft.ts";
import { TrialTable } from "./trial-table.ts";

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
  /** The same trials one by one, and which of them are finished, running or waiting. */
  readonly table: Omit<TrialTable, "add" | "touch" | "draft">;
  /** Names of the parameters that trials of the study have, in the order in which they were first used. */
  readonly parameters: Iterable<string>;
  /** Whether a trial may have the parameter: ranges may change within a study, type, `log` and choices not. */
  admits(name: string, distribution: Distribution): boolean;
  /** `trialIds[number]`: the id by which records name the trial. */
  readonly trialIds: readonly number[];
}

/** What a trial was started with: names of parameters, their distributions as the record has them and as they are. */
export interface StartedParams {
  readonly names: readonly string[];
  readonly texts: readonly string[];
  readonly distributions: readonly Distribution[];
}

/** A study while its log is being replayed. */
export class StudyReplay implements StudyState {
  readonly id: number;
  readonly name: string;
  readonly directions: readonly Direction[];
  userAttrs: Readonly<Record<string, Json>> = Object.freeze({});
  systemAttrs: Readonly<Record<string, Json>> = Object.freeze({});
  readonly trialIds: number[] = [];
  readonly table: TrialTable = new TrialTable();
  readonly distributions: SharedDistributions = new SharedByName((distribution) => distribution);
  /** That of the latest trial that was started with parameters. */
  started: StartedParams = { names: [], texts: [], distributions: [] };
  /** The first trial that has each parameter, and the distribution it has there. */
  readonly #uses: Map<string, { readonly number: number; readonly distribution: Distribution }> = new Map();

  constructor(id: number, name: string, directions: readonly Direction[]) {
    this.id = id;
    this.name = name;
    this.directions = directions;
  }

  get trials(): readonly TrialRecord[] {
    return this.table.all();
  }

  get parameters(): Iterable<string> {
    return this.#uses.keys();
  }

  add(trialId: number, draft: TrialDraft): void {
    this.trialIds.push(trialId);
    this.table.add(draft);
  }

  used(name: string, distribution: Distribution, number: number): void {
    const first = this.#uses.get(name);
    if (first === undefined || number <= first.number) this.#uses.set(name, { number, distribution });
  }

  admits(name: string, distribution: Distribution): boolean {
    const first = this.#uses.get(name)?.distribution;
    if (first === undefined || first === distribution) return true;
    if (first.type === "categorical" || distribution.type === "categorical")
      return sameDistribution(first, distribution);
    return first.type === distribution.type && first.log === distribution.log;
  }
}
