import type { Distribution, FloatDistribution, IntDistribution, ParamValue } from "./distribution.ts";
import { show, VernierError } from "./errors.ts";

/** A real parameter; made by `float()`. */
export interface FloatParam {
  readonly kind: "float";
  readonly distribution: FloatDistribution;
}

/** A whole-number parameter; made by `int()`. */
export interface IntParam {
  readonly kind: "int";
  readonly distribution: IntDistribution;
}

/** One of a list of values, kept as they are; in records they appear by label. Made by `choice([...])`. */
export interface ChoiceParam<V> {
  readonly kind: "choice";
  readonly values: readonly V[];
  readonly labels: readonly ParamValue[];
}

/** One of several branches, each with a space of its own; made by `choice({ ... })`. */
export interface BranchParam<B extends Branches> {
  readonly kind: "branch";
  readonly branches: B;
}

export type Branches = { readonly [label: string]: Space };
export type SpaceNode = FloatParam | IntParam | ChoiceParam<unknown> | BranchParam<Branches> | ParamValue | Space;

/** A search space: parameters, constants, conditional branches and nested groups, by name. */
export interface Space {
  readonly [name: string]: SpaceNode;
}

type Simplify<T> = { -readonly [K in keyof T]: T[K] } & {};

type NodeValue<N> = N extends FloatParam | IntParam
  ? number
  : N extends ChoiceParam<infer V>
    ? V
    : N extends BranchParam<infer B>
      ? { [L in keyof B]: Simplify<{ kind: L } & (B[L] extends Space ? Params<B[L]> : never)> }[keyof B]
      : N extends ParamValue
        ? N
        : N extends Space
          ? Params<N>
          : never;

/** What the objective receives for a space `S`. */
export type Params<S> = Simplify<{ readonly [K in keyof S]: NodeValue<S[K]> }>;

export interface FloatOptions {
  /** Uniform in the logarithm; needs low > 0. */
  readonly log?: boolean;
  /** Only low + k step; must divide the range. */
  readonly step?: number;
}

export interface IntOptions {
  readonly log?: boolean;
  /** Only low + k step; must divide the range; default 1. */
  readonly step?: number;
}

/** A real number in [low, high]. Errors are thrown when the study is created, with the parameter's name. */
export function float(low: number, high: number, options: FloatOptions = {}): FloatParam {
  return {
    kind: "float",
    distribution: { type: "float", low, high, log: options.log ?? false, step: options.step ?? null },
  };
}

/** A whole number in [low, high], both included. */
export function int(low: number, high: number, options: IntOptions = {}): IntParam {
  return { kind: "int", distribution: { type: "int", low, high, log: options.log ?? false, step: options.step ?? 1 } };
}

/**
 * One of the values of a list, or one of several named branches with parameters of their own:
 * `choice(["relu", "tanh"])`, `choice({ svm: { C: float(1e-3, 1e3) }, forest: { trees: int(10, 500) } })`.
 * A branch reaches the objective as `{ kind: "svm", C }`. Values that are not strings, numbers, booleans
 * or null (functions, objects) are recorded by their name or JSON text, which must differ.
 */
export function choice<const V>(values: readonly V[]): ChoiceParam<V>;
export function choice<const B extends Branches>(branches: B): BranchParam<B>;
export function choice(options: readonly unknown[] | Branches): ChoiceParam<unknown> | BranchParam<Branches> {
  if (Array.isArray(options)) return { kind: "choice", values: options, labels: options.map(choiceLabel) };
  return { kind: "branch", branches: options as Branches };
}

function choiceLabel(value: unknown): ParamValue {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (typeof value === "function") return value.name;
  return JSON.stringify(value) ?? String(value);
}

/** One parameter of a flattened space. */
export interface FlatParam {
  /** Path joined by dots: `"model.svm.C"`. */
  readonly name: string;
  readonly distribution: Distribution;
  /** Active only when the branch parameter `name` has the choice `index`; null: always. */
  readonly when: { readonly name: string; readonly index: number } | null;
}

/** The parameters of a space, parents before children. Constants are choices of one value. */
export type FlatSpace = readonly FlatParam[];

