import { expectOneOf, show, VernierError } from "../core/errors.ts";
import { hyperband } from "./hyperband.ts";
import { median } from "./median.ts";
import { nonDominatedRank } from "./non-dominated-rank.ts";
import { nop } from "./nop.ts";
import { type PercentileOptions, percentile } from "./percentile.ts";
import type { Pruner } from "./pruner.ts";
import { successiveHalving } from "./successive-halving.ts";
import { threshold } from "./threshold.ts";
import { wilcoxon } from "./wilcoxon.ts";

const makers: Readonly<Record<string, (options: never) => Pruner>> = {
  hyperband,
  median,
  nonDominatedRank,
  nop,
  percentile: ({ percentile: percent, ...options }: PercentileOptions & { readonly percentile: number }) =>
    percentile(percent, options),
  successiveHalving,
  threshold,
  wilcoxon,
};

/** The names that `prunerNamed` knows: those of the pruners that stand for themselves. */
export const prunerNames: readonly string[] = Object.keys(makers);

/**
 * The pruner called `name` with options as plain data, from a command line or a request; what `percentile` takes first
 * is its option "percentile". Throws `invalid-argument` for an unknown name and, as the pruner's own maker, for options
 * that are not allowed.
 */
export function prunerNamed(name: string, options: Readonly<Record<string, unknown>> = {}): Pruner {
  const make = makers[expectOneOf("pruner", name, prunerNames)] as (options: object) => Pruner;
  if (typeof options === "object" && options !== null && !Array.isArray(options)) return make(options);
  throw new VernierError("invalid-argument", `"pruner": expected an object of options, got ${show(options)}`);
}
