import type { FlatSpace } from "../core/space.ts";
import { isFinished, type TrialRecord, type TrialState } from "../core/trial.ts";
import { fixedParamsAttr } from "../storages/operations.ts";
import type { Ledger } from "./ledger.ts";

/** What trial `number` may know of the others. */
export interface Visible {
  readonly history: readonly TrialRecord[];
  readonly pending: readonly TrialRecord[];
}

/**
 * Splits the trials for the one to be asked as `number`. The two lists are made when they are asked for, so that a
 * sampler that looks at neither waits for neither: with a lag the history as it is now, else as it is then.
 *
 * With a `lag` (the reproducible schedule) trials up to number - lag count as finished and those between as
 * pending, also when they ended already: what a trial knows then depends on its number alone, and not on
 * which worker was faster. Of a pending trial only the `declared` parameters show. Without one (the eager schedule) all
 * that is finished is known, and the history goes on with it, for the pruner.
 */
export function visibleTo(number: number, table: Ledger["table"], lag: number | null, declared: FlatSpace): Visible {
  return new VisibleTrials(number, table, newestKnown(number, lag), declared);
}

class VisibleTrials implements Visible {
  readonly #number: number;
  readonly #table: Ledger["table"];
  readonly #newest: number;
  readonly #declared: FlatSpace;
  readonly #finished: () => readonly TrialRecord[];

  constructor(number: number, table: Ledger["table"], newest: number, declared: FlatSpace) {
    this.#number = number;
    this.#table = table;
    this.#newest = newest;
    this.#declared = declared;
    this.#finished = newest === Number.POSITIVE_INFINITY ? () => table.finished(newest)() : table.finished(newest);
  }

  get history(): readonly TrialRecord[] {
    return this.#finished();
  }

  get pending(): readonly TrialRecord[] {
    const number = this.#number;
    const table = this.#table;
    const eager = this.#newest === Number.POSITIVE_INFINITY;
    const underWay = eager ? table.open("running") : numbersUpTo(number, this.#newest, table);
    return underWay
      .filter((other) => other !== number)
      .map((other) => veil(table.record(other) as TrialRecord, this.#declared));
  }
}

/** The number of the newest trial whose end trial `number` may know. */
export function newestKnown(number: number, lag: number | null): number {
  return lag === null ? Number.POSITIVE_INFINITY : number - lag;
}

/** The trials before `number` that do not count as finished. */
function numbersUpTo(number: number, newest: number, table: Ledger["table"]): number[] {
  const numbers: number[] = [];
  for (let other = Math.min(Math.max(0, newest + 1), table.firstOpen()); other < number; other++) {
    if (other > newest || !isFinished({ state: table.state(other) as TrialState })) numbers.push(other);
  }
  return numbers;
}

// A pending trial shows the declared parameters, which it had from its start, and nothing that it learnt since.
function veil(trial: TrialRecord, declared: FlatSpace): TrialRecord {
  const keep = declared.filter(({ name }) => Object.hasOwn(trial.params, name)).map(({ name }) => name);
  const pick = <T>(from: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(keep.map((name) => [name, from[name] as T]));
  const { reports: _, ...started } = trial;
  return {
    ...started,
    state: "running",
    params: pick(trial.params),
    internal: pick(trial.internal),
    distributions: pick(trial.distributions),
    values: null,
    intermediate: [],
    userAttrs: {},
    // What is kept there later (a failure, reports, constraints) was not known at the start.
    systemAttrs: Object.fromEntries(Object.entries(trial.systemAttrs).filter(([key]) => key === fixedParamsAttr)),
    completedAt: null,
    failure: null,
  };
}

/**
 * Whether all that trial `number` must know has ended. `running` are the numbers of the trials that will end, ascending:
 * one that nobody here evaluates (asked for and not told yet, or another process's) stays pending and is not waited for.
 */
export function isReady(number: number, running: Iterable<number>, lag: number | null): boolean {
  if (lag === null) return true;
  const [first = number] = running;
  return first > newestKnown(number, lag);
}
