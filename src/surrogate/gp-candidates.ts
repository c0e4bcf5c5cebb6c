import type { RandomKey } from "../core/key.ts";
import type { SurrogateCore } from "../wasm/core.ts";
import type { GpParameter } from "../wasm/gp.ts";
import { normals, uniforms } from "../wasm/random.ts";
import { sobol } from "../wasm/sobol.ts";
import type { UnitSpace } from "./unit-space.ts";

/** Bounds [2, d] of the numbers' coordinates. */
export type Box = Float64Array;

export function wholeBox(d: number): Box {
  return new Float64Array(2 * d).fill(1, d);
}

/** The box of edges `length` around a point; whole where the point's parameter is not active. */
export function boxAround(point: Float64Array, length: number): Box {
  const d = point.length;
  const box = wholeBox(d);
  point.forEach((u, j) => {
    if (Number.isNaN(u)) return;
    box[j] = Math.max(0, u - length / 2);
    box[d + j] = Math.min(1, u + length / 2);
  });
  return box;
}

/** Sobol points [count, d] of the space within a box. */
export function globalCandidates(
  core: SurrogateCore,
  unit: UnitSpace,
  box: Box,
  count: number,
  key: RandomKey,
): Float64Array {
  const d = unit.parameters.length;
  const u = sobol(core, { dimensions: d, count, start: 0, scramble: { ...key, purpose: `${key.purpose}/global` } });
  for (let i = 0; i < count; i++) {
    const point = u.subarray(i * d, (i + 1) * d);
    unit.parameters.forEach((parameter, j) => {
      const [low, high] = parameter.type === "category" ? [0, 1] : [box[j] as number, box[d + j] as number];
      point[j] = unit.isActive(point, j) ? valueAt(parameter, low + (point[j] as number) * (high - low)) : Number.NaN;
    });
  }
  return u;
}

/** Standard deviations of the steps from a center, in turn. */
const WIDTHS = [0.2, 0.05, 0.01] as const;

/** How many coordinates of a center change on average, at most. */
const CHANGED = 3;

/**
 * Points [count, d] near the given centers, which take turns: one coordinate at least changes, a number by a normal
 * step, a choice to any other. What a new branch activates is drawn afresh.
 */
export function localCandidates(
  core: SurrogateCore,
  unit: UnitSpace,
  box: Box,
  centers: readonly Float64Array[],
  count: number,
  key: RandomKey,
): Float64Array {
  const d = unit.parameters.length;
  const points = new Float64Array(count * d);
  const steps = normals(core, { ...key, purpose: `${key.purpose}/steps` }, count * d);
  const u = uniforms(core, { ...key, purpose: `${key.purpose}/local` }, count * (2 * d + 1));
  const share = Math.min(1, CHANGED / d);
  for (let i = 0; i < count; i++) {
    const center = centers[i % centers.length] as Float64Array;
    const point = points.subarray(i * d, (i + 1) * d);
    const own = u.subarray(i * (2 * d + 1), (i + 1) * (2 * d + 1));
    const always = Math.floor((own[2 * d] as number) * d);
    const width = WIDTHS[Math.floor(i / centers.length) % WIDTHS.length] as number;
    unit.parameters.forEach((parameter, j) => {
      const before = center[j] as number;
      const fresh = own[d + j] as number;
      if (!unit.isActive(point, j)) point[j] = Number.NaN;
      else if (Number.isNaN(before)) point[j] = valueAt(parameter, fresh);
      else if (j !== always && (own[j] as number) >= share) point[j] = before;
      else if (parameter.type === "category") point[j] = valueAt(parameter, fresh);
      else {
        const moved = before + width * (steps[i * d + j] as number);
        point[j] = valueAt(parameter, Math.min(Math.max(moved, box[j] as number), box[d + j] as number));
      }
    });
  }
  return points;
}

/** The coordinate that a uniform u in [0, 1] picks. */
function valueAt({ type, count, levels }: GpParameter, u: number): number {
  if (type === "real") return u;
  const k = Math.min(Math.floor(u * count), count - 1);
  return type === "category" ? k : (levels[k] as number);
}
