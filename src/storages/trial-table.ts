import type { TrialRecord, TrialState } from "../core/trial.ts";
import type { TrialDraft } from "./trial-draft.ts";

/** The finished trials that were known at a moment, by number; the array is made when it is first asked for. */
export type FinishedTrials = () => readonly TrialRecord[];

/**
 * The trials of a study while its log is being replayed, by number. What starting and ending a trial asks for takes as
 * long in a long study as in a short one: records and arrays of them are made when someone looks.
 */
export class TrialTable {
  /** Out of date where the trial has changed since. */
  readonly #records: (TrialRecord | undefined)[] = [];
  /** Trials that changed since their record was made, oldest change first. */
  readonly #changed: Map<number, TrialDraft> = new Map();
  /** Trials that may still change. */
  readonly #open: Map<number, TrialDraft> = new Map();
  /** No trial before this one is open, none before that one waits. */
  #firstOpen = 0;
  #firstWaiting = 0;
  #all: readonly TrialRecord[] | null = null;
  #finished: readonly TrialRecord[] = [];
  /** The array made last of the first so many of `list`. */
  #prefix: { readonly list: readonly TrialRecord[]; readonly array: readonly TrialRecord[] } | null = null;

  get count(): number {
    return this.#records.length;
  }

  add(draft: TrialDraft): void {
    this.#records.push(undefined);
    this.#open.set(draft.number, draft);
    this.touch(draft);
  }

  /** Notes that the trial has changed. */
  touch(draft: TrialDraft): void {
    const { number } = draft;
    this.#changed.set(number, draft);
    if (draft.finished) this.#open.delete(number);
    else if (draft.state === "waiting") this.#firstWaiting = Math.min(this.#firstWaiting, number);
  }

  /** The trial, if it can still change. */
  draft(number: number): TrialDraft | undefined {
    return this.#open.get(number);
  }

  /** Undefined for a number that no trial has. */
  state(number: number): TrialState | undefined {
    return (this.#open.get(number) ?? this.#changed.get(number) ?? this.#records[number])?.state;
  }

  record(number: number): TrialRecord | undefined {
    const draft = this.#changed.get(number);
    if (draft === undefined) return this.#records[number];
    this.#finish();
    if (this.#changed.delete(number)) this.#keep(number, draft.record());
    return this.#records[number];
  }

  /** Frozen records by number; the same array until a trial changes, then another one. */
  all(): readonly TrialRecord[] {
    if (this.#changed.size > 0) {
      this.#finish();
      for (const [number, draft] of this.#changed) this.#keep(number, draft.record());
      this.#changed.clear();
    }
    this.#all ??= this.#records.slice() as TrialRecord[];
    return this.#all;
  }

  /** The finished trials up to number `newest`. */
  finished(newest: number): FinishedTrials {
    this.#finish();
    const list = this.#finished;
    let count = list.length;
    while (count > 0 && (list[count - 1] as TrialRecord).number > newest) count--;
    return () => {
      const last = this.#prefix;
      if (last !== null && last.list === list && last.array.length === count) return last.array;
      const array = list.slice(0, count);
      this.#prefix = { list, array };
      return array;
    };
  }

  /** The lowest number from `from` on that waits to be started. */
  firstWaiting(from: number): number | null {
    while (this.#firstWaiting < this.count && this.#open.get(this.#firstWaiting)?.state !== "waiting") {
      this.#firstWaiting++;
    }
    for (let number = Math.max(from, this.#firstWaiting); number < this.count; number++) {
      if (this.#open.get(number)?.state === "waiting") return number;
    }
    return null;
  }

  /** The lowest number that has not ended; that of the next trial when all have. */
  firstOpen(): number {
    while (this.#firstOpen < this.count && !this.#open.has(this.#firstOpen)) this.#firstOpen++;
    return this.#firstOpen;
  }

  /** Numbers of the running or the waiting trials, ascending. */
  open(state: "running" | "waiting"): number[] {
    const numbers: number[] = [];
    for (const draft of this.#open.values()) if (draft.state === state) numbers.push(draft.number);
    return numbers.sort((a, b) => a - b);
  }

  /** Makes records of the trials that ended, and puts them among the finished ones. */
  #finish(): void {
    let list = this.#finished as TrialRecord[];
    for (const [number, draft] of this.#changed) {
      if (!draft.finished) continue;
      this.#changed.delete(number);
      const record = draft.record();
      this.#keep(number, record);
      const last = list.at(-1);
      if (last === undefined || last.number < number) {
        list.push(record);
        continue;
      }
      // Whoever was given the first so many of the list keeps them: out of order it becomes another list.
      if (list === this.#finished) list = list.slice();
      list.splice(placeOf(number, list), 0, record);
    }
    this.#finished = list;
  }

  #keep(number: number, record: TrialRecord): void {
    this.#records[number] = record;
    this.#all = null;
  }
}

/** How many of the records come before the number. */
function placeOf(number: number, records: readonly TrialRecord[]): number {
  let place = records.length;
  while (place > 0 && (records[place - 1] as TrialRecord).number > number) place--;
  return place;
}