/** Flattens and validates a space; throws `invalid-space` naming the parameter, what was expected and what came. */
export function flattenSpace(space: Space): FlatSpace {
  const flat: FlatParam[] = [];
  walk(space, "", null, flat);
  const seen = new Set<string>();
  for (const { name } of flat) {
    if (seen.has(name)) refuse(name, "expected every parameter name once", "a second parameter of this name");
    seen.add(name);
  }
  return flat.map(frozenParam);
}

// What is frozen can be told by its identity to be the same: memos need not look inside.
function frozenParam({ name, distribution, when }: FlatParam): FlatParam {
  const copy =
    distribution.type === "categorical"
      ? { ...distribution, choices: Object.freeze([...distribution.choices]) }
      : { ...distribution };
  return Object.freeze({ name, distribution: Object.freeze(copy), when });
}

function walk(space: Space, prefix: string, when: FlatParam["when"], flat: FlatParam[]): void {
  if (!isPlainObject(space)) refuse(prefix.slice(0, -1) || "space", "expected an object of parameters", show(space));
  for (const [key, node] of Object.entries(space)) {
    const name = prefix + key;
    if (key === "") refuse(name, "expected a non-empty parameter name", '""');
    if (isParamValue(node)) {
      expectFiniteLabel(name, node);
      flat.push({ name, distribution: { type: "categorical", choices: [node] }, when });
    } else if (!isPlainObject(node)) {
      refuse(name, "expected float(), int(), choice(), a constant or a nested space", show(node));
    } else if (isParam(node)) {
      pushParam(name, node, when, flat);
    } else {
      walk(node, `${name}.`, when, flat);
    }
  }
}

function pushParam(
  name: string,
  node: FloatParam | IntParam | ChoiceParam<unknown> | BranchParam<Branches>,
  when: FlatParam["when"],
  flat: FlatParam[],
): void {
  if (node.kind === "branch") {
    const labels = Object.keys(node.branches);
    flat.push({ name, distribution: checkDistribution(name, { type: "categorical", choices: labels }), when });
    labels.forEach((label, index) => {
      const branch = node.branches[label] as Space;
      if (isPlainObject(branch) && "kind" in branch && !isParam(branch)) {
        refuse(`${name}.${label}.kind`, 'expected another name than "kind", which holds the branch taken', '"kind"');
      }
      walk(branch, `${name}.${label}.`, { name, index }, flat);
    });
    return;
  }
  const distribution: Distribution =
    node.kind === "choice" ? { type: "categorical", choices: node.labels } : node.distribution;
  flat.push({ name, distribution: checkDistribution(name, distribution), when });
}

/** Validates one distribution; returns it, or throws `invalid-space`. */
export function checkDistribution<D extends Distribution>(name: string, distribution: D): D {
  if (distribution.type === "categorical") {
    const { choices } = distribution;
    if (choices.length === 0) refuse(name, "expected at least one choice", "none");
    choices.forEach((label, i) => {
      expectFiniteLabel(name, label);
      if (choices.findIndex((other) => Object.is(other, label)) !== i)
        refuse(name, "expected different choices", `${show(label)} twice`);
    });
    return distribution;
  }
  const { low, high, log, step } = distribution;
  const check = distribution.type === "int" ? Number.isSafeInteger : Number.isFinite;
  const kind = distribution.type === "int" ? "whole numbers" : "finite numbers";
  const range = `low=${show(low)}, high=${show(high)}`;
  if (!check(low) || !check(high)) refuse(name, `expected ${kind} as low and high`, range);
  if (distribution.type === "float" ? !(low < high) : !(low <= high)) {
    refuse(name, `expected low ${distribution.type === "float" ? "<" : "<="} high`, range);
  }
  if (!Number.isFinite(high - low)) refuse(name, "expected a range narrower than 1.8e308", range);
  if (log && low <= 0) refuse(name, "expected low > 0 with log", range);
  if (step !== null) {
    if (!(check(step) && step > 0)) refuse(name, "expected step > 0", `step=${show(step)}`);
    if (log && (distribution.type === "float" || step !== 1))
      refuse(name, "expected either log or step", `log=true, step=${step}`);
    const count = (high - low) / step;
    if (Math.abs(count - Math.round(count)) > 1e-8 * Math.max(1, count)) {
      refuse(name, "expected a step that divides high - low", `${range}, step=${step}`);
    }
  }
  return distribution;
}

