import { constraintPrefix } from "../core/constraints.ts";
import type { Distribution, ParamValue } from "../core/distribution.ts";
import type { Json } from "../core/json.ts";
import { type JournalRecord, Op } from "../core/record.ts";
import type { Direction, TrialFailure, TrialRecord, TrialState } from "../core/trial.ts";
import { encodeDistribution } from "./distribution-json.ts";
import { writeDate } from "./journal-date.ts";

// Builders of journal records. `workerId` names the writer; study and trial ids are those that the replay
// gave; moments are ISO 8601.

/** Codes of the directions and of the trial states, as the records hold them. */
export const directionCodes: Readonly<Record<Direction, number>> = { minimize: 1, maximize: 2 };
export const stateCodes: Readonly<Record<TrialState, number>> = {
  running: 0,
  complete: 1,
  pruned: 2,
  fail: 3,
  waiting: 4,
};
/** The trial system attribute under which the reason of a failure is kept. */
export const failureAttr = "vernier:failure";
/** The trial system attribute under which reports of several objectives are kept: [step, values] by step. */
export const reportsAttr = "vernier:reports";
/** The trial system attribute under which an enqueued trial keeps the parameters it is to use. */
export const fixedParamsAttr = "fixed_params";

/** Refused on replay when a study of that name exists. */
export function createStudy(workerId: string, name: string, directions: readonly Direction[]): JournalRecord {
  const codes = directions.map((direction) => directionCodes[direction]);
  return { op_code: Op.createStudy, worker_id: workerId, study_name: name, directions: codes };
}

export function deleteStudy(workerId: string, studyId: number): JournalRecord {
  return { op_code: Op.deleteStudy, worker_id: workerId, study_id: studyId };
}

export function studyUserAttr(workerId: string, studyId: number, key: string, value: Json): JournalRecord {
  return { op_code: Op.studyUserAttr, worker_id: workerId, study_id: studyId, user_attr: { [key]: value } };
}

export function studySystemAttr(workerId: string, studyId: number, key: string, value: Json): JournalRecord {
  return { op_code: Op.studySystemAttr, worker_id: workerId, study_id: studyId, system_attr: { [key]: value } };
}

/** A new trial, running from the start. */
export function createTrial(workerId: string, studyId: number, startedAt: string): JournalRecord {
  return { op_code: Op.createTrial, worker_id: workerId, study_id: studyId, datetime_start: writeDate(startedAt) };
}

/**
 * A new trial, running from the start with these parameters: internal values and `encodeDistribution`'s texts by name.
 * Unlike those of `setParam`, the replay does not hold them against those of earlier trials.
 */
export function startTrial(
  workerId: string,
  studyId: number,
  startedAt: string,
  params: Readonly<Record<string, number>>,
  distributions: Readonly<Record<string, string>>,
): JournalRecord {
  return {
    op_code: Op.createTrial,
    worker_id: workerId,
    study_id: studyId,
    datetime_start: writeDate(startedAt),
    distributions,
    params,
  };
}

/** A new trial that waits to be claimed, to be run with the given (external) parameters. */
export function enqueue(
  workerId: string,
  studyId: number,
  fixedParams: Readonly<Record<string, ParamValue>>,
  userAttrs: Readonly<Record<string, Json>> = {},
): JournalRecord {
  return addTrial(workerId, studyId, {
    state: "waiting",
    internal: {},
    distributions: {},
    values: null,
    intermediate: [],
    userAttrs,
    systemAttrs: { [fixedParamsAttr]: fixedParams },
    startedAt: null,
    completedAt: null,
  });
}

/** A new trial that is a copy of `trial`, in whatever state. */
export function addTrial(
  workerId: string,
  studyId: number,
  trial: Omit<TrialRecord, "number" | "params" | "failure">,
): JournalRecord {
  const { values, intermediate, distributions } = trial;
  const texts = Object.entries(distributions).map(([name, it]) => [name, encodeDistribution(it)] as const);
  return {
    op_code: Op.createTrial,
    worker_id: workerId,
    study_id: studyId,
    datetime_start: trial.startedAt === null ? null : writeDate(trial.startedAt),
    ...(trial.completedAt === null ? {} : { datetime_complete: writeDate(trial.completedAt) }),
    state: stateCodes[trial.state],
    value: values?.length === 1 ? (values[0] as number) : null,
    values: values === null || values.length === 1 ? null : values,
    distributions: Object.fromEntries(texts),
    params: trial.internal,
    user_attrs: trial.userAttrs,
    system_attrs: trial.systemAttrs,
    intermediate_values: Object.fromEntries(intermediate.map(([step, value]) => [String(step), value])),
  };
}

/** Refused on replay when an earlier trial of the study has the name with another type, `log` or choices. */
export function setParam(
  workerId: string,
  trialId: number,
  name: string,
  distribution: Distribution,
  internal: number,
): JournalRecord {
  return {
    op_code: Op.trialParam,
    worker_id: workerId,
    trial_id: trialId,
    param_name: name,
    param_value_internal: internal,
    distribution: encodeDistribution(distribution),
  };
}

/** Takes a waiting trial; refused on replay when another worker's claim came first. */
export function claim(workerId: string, trialId: number, startedAt: string): JournalRecord {
  return {
    op_code: Op.trialState,
    worker_id: workerId,
    trial_id: trialId,
    state: stateCodes.running,
    values: null,
    datetime_start: writeDate(startedAt),
  };
}

/** Ends a trial for good: whatever is said of it later is refused. */
export function finish(
  workerId: string,
  trialId: number,
  state: "complete" | "pruned" | "fail",
  values: readonly number[] | null,
  completedAt: string,
): JournalRecord {
  return {
    op_code: Op.trialState,
    worker_id: workerId,
    trial_id: trialId,
    state: stateCodes[state],
    values,
    datetime_complete: writeDate(completedAt),
  };
}

/** Keeps why a trial is about to fail: append it before the `finish`. */
export function failure(workerId: string, trialId: number, failure: TrialFailure): JournalRecord {
  const { name, message, stack } = failure;
  return trialSystemAttr(workerId, trialId, failureAttr, { name, message, stack });
}

export function intermediate(workerId: string, trialId: number, step: number, value: number): JournalRecord {
  return { op_code: Op.intermediateValue, worker_id: workerId, trial_id: trialId, step, intermediate_value: value };
}

/**
 * Keeps reports of several objectives. An intermediate value is one number, and Optuna takes none in a study of
 * several objectives: its samplers could not read it.
 */
export function reports(
  workerId: string,
  trialId: number,
  reports: readonly (readonly [step: number, values: readonly number[]])[],
): JournalRecord {
  return trialSystemAttr(workerId, trialId, reportsAttr, reports);
}

/** Keeps by how much a trial violates a constraint, where Optuna's samplers look for it. */
export function constraint(workerId: string, trialId: number, name: string, value: number): JournalRecord {
  return trialSystemAttr(workerId, trialId, `${constraintPrefix}${name}`, value);
}

export function trialUserAttr(workerId: string, trialId: number, key: string, value: Json): JournalRecord {
  return { op_code: Op.trialUserAttr, worker_id: workerId, trial_id: trialId, user_attr: { [key]: value } };
}

export function trialSystemAttr(workerId: string, trialId: number, key: string, value: Json): JournalRecord {
  return { op_code: Op.trialSystemAttr, worker_id: workerId, trial_id: trialId, system_attr: { [key]: value } };
}
