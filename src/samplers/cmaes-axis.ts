import { cardinality, type Distribution, nearest } from "../core/distribution.ts";
import type { Core } from "../wasm/core.ts";
import { drawPrior } from "../wasm/draw.ts";
import { log } from "../wasm/math.ts";

/** A numeric parameter with more than one value, as a coordinate in [0, 1] along which its prior is uniform. */
export interface Axis {
  readonly name: string;
  readonly distribution: Exclude<Distribution, { readonly type: "categorical" }>;
  readonly discrete: boolean;
}

export function axisOf(name: string, distribution: Distribution): Axis | null {
  if (distribution.type === "categorical" || cardinality(distribution) === 1) return null;
  return { name, distribution, discrete: distribution.step !== null };
}

/** The value at coordinate u, which may lie outside [0, 1]: the ends' values go on. */
export function valueOn(core: Core, { distribution }: Axis, u: number): number {
  return drawPrior(core, distribution, Math.min(Math.max(u, 0), BELOW_ONE));
}

const BELOW_ONE = 1 - 1.1102230246251565e-16;

/** The coordinate of a value of a continuous parameter. */
export function coordinateOf(core: Core, { distribution: { low, high, log: isLog } }: Axis, value: number): number {
  if (!isLog) return (value - low) / (high - low);
  const bottom = log(core, low);
  return (log(core, value) - bottom) / (log(core, high) - bottom);
}

/** The coordinates [low, high] between which a discrete parameter takes this value, were the outermost not endless. */
export function cellOf(core: Core, { distribution }: Axis, value: number): readonly [low: number, high: number] {
  const { low, high } = distribution;
  if (distribution.log) {
    const bottom = log(core, low - 0.5);
    const width = log(core, high + 0.5) - bottom;
    const at = nearest(distribution, value);
    return [(log(core, at - 0.5) - bottom) / width, (log(core, at + 0.5) - bottom) / width];
  }
  const count = cardinality(distribution);
  const k = Math.round((value - low) / (distribution.step as number));
  return [k / count, (k + 1) / count];
}

/** Whether the value is the first or the last that the parameter can take. */
export const isFirst = ({ distribution }: Axis, value: number): boolean => value <= distribution.low;
export const isLast = ({ distribution }: Axis, value: number): boolean =>
  value >= nearest(distribution, distribution.high);
