import { toExternal } from "../../src/core/distribution.ts";
import type { FlatSpace } from "../../src/core/space.ts";
import type { TrialRecord } from "../../src/core/trial.ts";
import { bareTrial } from "./bare-trial.ts";

/** A record of trial `number` with these internal values; complete with `value` unless told otherwise. */
export function trialRecord(
  space: FlatSpace,
  number: number,
  internal: Readonly<Record<string, number>>,
  value: number | null,
  fields: Partial<TrialRecord> = {},
): TrialRecord {
  const active = space.filter((param) => internal[param.name] !== undefined);
  return bareTrial({
    number,
    params: Object.fromEntries(
      active.map(({ name, distribution }) => [name, toExternal(distribution, internal[name] as number)]),
    ),
    internal,
    distributions: Object.fromEntries(active.map(({ name, distribution }) => [name, distribution])),
    values: value === null ? null : [value],
    ...fields,
  });
}
