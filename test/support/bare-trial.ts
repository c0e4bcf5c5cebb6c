import type { TrialRecord } from "../../src/core/trial.ts";

/** A trial record with what a test cares about, and defaults for the rest. */
export function bareTrial(fields: Partial<TrialRecord> & { readonly number: number }): TrialRecord {
  return {
    state: "complete",
    params: {},
    internal: {},
    distributions: {},
    values: null,
    intermediate: [],
    userAttrs: {},
    systemAttrs: {},
    startedAt: null,
    completedAt: null,
    failure: null,
    ...fields,
  };
}
