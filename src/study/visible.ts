import type { FlatSpace } from "../core/space.ts";
import { isFinished, type TrialRecord } from "../core/trial.ts";
import { fixedParamsAttr } from "../storages/operations.ts";

/** What trial `number` may know of the others. */
export interface Visible {
  readonly history: readonly TrialRecord[];
  readonly pending: readonly TrialRecord[];
}

/**
 * Splits the trials for the one to be asked as `number`.
 *
 * With a `lag` (the reproducible schedule) trials up to number - lag count as finished and those between as
 * pending, also when they ended already: what a trial knows then depends on its number alone, and not on
 * which worker was faster. Of a pending trial only the `declared` parameters show. Without one (the eager schedule) all that is finished is known.
 */
export function visibleTo(
  number: number,
  trials: readonly TrialRecord[],
  lag: number | null,
  declared: FlatSpace,
): Visible {
  const history: TrialRecord[] = [];
  const pending: TrialRecord[] = [];
  const newest = lag === null ? Number.POSITIVE_INFINITY : number - lag;
  for (const trial of trials) {
    if (trial.number === number) continue;
    if (trial.number <= newest && isFinished(trial)) history.push(trial);
    else if (lag === null ? trial.state === "running" : trial.number < number) pending.push(veil(trial, declared));
  }
  return { history, pending };
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

/** Whether all that trial `number` must know has ended. */
export function isReady(number: number, trials: readonly TrialRecord[], lag: number | null): boolean {
  if (lag === null) return true;
  for (let i = Math.min(number - lag, trials.length - 1); i >= 0; i--) {
    if (!isFinished(trials[i] as TrialRecord)) return false;
  }
  return true;
}
