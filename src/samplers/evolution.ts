import { cardinality, contains, type Distribution, nearest, valueAt } from "../core/distribution.ts";
import { expectInteger } from "../core/errors.ts";
import type { RandomKey } from "../core/key.ts";
import { expectOneObjective } from "../core/one-objective.ts";
import { isActive } from "../core/space.ts";
import { loss, type TrialRecord } from "../core/trial.ts";
import type { Core } from "../wasm/core.ts";
import { drawPrior } from "../wasm/draw.ts";
import { exp, log } from "../wasm/math.ts";
import { integers, permutation, uniform, uniforms } from "../wasm/random.ts";
import type { Sampler } from "./sampler.ts";

export interface EvolutionOptions {
  /** How many of the last complete trials may become parents; 50 unless told otherwise. */
  readonly population?: number;
  /** How many of them compete to become the parent; 10 unless told otherwise. */
  readonly tournament?: number;
}

/**
 * Regularised (ageing) evolution: of the last complete trials some are drawn, the best of them is the parent, and one
 * of its active parameters is changed. A choice becomes another, a number moves a tenth of the way to a fresh draw
 * or, half of the time, all the way. Parameters that a new branch activates are drawn afresh. Until the population
 * is full every trial is drawn from the prior. Failed and pruned trials and values that are not numbers never count.
 * Source: Real et al., "Regularized evolution for image classifier architecture search" (AAAI 2019).
 *
 * Throws `invalid-argument` for options out of range (1 <= tournament <= population) and, when the study is created,
 * `unsupported` for more than one objective.
 */
export function evolution(options: EvolutionOptions = {}): Sampler {
  const population = expectInteger("population", options.population ?? 50, 1, 0x7fffffff);
  const tournament = expectInteger("tournament", options.tournament ?? Math.min(10, population), 1, population);
  return {
    name: "evolution",
    check: (_space, directions) => expectOneObjective("evolution", directions),
    suggest(core, { space, directions, history, key }) {
      const alive: { readonly trial: TrialRecord; readonly loss: number }[] = [];
      for (let i = history.length - 1; i >= 0 && alive.length < population; i--) {
        const trial = history[i] as TrialRecord;
        const value = loss(trial, directions);
        if (value !== null && !Number.isNaN(value)) alive.push({ trial, loss: value });
      }
      const own = (purpose: string): RandomKey => ({ ...key, purpose: `evolution/${purpose}` });
      let parent: Readonly<Record<string, number>> = {};
      let mutated: string | null = null;
      if (alive.length === population) {
        const drawn = permutation(core, own(""), population).slice(0, tournament);
        // Ties go to the youngest.
        const best = drawn.sort((a, b) => a - b).reduce((a, b) => (lossAt(alive, b) < lossAt(alive, a) ? b : a));
        parent = (alive[best] as { trial: TrialRecord }).trial.internal;
        const free = space.filter(
          (param) => isActive(param, parent) && param.name in parent && cardinality(param.distribution) > 1,
        );
        if (free.length > 0) mutated = free[integers(core, own("which"), 1, free.length)[0] as number]?.name ?? null;
      }
      const internal: Record<string, number> = {};
      for (const param of space) {
        if (!isActive(param, internal)) continue;
        const { name, distribution } = param;
        const before = parent[name];
        // Trials of another space may hold values that this one does not allow.
        const kept = before !== undefined && contains(distribution, before) ? nearest(distribution, before) : null;
        if (kept === null) internal[name] = drawPrior(core, distribution, uniform(core, own(`param/${name}`)));
        else internal[name] = name === mutated ? mutate(core, distribution, kept, own(`param/${name}`)) : kept;
      }
      return internal;
    },
  };
}

const lossAt = (alive: readonly { readonly loss: number }[], i: number): number => alive[i]?.loss ?? 0;

/** Another value of the distribution than `value`, of which it has more than one. */
function mutate(core: Core, distribution: Distribution, value: number, key: RandomKey): number {
  const [u, far] = uniforms(core, key, 2) as unknown as [number, number];
  if (distribution.type === "categorical") {
    const other = Math.floor(u * (distribution.choices.length - 1));
    return other < value ? other : other + 1;
  }
  const drawn = drawPrior(core, distribution, u);
  const near = far < 0.5 ? nearest(distribution, towards(core, value, drawn, distribution.log)) : drawn;
  if (near !== value) return near;
  if (drawn !== value) return drawn;
  const first = valueAt(distribution, 0);
  if (distribution.step === null) return value === first ? distribution.high : first;
  const step = value === first ? distribution.step : -distribution.step;
  return nearest(distribution, value + step);
}

/** A tenth of the way from `from` to `to`, as a ratio where the scale is logarithmic. */
function towards(core: Core, from: number, to: number, isLog: boolean): number {
  if (!isLog) return 0.9 * from + 0.1 * to;
  return exp(core, 0.9 * log(core, from) + 0.1 * log(core, to));
}
