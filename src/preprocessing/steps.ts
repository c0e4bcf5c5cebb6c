import { show, VernierError } from "../core/errors.ts";
import type { Space } from "../core/space.ts";
import type { Classifier, EstimatorParams, Regressor, Spec } from "../models/estimator.ts";
import type { Transform } from "./transform.ts";

/** A step by itself, or with a name of its own. */
export type StepLike<T> = T | readonly [name: string, step: T];

export type AnyTransform = Transform<object>;
export type AnyEstimator = Classifier<object> | Regressor<object>;
/** What pipelines and the like are made of. */
export type Part = AnyTransform | AnyEstimator;

export interface Step<T = Part> {
  readonly name: string;
  readonly step: T;
}

export function isTransform(part: Part): part is AnyTransform {
  return part.task === "transform";
}

/**
 * Steps with a name each: that given, or that of the transform or estimator, with a number from 2 on where it has
 * come before. Throws `invalid-argument` for what is no step, a name that is given twice, empty or with a dot.
 */
export function namedSteps(of: string, given: readonly StepLike<Part>[]): Step[] {
  if (!Array.isArray(given) || given.length === 0) refuse(of, "expected a list of at least one step", show(given));
  const names = new Set<string>();
  for (const item of given) if (Array.isArray(item)) claim(of, names, (item as [unknown])[0]);
  return given.map((item, k) => {
    const [own, step] = (Array.isArray(item) ? item : [null, item]) as unknown as readonly [string | null, Part];
    if (typeof step?.fit !== "function") refuse(`${of}[${k}]`, "expected a transform or an estimator", show(step));
    if (own !== null) return { name: own, step };
    let name = step.name;
    for (let count = 2; names.has(name); count++) name = `${step.name}${count}`;
    names.add(name);
    return { name, step };
  });
}

/** The settings of the steps, by the step's name, a dot and the setting's. */
export function joinedParams(steps: readonly Step[]): Record<string, EstimatorParams[string]> {
  const joined: Record<string, EstimatorParams[string]> = {};
  for (const { name, step } of steps) {
    for (const [key, value] of Object.entries(step.params as EstimatorParams)) joined[`${name}.${key}`] = value;
  }
  return joined;
}

/** The usual spaces of the steps, by the step's name, those that have one. */
export function joinedSpace(steps: readonly Step[]): Space {
  const spaces = steps.map(({ name, step }) => [name, step.space?.() ?? {}] as const);
  return Object.fromEntries(spaces.filter(([, space]) => Object.keys(space).length > 0));
}

/** What `splitChanges` finds: new settings by step, and what was said of a step itself. */
export interface Changes {
  readonly inner: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly own: ReadonlyMap<string, unknown>;
}

/**
 * New settings divided by step: `{ "svc.C": 1 }` and `{ svc: { C: 1 } }` mean the same. Throws `invalid-argument`
 * for a name that is no step's.
 */
export function splitChanges(of: string, steps: readonly Step[], changes: Readonly<Record<string, unknown>>): Changes {
  const inner = new Map<string, Record<string, unknown>>();
  const own = new Map<string, unknown>();
  for (const [key, value] of Object.entries(changes)) {
    const [name = "", ...rest] = key.split(".");
    if (!steps.some((step) => step.name === name)) {
      refuse(`${of} parameter`, `expected a step (${steps.map((step) => show(step.name)).join(", ")})`, show(key));
    }
    const settings = inner.get(name) ?? {};
    inner.set(name, settings);
    if (rest.length > 0) settings[rest.join(".")] = value;
    else if (typeof value === "object" && value !== null && !Array.isArray(value)) Object.assign(settings, value);
    else if (value !== undefined) own.set(name, value);
  }
  return { inner, own };
}

/** Plain data that a part can be made anew from, so far as it can. */
export function specOf(part: Part): Spec {
  return part.spec?.() ?? { name: part.name, params: part.params as EstimatorParams };
}

function claim(of: string, names: Set<string>, name: unknown): void {
  if (typeof name !== "string" || name === "" || name.includes(".")) {
    refuse(of, "expected names of steps without dots", show(name));
  }
  if (names.has(name)) refuse(of, "expected different names of steps", `${show(name)} twice`);
  names.add(name);
}

function refuse(name: string, expected: string, got: string): never {
  throw new VernierError("invalid-argument", `"${name}": ${expected}, got ${got}`);
}
