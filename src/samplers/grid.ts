import { type FlatSpace, flattenSpace, type Space } from "../core/space.ts";
import type { TrialRecord } from "../core/trial.ts";
import { type GridValues, gridPoints } from "./grid-points.ts";
import { foldHistory, memoOfSpace } from "./prefix-memo.ts";
import type { Sampler } from "./sampler.ts";

export type { GridValues } from "./grid-points.ts";

export interface GridOptions {
  /** Values to try, by flat parameter name, instead of all that the parameter can take: `{ C: [0.01, 0.1, 1, 10] }`. */
  readonly values?: GridValues;
}

/**
 * Tries every combination once: all values of choices and of stepped parameters (whole numbers step by 1
 * unless told otherwise), and the listed ones of the others. The first parameter changes slowest. Of a
 * conditional choice every branch has a grid of its own: their sizes add up.
 *
 * A trial gets the first point that no other trial took, finished (in whatever way), running or enqueued;
 * trials of lower number that are not known yet are taken to have had the points before it. So trial k of a
 * fresh study gets point k. When no point is left, nothing is suggested and the study ends.
 *
 * Throws (when the study is created) `invalid-space` for a continuous parameter without a list, and
 * `invalid-argument` for a list that does not fit its parameter.
 */
export function grid(options: GridOptions = {}): Sampler {
  const pointsOf = memoOfSpace((space) => {
    const points = gridPoints(space, options.values);
    return { points, takenBy: foldHistory(noneTaken, (taken, trial) => take(taken, points.indexOf(trial.internal))) };
  });
  return {
    name: "grid",
    check(space, directions) {
      pointsOf(space, directions);
    },
    suggest(_core, { space, directions, history, pending, key }) {
      const { points, takenBy } = pointsOf(space, directions);
      const taken = takenBy(history);
      const pendingPoints = new Set(pending.map((trial) => points.indexOf(trial.internal)));
      const earlier = (trials: readonly TrialRecord[]): number =>
        trials.reduce((count, trial) => count + Number(trial.number < key.trial), 0);
      let unknown = key.trial - earlier(history) - earlier(pending);
      for (let k = taken.firstFree; k < points.size; k++) {
        if (taken.points.has(k) || pendingPoints.has(k)) continue;
        if (unknown-- <= 0) return points.at(k);
      }
      return null;
    },
  };
}

/** How many points `grid({ values })` has on a space; beyond 2^53 rounded. Throws as `grid` does. */
export function gridSize(space: Space | FlatSpace, options: GridOptions = {}): number {
  const flat = Array.isArray(space) ? (space as FlatSpace) : flattenSpace(space as Space);
  return gridPoints(flat, options.values).size;
}

interface Taken {
  readonly points: Set<number>;
  /** Every point before it is taken. */
  firstFree: number;
}

const noneTaken = (): Taken => ({ points: new Set(), firstFree: 0 });

function take(taken: Taken, k: number): void {
  taken.points.add(k);
  while (taken.points.has(taken.firstFree)) taken.firstFree++;
}
