import { type ParamValue, toInternal } from "../core/distribution.ts";
import { show, VernierError } from "../core/errors.ts";
import { type FlatParam, type FlatSpace, isActive } from "../core/space.ts";
import type { TrialRecord } from "../core/trial.ts";
import { memoOfSpace } from "./prefix-memo.ts";
import type { Sampler, SamplerInput } from "./sampler.ts";

/**
 * Another sampler with some parameters held: `fixed` has external values by flat name (of a branch, its label). The
 * wrapped sampler sees the space and the trials without them; of a fixed choice only the chosen branch is left, and
 * its parameters are then always active.
 *
 * Throws, when the study is created, `invalid-space` for a name that is no parameter's, `invalid-argument` for a
 * value that the parameter does not allow, and what the wrapped sampler throws for the space that is left.
 */
export function partialFixed(fixed: Readonly<Record<string, ParamValue>>, sampler: Sampler): Sampler {
  const held = { ...fixed };
  const restrictionOf = memoOfSpace((space) => restrict(space, held));
  const restricted = (input: SamplerInput): SamplerInput => {
    const { space, without } = restrictionOf(input.space, input.directions);
    return { ...input, space, history: input.history.map(without), pending: input.pending.map(without) };
  };
  return {
    name: `partialFixed(${sampler.name})`,
    check(space, directions) {
      for (const name of Object.keys(held)) {
        if (space.some((param) => param.name === name)) continue;
        const names = space.map((param) => show(param.name)).join(", ");
        throw new VernierError("invalid-space", `"fixed": expected names of parameters (${names}), got ${show(name)}`);
      }
      // Made in any case: it refuses values that a parameter does not allow.
      const { space: left } = restrictionOf(space, directions);
      sampler.check?.(left, directions);
    },
    prepare: (input) => sampler.prepare?.(restricted(input)),
    suggest(core, input) {
      const { values } = restrictionOf(input.space, input.directions);
      const found = sampler.suggest(core, restricted(input));
      if (found === null) return null;
      const internal: Record<string, number> = {};
      for (const param of input.space) {
        if (isActive(param, internal)) internal[param.name] = (values.get(param.name) ?? found[param.name]) as number;
      }
      return internal;
    },
  };
}

interface Restriction {
  /** Internal values of the fixed parameters. */
  readonly values: ReadonlyMap<string, number>;
  /** The parameters that are left. */
  readonly space: FlatSpace;
  /** A trial with these parameters only: always the same record for the same trial. */
  readonly without: (trial: TrialRecord) => TrialRecord;
}

function restrict(space: FlatSpace, fixed: Readonly<Record<string, ParamValue>>): Restriction {
  const values = new Map<string, number>();
  // On what each parameter still depends, of those that can become active.
  const conditions = new Map<string, FlatParam["when"]>();
  const left: FlatParam[] = [];
  for (const param of space) {
    const { name, distribution, when } = param;
    let condition = when;
    if (when !== null) {
      const parent = conditions.get(when.name);
      if (parent === undefined) continue;
      const value = values.get(when.name);
      if (value !== undefined && value !== when.index) continue;
      if (value !== undefined) condition = parent;
    }
    conditions.set(name, condition);
    if (Object.hasOwn(fixed, name)) values.set(name, toInternal(name, distribution, fixed[name]));
    else left.push(condition === when ? param : { ...param, when: condition });
  }
  const kept = new Set(left.map(({ name }) => name));
  const records = new WeakMap<TrialRecord, TrialRecord>();
  return {
    values,
    space: left,
    without(trial) {
      let record = records.get(trial);
      if (record === undefined) {
        const { params, internal, distributions } = trial;
        const pick = <T>(all: Readonly<Record<string, T>>): Record<string, T> =>
          Object.fromEntries(Object.entries(all).filter(([name]) => kept.has(name)));
        record = { ...trial, params: pick(params), internal: pick(internal), distributions: pick(distributions) };
        records.set(trial, record);
      }
      return record;
    },
  };
}
