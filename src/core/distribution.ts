import { show, VernierError } from "./errors.ts";

/** A real number in [low, high]; with `log` uniform in the logarithm, with `step` on the grid low + k step. */
export interface FloatDistribution {
  readonly type: "float";
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
  readonly step: number | null;
}

/** A whole number in [low, high]; with `log` uniform in the logarithm, else on the grid low + k step. */
export interface IntDistribution {
  readonly type: "int";
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
  readonly step: number;
}

/** What a record holds for a parameter. */
export type ParamValue = string | number | boolean | null;

/** One of a list of values, unordered. */
export interface CategoricalDistribution {
  readonly type: "categorical";
  readonly choices: readonly ParamValue[];
}

/**
 * Where a parameter's values come from. A value has two forms: the external one (what the objective sees
 * in records: a number, or the choice) and the internal one (what samplers compute with: the number
 * itself, or the choice's index), which are those of Optuna.
 */
export type Distribution = FloatDistribution | IntDistribution | CategoricalDistribution;

/** How many values the distribution can take; Infinity for a continuous one. */
export function cardinality(distribution: Distribution): number {
  if (distribution.type === "categorical") return distribution.choices.length;
  const { low, high } = distribution;
  if (low === high) return 1;
  if (distribution.step === null) return Number.POSITIVE_INFINITY;
  return Math.floor((high - low) / distribution.step + 1e-9) + 1;
}

/** The k-th value (internal form) of a distribution with finite cardinality, k = 0 ... cardinality - 1. */
export function valueAt(distribution: Distribution, k: number): number {
  if (distribution.type === "categorical") return k;
  return Math.min(distribution.low + k * (distribution.step ?? 0), distribution.high);
}

/** The nearest value (internal form) that the distribution allows; out-of-range numbers are clamped. */
export function nearest(distribution: Distribution, internal: number): number {
  const last = distribution.type === "categorical" ? distribution.choices.length - 1 : distribution.high;
  const first = distribution.type === "categorical" ? 0 : distribution.low;
  const clamped = Math.min(Math.max(internal, first), last);
  if (distribution.type === "categorical") return Math.round(clamped);
  if (distribution.step === null) return clamped;
  return valueAt(distribution, Math.round((clamped - first) / distribution.step));
}

/** Whether `internal` is a value that the distribution can take. */
export function contains(distribution: Distribution, internal: number): boolean {
  if (distribution.type === "categorical") {
    return Number.isInteger(internal) && internal >= 0 && internal < distribution.choices.length;
  }
  if (!(internal >= distribution.low && internal <= distribution.high)) return false;
  if (distribution.step === null) return true;
  const k = (internal - distribution.low) / distribution.step;
  return Math.abs(k - Math.round(k)) < 1e-8;
}

/** External form of an internal value. */
export function toExternal(distribution: Distribution, internal: number): ParamValue {
  return distribution.type === "categorical" ? (distribution.choices[internal] as ParamValue) : internal;
}

/** Internal form of an external value; throws when the distribution does not allow it. */
export function toInternal(name: string, distribution: Distribution, external: unknown): number {
  if (distribution.type === "categorical") {
    const index = distribution.choices.findIndex((choice) => Object.is(choice, external));
    if (index >= 0) return index;
    throw new VernierError(
      "invalid-argument",
      `"${name}": expected one of ${distribution.choices.map(show).join(", ")}, got ${show(external)}`,
    );
  }
  if (typeof external === "number" && contains(distribution, external)) return external;
  const step = distribution.step === null || distribution.log ? "" : ` in steps of ${distribution.step}`;
  const kind = distribution.type === "int" ? "a whole number" : "a number";
  throw new VernierError(
    "invalid-argument",
    `"${name}": expected ${kind} from ${distribution.low} to ${distribution.high}${step}, got ${show(external)}`,
  );
}

/** Whether two distributions are the same, choices in the same order. */
export function sameDistribution(a: Distribution, b: Distribution): boolean {
  if (a.type === "categorical" || b.type === "categorical") {
    if (a.type !== "categorical" || b.type !== "categorical") return false;
    return a.choices.length === b.choices.length && a.choices.every((choice, i) => Object.is(choice, b.choices[i]));
  }
  return a.type === b.type && a.low === b.low && a.high === b.high && a.log === b.log && a.step === b.step;
}
