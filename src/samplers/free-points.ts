import type { RandomKey } from "../core/key.ts";
import type { FlatSpace } from "../core/space.ts";
import type { TrialRecord } from "../core/trial.ts";
import type { Core } from "../wasm/core.ts";
import { uniform, uniforms } from "../wasm/random.ts";
import { type GridPoints, gridPoints } from "./grid-points.ts";
import { foldHistory } from "./prefix-memo.ts";

/** The points of a discrete space, and which of them no trial has taken, however it ended. */
export interface FreePoints {
  readonly points: GridPoints;
  isFree(k: number): boolean;
}

/** Which points trials leave free, those under way or waiting included; throws what `gridPoints` does. */
export function freePoints(
  space: FlatSpace,
): (history: readonly TrialRecord[], pending: readonly TrialRecord[]) => FreePoints {
  const points = gridPoints(space);
  const takenBy = foldHistory(
    () => new Set<number>(),
    (taken, trial) => taken.add(points.indexOf(trial.internal)),
  );
  return (history, pending) => {
    const taken = takenBy(history);
    const running = new Set(pending.map((trial) => points.indexOf(trial.internal)));
    return { points, isFree: (k) => !taken.has(k) && !running.has(k) };
  };
}

/** Up to here the free points are counted; beyond, points are drawn until one is free. */
const COUNTED = 65536;
const ATTEMPTS = 64;

// Numbers of points are exact up to 2^53 only.
const numbered = ({ size }: GridPoints): number => Math.min(size, Number.MAX_SAFE_INTEGER);

/** The number of a free point, each equally likely; -1 when there is none. */
export function drawFree(core: Core, { points, isFree }: FreePoints, key: RandomKey): number {
  const size = numbered(points);
  if (size > COUNTED) {
    for (const u of uniforms(core, key, ATTEMPTS)) {
      const k = Math.min(Math.floor(u * size), size - 1);
      if (isFree(k)) return k;
    }
    for (let k = 0; k < size; k++) if (isFree(k)) return k;
    return -1;
  }
  const free: number[] = [];
  for (let k = 0; k < size; k++) if (isFree(k)) free.push(k);
  return free.length === 0 ? -1 : (free[Math.floor(uniform(core, key) * free.length)] as number);
}

/** The number of the free point that is next to the k-th in the grid's order; -1 when there is none. */
export function nextFree({ points, isFree }: FreePoints, k: number): number {
  const size = numbered(points);
  for (let step = 1; k - step >= 0 || k + step < size; step++) {
    if (k + step < size && isFree(k + step)) return k + step;
    if (k - step >= 0 && isFree(k - step)) return k - step;
  }
  return -1;
}
