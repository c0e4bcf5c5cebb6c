import { constraintPrefix } from "../core/constraints.ts";
import type { ParamValue } from "../core/distribution.ts";
import type { Json } from "../core/json.ts";
import type { TrialRecord, TrialState } from "../core/trial.ts";

/** A trial as answers have it. Numbers that JSON does not know (NaN, the infinities) are null. */
export interface TrialJson {
  readonly number: number;
  readonly state: TrialState;
  /** By flat name (`"model.svm.C"`); a choice that is a list or an object by its JSON text. */
  readonly params: { readonly [name: string]: ParamValue };
  /** One for each objective; null unless the trial is complete, or pruned with a last report. */
  readonly values: readonly number[] | null;
  /** By increasing step: a number, with several objectives one for each. */
  readonly reports: readonly { readonly step: number; readonly value: number | readonly number[] }[];
  /** By how much each constraint is violated: at most 0 where it holds. */
  readonly constraints: { readonly [name: string]: Json };
  readonly userAttrs: { readonly [name: string]: Json };
  /** ISO 8601 in UTC. */
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  readonly failure: { readonly name: string; readonly message: string } | null;
}

export function trialJson(trial: TrialRecord): TrialJson {
  const { number, state, params, values, userAttrs, startedAt, completedAt, failure } = trial;
  const constraints = Object.entries(trial.systemAttrs).filter(([name]) => name.startsWith(constraintPrefix));
  return {
    number,
    state,
    params,
    values,
    reports: (trial.reports ?? trial.intermediate).map(([step, value]) => ({ step, value })),
    constraints: Object.fromEntries(constraints.map(([name, value]) => [name.slice(constraintPrefix.length), value])),
    userAttrs,
    startedAt,
    completedAt,
    // A stack names files, which are nobody's business.
    failure: failure === null ? null : { name: failure.name, message: failure.message },
  };
}