/** Whether `param` is active, given the internal values of its parents. */
export function isActive(param: FlatParam, internal: Readonly<Record<string, number>>): boolean {
  return param.when === null || internal[param.when.name] === param.when.index;
}

/** The objective's nested parameters, from flat internal values. `space` must be the one they were drawn from. */
export function nestParams(
  space: Space,
  internal: Readonly<Record<string, number>>,
  prefix: string = "",
): Record<string, unknown> {
  const params: Record<string, unknown> = {};
  for (const key of Object.keys(space)) params[key] = nestNode(space[key] as SpaceNode, internal, prefix + key);
  return params;
}

function nestNode(node: SpaceNode, internal: Readonly<Record<string, number>>, name: string): unknown {
  if (isParamValue(node)) return node;
  if (!isParam(node)) return nestParams(node as Space, internal, `${name}.`);
  const value = internal[name] as number;
  if (node.kind === "choice") return node.values[value];
  if (node.kind !== "branch") return value;
  const label = Object.keys(node.branches)[value] as string;
  return { kind: label, ...nestParams(node.branches[label] as Space, internal, `${name}.${label}.`) };
}

function isParamValue(node: unknown): node is ParamValue {
  return node === null || typeof node === "string" || typeof node === "number" || typeof node === "boolean";
}

function isParam(node: object): node is FloatParam | IntParam | ChoiceParam<unknown> | BranchParam<Branches> {
  const kind = (node as { kind?: unknown }).kind;
  if (kind === "float" || kind === "int") return "distribution" in node;
  return (kind === "choice" && "labels" in node) || (kind === "branch" && "branches" in node);
}

function isPlainObject(value: unknown): value is Record<string, never> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function expectFiniteLabel(name: string, label: ParamValue): void {
  if (typeof label === "number" && !Number.isFinite(label))
    refuse(name, "expected finite numbers as choices", show(label));
}

function refuse(name: string, expected: string, got: string): never {
  throw new VernierError("invalid-space", `"${name}": ${expected}, got ${got}`);
}

/**
 * Flat external values from parameters given by hand: nested as the objective receives them, or by flat name
 * (`{ "model.svm.C": 1 }`), in whole or in part. Choices that are recorded by label may be given as either.
 * Throws `invalid-argument` for a name that is not in the space.
 */
export function flattenParams(space: Space, params: Readonly<Record<string, unknown>>): Record<string, ParamValue> {
  const flat: Record<string, ParamValue> = {};
  const names = new Map(flattenSpace(space).map((param) => [param.name, param]));
  for (const [key, value] of Object.entries(params)) {
    if (key.includes(".") && names.has(key)) flat[key] = value as ParamValue;
    else flattenNode(space[key], value, key, flat);
  }
  return flat;
}

function flattenNode(
  node: SpaceNode | undefined,
  value: unknown,
  name: string,
  flat: Record<string, ParamValue>,
): void {
  if (node === undefined) {
    throw new VernierError(
      "invalid-argument",
      `"${name}": expected the name of a parameter of the space, got "${name}"`,
    );
  }
  if (isParamValue(node)) {
    flat[name] = value as ParamValue;
  } else if (!isParam(node)) {
    flattenGroup(node as Space, value, `${name}.`, flat);
  } else if (node.kind === "choice") {
    const index = node.values.indexOf(value);
    flat[name] = index < 0 ? (value as ParamValue) : (node.labels[index] as ParamValue);
  } else if (node.kind === "branch" && isPlainObject(value)) {
    const { kind, ...rest } = value as Record<string, unknown>;
    const branch = node.branches[kind as string];
    flat[name] = kind as ParamValue;
    if (branch !== undefined) flattenGroup(branch, rest, `${name}.${kind}.`, flat);
  } else {
    flat[name] = value as ParamValue;
  }
}

function flattenGroup(space: Space, value: unknown, prefix: string, flat: Record<string, ParamValue>): void {
  if (!isPlainObject(value)) {
    throw new VernierError(
      "invalid-argument",
      `"${prefix.slice(0, -1)}": expected an object of parameters, got ${show(value)}`,
    );
  }
  for (const [key, inner] of Object.entries(value)) flattenNode(space[key], inner, prefix + key, flat);
}
