import { cardinality, valueAt } from "../core/distribution.ts";
import { type FlatParam, type FlatSpace, isActive } from "../core/space.ts";
import type { Core } from "../wasm/core.ts";
import { drawPrior } from "../wasm/draw.ts";
import { uniform, uniforms } from "../wasm/random.ts";
import { tpeSuggest } from "../wasm/tpe.ts";
import { foldHistory, memoOfSpace } from "./prefix-memo.ts";
import type { Sampler, SamplerInput } from "./sampler.ts";
import { type TpeHistory, tpeHistory } from "./tpe-history.ts";
import { type TpeOptions, type TpeSettings, tpeSettings } from "./tpe-options.ts";
import { observe, splitTrials } from "./tpe-split.ts";
import { equalWeights } from "./tpe-weights.ts";

export type { TpeOptions } from "./tpe-options.ts";

/**
 * The tree-structured Parzen estimator: a density of the best trials' parameters and one of the others',
 * and of some candidates from the first the one whose ratio of the two is largest.
 * Source: Bergstra et al., "Algorithms for hyper-parameter optimization" (NeurIPS 2011), in the form and
 * with the defaults of Optuna 5; the multivariate form is that of Falkner et al., "BOHB" (ICML 2018).
 *
 * Complete trials count by their value and pruned ones after them, those that got further first, and last those
 * that violate constraints, by the sum of the violations; failed ones do not count. With several objectives the
 * good trials are whole non-dominated fronts and, of the one that does not fit, those that dominate most.
 * Throws `invalid-argument` for options out of range.
 */
export function tpe(options: TpeOptions = {}): Sampler {
  const settings = tpeSettings(options);
  const historyOf = memoOfSpace((space, directions) => {
    const { create, add } = tpeHistory(space, directions);
    return foldHistory(create, add);
  });
  return {
    name: "tpe",
    suggest(core, input) {
      const history = historyOf(input.space, input.directions)(input.history);
      if (history.numbers.length < settings.nStartupTrials) return drawStartup(core, input);
      return drawModel(core, input, settings, history);
    },
  };
}

function drawStartup(core: Core, { space, key }: SamplerInput): Record<string, number> {
  const internal: Record<string, number> = {};
  for (const param of space) {
    if (!isActive(param, internal)) continue;
    const u = uniform(core, { ...key, purpose: `tpe/${param.name}` });
    internal[param.name] = drawPrior(core, param.distribution, u);
  }
  return internal;
}

function drawModel(
  core: Core,
  input: SamplerInput,
  settings: TpeSettings,
  history: TpeHistory,
): Record<string, number> {
  const { space, key } = input;
  const split = splitTrials(input, settings, history);
  const blocks = blocksOf(space, settings, history);
  // With several objectives all good trials count alike, as in Optuna.
  const goodWeights = input.directions.length > 1 ? equalWeights : settings.weights;
  const drawn = new Map<string, number>();
  const internal: Record<string, number> = {};
  space.forEach((param, j) => {
    const { name, distribution } = param;
    if (!isActive(param, internal)) return;
    if (cardinality(distribution) === 1) {
      internal[name] = valueAt(distribution, 0);
      return;
    }
    // The first active parameter of a block has the whole block drawn.
    if (!drawn.has(name)) {
      const block = blocks[j] as readonly number[];
      const params = block.map((i) => space[i] as FlatParam);
      const best = tpeSuggest(core, {
        distributions: params.map((param) => param.distribution),
        good: observe(space, block, split.good, split.underWay, history, goodWeights),
        other: observe(space, block, split.other, split.underWay, history, settings.weights),
        settings: {
          priorWeight: settings.priorWeight,
          magicClip: settings.considerMagicClip,
          endpoints: settings.considerEndpoints,
        },
        uniforms: uniforms(core, { ...key, purpose: `tpe/${name}` }, settings.nEiCandidates * (1 + block.length)),
      });
      params.forEach((param, i) => drawn.set(param.name, best[i] as number));
    }
    internal[name] = drawn.get(name) as number;
  });
  return internal;
}

/** For each parameter the parameters that are drawn together with it; those of a single value stand apart. */
function blocksOf(space: FlatSpace, settings: TpeSettings, history: TpeHistory): readonly (readonly number[])[] {
  const blocks = new Map<number, number[]>();
  return space.map(({ distribution }, j) => {
    const together = settings.group ? (history.groups[j] as number) : history.common[j] ? 0 : -1;
    if (!settings.multivariate || together < 0 || cardinality(distribution) === 1) return [j];
    const block = blocks.get(together) ?? [];
    block.push(j);
    blocks.set(together, block);
    return block;
  });
}
