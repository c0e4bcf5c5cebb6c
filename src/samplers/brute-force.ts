import { expectOneOf } from "../core/errors.ts";
import { drawFree, freePoints } from "./free-points.ts";
import { grid } from "./grid.ts";
import { memoOfSpace } from "./prefix-memo.ts";
import type { Sampler } from "./sampler.ts";

export interface BruteForceOptions {
  /** `"random"` (the default): keyed by the study's seed; `"tree"`: that of `grid`, the first parameter slowest. */
  readonly order?: "random" | "tree";
}

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
  const freeOf = memoOfSpace(freePoints);
  return {
    name: "bruteForce",
    check(space, directions) {
      freeOf(space, directions);
    },
    suggest(core, { space, directions, history, pending, key }) {
      const free = freeOf(space, directions)(history, pending);
      const k = drawFree(core, free, { ...key, purpose: "bruteForce" });
      return k < 0 ? null : free.points.at(k);
    },
  };
}
