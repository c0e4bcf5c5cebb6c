import { cardinality, type Distribution, valueAt } from "../core/distribution.ts";
import { type FlatParam, type FlatSpace, isActive } from "../core/space.ts";
import type { SurrogateCore } from "../wasm/core.ts";
import { drawPrior } from "../wasm/draw.ts";
import type { GpParameter } from "../wasm/gp.ts";
import { log } from "../wasm/math.ts";

/**
 * A search space in unit coordinates: of a real parameter the share u in [0, 1] of its range (of its logarithm's
 * range), of the k-th of a stepped one's values the middle of the k-th of equal cells, of a choice its index. Those are
 * the u that `drawPrior` turns back into values. Parameters of a single value have no coordinate.
 */
export interface UnitSpace {
  /** The d parameters with a coordinate, parents before children. */
  readonly parameters: readonly GpParameter[];
  /** Whether parameter j of the point is active, judged by its parents' coordinates. */
  isActive(point: Float64Array, j: number): boolean;
  /**
   * The coordinates [d] of internal values by name, NaN where a parameter is not active; null when an active one has
   * no value (NaN).
   */
  toUnit(valueOf: (name: string) => number): Float64Array | null;
  /** Internal values by name, each allowed, those of parameters without a coordinate included. */
  fromUnit(point: Float64Array): Record<string, number>;
}

/** Longer grids are searched as if they were real, and what is found is rounded. */
const LONGEST_GRID = 256;

const BELOW_ONE = 1 - Number.EPSILON / 2;

export function unitSpace(core: SurrogateCore, space: FlatSpace): UnitSpace {
  const free = space.filter(({ distribution }) => cardinality(distribution) > 1);
  const positions = new Map(free.map(({ name }, j) => [name, j]));
  const scales = free.map(({ distribution }) => scaleOf(core, distribution));
  const conditionOf = conditions(space, positions);
  const parameters = free.map((param, j) => {
    const condition = conditionOf(param);
    const parent = condition === null ? -1 : (positions.get(condition.name) as number);
    return { ...domainOf(param.distribution, scales[j] as Scale), parent, parentValue: condition?.index ?? 0 };
  });
  const isActiveAt = (point: Float64Array, j: number): boolean => {
    const { parent, parentValue } = parameters[j] as GpParameter;
    return parent < 0 || point[parent] === parentValue;
  };
  return {
    parameters,
    isActive: isActiveAt,
    toUnit(valueOf) {
      const point = new Float64Array(free.length).fill(Number.NaN);
      for (let j = 0; j < free.length; j++) {
        if (!isActiveAt(point, j)) continue;
        const value = valueOf((free[j] as FlatParam).name);
        if (Number.isNaN(value)) return null;
        point[j] = (scales[j] as Scale)(value);
      }
      return point;
    },
    fromUnit(point) {
      const internal: Record<string, number> = {};
      for (const param of space) {
        if (!isActive(param, internal)) continue;
        const { name, distribution } = param;
        const j = positions.get(name);
        const u = j === undefined ? 0 : (point[j] as number);
        const index = distribution.type === "categorical";
        internal[name] = index ? u : drawPrior(core, distribution, Math.min(u, BELOW_ONE));
      }
      return internal;
    },
  };
}

type Condition = FlatParam["when"];

/** When a parameter is active. A parent of a single value decides nothing: what counts is when that one is active. */
function conditions(space: FlatSpace, positions: ReadonlyMap<string, number>): (param: FlatParam) => Condition {
  const whenOf = new Map(space.map(({ name, when }) => [name, when]));
  return ({ when }) => {
    let condition: Condition = when;
    while (condition !== null && !positions.has(condition.name)) condition = whenOf.get(condition.name) ?? null;
    return condition;
  };
}

function domainOf(distribution: Distribution, scale: Scale): Pick<GpParameter, "type" | "count" | "levels"> {
  const count = cardinality(distribution);
  if (distribution.type === "categorical") return { type: "category", count, levels: [] };
  if (count > LONGEST_GRID) return { type: "real", count: 0, levels: [] };
  return { type: "grid", count, levels: Array.from({ length: count }, (_, k) => scale(valueAt(distribution, k))) };
}

/** From an internal value to its coordinate. */
type Scale = (value: number) => number;

function scaleOf(core: SurrogateCore, distribution: Distribution): Scale {
  if (distribution.type === "categorical") return (value) => value;
  const { low, high } = distribution;
  if (distribution.log) {
    const margin = distribution.type === "int" ? 0.5 : 0;
    const bottom = log(core, low - margin);
    const range = log(core, high + margin) - bottom;
    return (value) => clampUnit((log(core, value) - bottom) / range);
  }
  if (distribution.step !== null) {
    const { step } = distribution;
    const count = cardinality(distribution);
    return (value) => clampUnit((Math.round((value - low) / step) + 0.5) / count);
  }
  // Halves, as the range may be wider than the largest number.
  return (value) => clampUnit((value / 2 - low / 2) / (high / 2 - low / 2));
}

const clampUnit = (u: number): number => Math.min(Math.max(u, 0), 1);
