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
  #finished: FinishedList = { numbers: [], records: [], given: false };
  /** The array made last of the first so many of `list`. */
  #prefix: { readonly list: FinishedList; readonly array: readonly TrialRecord[] } | null = null;

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
    if (draft.finished) {
      this.#open.delete(number);
      this.#finish(number);
    } else if (draft.state === "waiting") {
      this.#firstWaiting = Math.min(this.#firstWaiting, number);
    }
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
    if (draft !== undefined) {
      this.#changed.delete(number);
      this.#keep(number, draft.record());
    }
    return this.#records[number];
  }

  /** Frozen records by number; the same array until a trial changes, then another one. */
  all(): readonly TrialRecord[] {
    for (const [number, draft] of this.#changed) this.#keep(number, draft.record());
    this.#changed.clear();
    this.#all ??= this.#records.slice() as TrialRecord[];
    return this.#all;
  }

  /** The finished trials up to number `newest`. */
  finished(newest: number): FinishedTrials {
    const list = this.#finished;
    list.given = true;
    let count = list.numbers.length;
    while (count > 0 && (list.numbers[count - 1] as number) > newest) count--;
    return () => {
      const last = this.#prefix;
      if (last !== null && last.list === list && last.array.length === count) return last.array;
      for (let i = list.records.length; i < count; i++) {
        list.records.push(this.record(list.numbers[i] as number) as TrialRecord);
      }
      const array = list.records.slice(0, count);
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

  #finish(number: number): void {
    const { numbers, records, given } = this.#finished;
    const place = placeOf(number, numbers);
    // Whoever was given the first so many of the list keeps them: out of order it becomes another list.
    if (given && place < numbers.length) {
      this.#finished = { numbers: numbers.toSpliced(place, 0, number), records: records.slice(0, place), given: false };
      return;
    }
    numbers.splice(place, 0, number);
    if (place < records.length) records.length = place;
  }

  #keep(number: number, record: TrialRecord): void {
    this.#records[number] = record;
    this.#all = null;
  }
}

/** Numbers ascending, the records of the first so many, and whether someone was given a part of the list. */
interface FinishedList {
  readonly numbers: number[];
  readonly records: TrialRecord[];
  given: boolean;
}

/** How many of the numbers come before this one. */
function placeOf(number: number, numbers: readonly number[]): number {
  let place = numbers.length;
  while (place > 0 && (numbers[place - 1] as number) > number) place--;
  return place;
}
