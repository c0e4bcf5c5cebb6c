import {
  cardinality,
  contains,
  type Distribution,
  nearest,
  type ParamValue,
  toInternal,
  valueAt,
} from "../core/distribution.ts";
import { show, VernierError } from "../core/errors.ts";
import type { FlatParam, FlatSpace } from "../core/space.ts";

/** External values to try, by flat parameter name; the order counts. */
export type GridValues = Readonly<Record<string, readonly ParamValue[]>>;

/** The points of a grid, numbered but never listed. */
export interface GridPoints {
  /** How many there are; beyond 2^53 rounded, possibly Infinity. */
  readonly size: number;
  /** Internal values of the k-th point, 0 <= k < size. */
  at(k: number): Record<string, number>;
  /** The number of the point with these internal values, or -1 when they are no point of the grid. */
  indexOf(internal: Readonly<Record<string, number>>): number;
}

// The parameters that are active together: a product, the first slowest.
interface Level {
  readonly axes: readonly Axis[];
  readonly size: number;
}

// One parameter with all that hangs on it: the sum over its values of what each value activates.
interface Axis {
  readonly name: string;
  readonly count: number;
  readonly valueAt: (i: number) => number;
  readonly positionOf: (internal: number) => number;
  /** What the i-th value activates; null: no value activates anything. */
  readonly levels: readonly (Level | null)[] | null;
  readonly size: number;
}

/**
 * The grid of a space: every value of choices and stepped parameters, or those listed in `values`.
 * Throws `invalid-space` for a continuous parameter without a list, and `invalid-argument` for a list that
 * names no parameter, is empty, repeats a value or has one that the parameter does not allow.
 */
export function gridPoints(space: FlatSpace, values: GridValues = {}): GridPoints {
  for (const name of Object.keys(values)) {
    if (!space.some((param) => param.name === name)) {
      const names = space.map((param) => show(param.name)).join(", ");
      throw new VernierError(
        "invalid-argument",
        `"values": expected names of parameters (${names}), got ${show(name)}`,
      );
    }
  }
  const children = new Map<string, FlatParam[]>();
  for (const param of space) {
    const key = param.when === null ? "" : activation(param.when.name, param.when.index);
    const siblings = children.get(key);
    if (siblings === undefined) children.set(key, [param]);
    else siblings.push(param);
  }
  const root = toLevel(children.get("") ?? [], children, values);
  return {
    size: root.size,
    at(k) {
      const found: Record<string, number> = {};
      decodeLevel(root, k, found);
      const internal: Record<string, number> = {};
      for (const { name } of space) if (found[name] !== undefined) internal[name] = found[name];
      return internal;
    },
    indexOf: (internal) => encodeLevel(root, internal),
  };
}

const activation = (name: string, index: number): string => `${index}:${name}`;

function toLevel(params: readonly FlatParam[], children: ReadonlyMap<string, FlatParam[]>, values: GridValues): Level {
  const axes = params.map((param) => toAxis(param, children, values));
  return { axes, size: axes.reduce((product, axis) => product * axis.size, 1) };
}

function toAxis(param: FlatParam, children: ReadonlyMap<string, FlatParam[]>, values: GridValues): Axis {
  const { name, distribution } = param;
  const line = values[name] === undefined ? everyValue(name, distribution) : listed(name, distribution, values[name]);
  if (distribution.type !== "categorical") return { name, ...line, levels: null, size: line.count };
  const levels = Array.from({ length: line.count }, (_, i) => {
    const active = children.get(activation(name, line.valueAt(i)));
    return active === undefined ? null : toLevel(active, children, values);
  });
  return { name, ...line, levels, size: levels.reduce((total, level) => total + sizeOf(level), 0) };
}

type Line = Pick<Axis, "count" | "valueAt" | "positionOf">;

function everyValue(name: string, distribution: Distribution): Line {
  const count = cardinality(distribution);
  if (count === Number.POSITIVE_INFINITY) {
    const { low, high } = distribution as { low: number; high: number };
    const expected = `expected a step, or a list in grid({ values: { ${show(name)}: [...] } })`;
    throw new VernierError("invalid-space", `"${name}": ${expected}, got every number from ${low} to ${high}`);
  }
  return {
    count,
    valueAt: (i) => valueAt(distribution, i),
    positionOf(internal) {
      if (!contains(distribution, internal)) return -1;
      if (distribution.type === "categorical") return internal;
      const step = distribution.step ?? 1;
      return Math.round((nearest(distribution, internal) - distribution.low) / step);
    },
  };
}

function listed(name: string, distribution: Distribution, list: readonly ParamValue[]): Line {
  if (!Array.isArray(list) || list.length === 0) {
    throw new VernierError("invalid-argument", `"values.${name}": expected a list of values, got ${show(list)}`);
  }
  const internals = list.map((value) => toInternal(name, distribution, value));
  const positions = new Map(internals.map((internal, i) => [internal, i]));
  if (positions.size < internals.length) {
    const repeated = list.find((_, i) => positions.get(internals[i] as number) !== i);
    throw new VernierError(
      "invalid-argument",
      `"values.${name}": expected different values, got ${show(repeated)} twice`,
    );
  }
  return {
    count: internals.length,
    valueAt: (i) => internals[i] as number,
    positionOf: (internal) => positions.get(internal) ?? -1,
  };
}

const sizeOf = (level: Level | null): number => (level === null ? 1 : level.size);

function decodeLevel(level: Level, k: number, internal: Record<string, number>): void {
  let rest = k;
  for (let j = level.axes.length - 1; j >= 0; j--) {
    const axis = level.axes[j] as Axis;
    decodeAxis(axis, rest % axis.size, internal);
    rest = Math.floor(rest / axis.size);
  }
}

function decodeAxis(axis: Axis, k: number, internal: Record<string, number>): void {
  if (axis.levels === null) {
    internal[axis.name] = axis.valueAt(k);
    return;
  }
  let rest = k;
  let i = 0;
  while (rest >= sizeOf(axis.levels[i] as Level | null)) rest -= sizeOf(axis.levels[i++] as Level | null);
  internal[axis.name] = axis.valueAt(i);
  const level = axis.levels[i] as Level | null;
  if (level !== null) decodeLevel(level, rest, internal);
}

function encodeLevel(level: Level, internal: Readonly<Record<string, number>>): number {
  let k = 0;
  for (const axis of level.axes) {
    const position = encodeAxis(axis, internal);
    if (position < 0) return -1;
    // Zero times an infinite size is zero here: the first points of a huge grid have exact numbers.
    k = (k === 0 ? 0 : k * axis.size) + position;
    // Points that no trial number reaches need no number.
    if (!(k <= Number.MAX_SAFE_INTEGER)) return -1;
  }
  return k;
}

function encodeAxis(axis: Axis, internal: Readonly<Record<string, number>>): number {
  const value = internal[axis.name];
  const position = value === undefined ? -1 : axis.positionOf(value);
  if (position < 0 || axis.levels === null) return position;
  let offset = 0;
  for (let i = 0; i < position; i++) offset += sizeOf(axis.levels[i] as Level | null);
  const level = axis.levels[position] as Level | null;
  const inner = level === null ? 0 : encodeLevel(level, internal);
  return inner < 0 ? -1 : offset + inner;
}
