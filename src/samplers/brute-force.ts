import { expectOneOf } from "../core/errors.ts";
import type { RandomKey } from "../core/key.ts";
import type { Core } from "../wasm/core.ts";
import { uniform, uniforms } from "../wasm/random.ts";
import { grid } from "./grid.ts";
import { type GridPoints, gridPoints } from "./grid-points.ts";
import { foldHistory, memoOfSpace } from "./prefix-memo.ts";
import type { Sampler } from "./sampler.ts";

export interface BruteForceOptions {
  /** `"random"` (the default): keyed by the study's seed; `"tree"`: that of `grid`, the first parameter slowest. */
  readonly order?: "random" | "tree";
}

/** Up to here the free points are counted; beyond, points are drawn until one is free. */
const COUNTED = 65536;
const ATTEMPTS = 64;

/**
 * Tries every combination of a discrete space once, in random order, then suggests nothing: the study ends. Of a
 * conditional choice every branch has its own combinations. A trial takes one, however it ends; those finished,
 * running or enqueued are not tried again. Beyond 2^53 combinations one could come twice, were there time enough.
 *
 * Throws `invalid-argument` for an unknown order and, when the study is created, `invalid-space` for a continuous
 * parameter.
 */
export function bruteForce(options: BruteForceOptions = {}): Sampler {
  const order = expectOneOf("order", options.order ?? "random", ["random", "tree"] as const);
  if (order === "tree") return { ...grid(), name: "bruteForce" };
  const pointsOf = memoOfSpace((space) => {
    const points = gridPoints(space);
    const takenBy = foldHistory(
      () => new Set<number>(),
      (taken, trial) => taken.add(points.indexOf(trial.internal)),
    );
    return { points, takenBy };
  });
  return {
    name: "bruteForce",
    check(space, directions) {
      pointsOf(space, directions);
    },
    suggest(core, { space, directions, history, pending, key }) {
      const { points, takenBy } = pointsOf(space, directions);
      const taken = takenBy(history);
      const running = new Set(pending.map((trial) => points.indexOf(trial.internal)));
      const isFree = (k: number): boolean => !taken.has(k) && !running.has(k);
      const k = drawFree(core, points, isFree, { ...key, purpose: "bruteForce" });
      return k < 0 ? null : points.at(k);
    },
  };
}

/** The number of a free point, each equally likely; -1 when there is none. */
function drawFree(core: Core, { size }: GridPoints, isFree: (k: number) => boolean, key: RandomKey): number {
  if (size > COUNTED) {
    // Numbers of points are exact up to 2^53 only.
    const range = Math.min(size, Number.MAX_SAFE_INTEGER);
    for (const u of uniforms(core, key, ATTEMPTS)) {
      const k = Math.min(Math.floor(u * range), range - 1);
      if (isFree(k)) return k;
    }
    for (let k = 0; k < range; k++) if (isFree(k)) return k;
    return -1;
  }
  const free: number[] = [];
  for (let k = 0; k < size; k++) if (isFree(k)) free.push(k);
  return free.length === 0 ? -1 : (free[Math.floor(uniform(core, key) * free.length)] as number);
}
