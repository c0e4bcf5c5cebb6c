import { show, VernierError } from "../core/errors.ts";
import { type FlatParam, isActive } from "../core/space.ts";
import { drawPrior } from "../wasm/draw.ts";
import { firstUniforms, purposeHashes } from "../wasm/random.ts";
import { memoOfSpace } from "./prefix-memo.ts";
import { checkRandomDistribution, drawRandom, type RandomDistribution } from "./random-distributions.ts";
import type { Sampler } from "./sampler.ts";

export interface RandomOptions {
  /** Other distributions than the parameter's own (uniform, or uniform in the logarithm), by flat name. */
  readonly distributions?: Readonly<Record<string, RandomDistribution>>;
}

/**
 * Draws every parameter on its own, with a key made of the study's seed, the trial's number and the
 * parameter's name: another parameter more or less changes no draw.
 *
 * Throws `invalid-space` (when the study is created) for a distribution that names no parameter or does not
 * suit its parameter.
 */
export function random(options: RandomOptions = {}): Sampler {
  const distributions = options.distributions ?? {};
  const purposesOf = memoOfSpace((space) => purposeHashes(space.map(({ name }) => `random/${name}`)));
  return {
    name: "random",
    check(space) {
      for (const [name, distribution] of Object.entries(distributions)) {
        const param = space.find((param) => param.name === name);
        if (param === undefined) {
          const names = space.map((param) => show(param.name)).join(", ");
          throw new VernierError(
            "invalid-space",
            `"distributions": expected names of parameters (${names}), got ${show(name)}`,
          );
        }
        checkRandomDistribution(name, param.distribution, distribution);
      }
    },
    suggest(core, { space, directions, key }) {
      const internal: Record<string, number> = {};
      const draws = firstUniforms(core, key, purposesOf(space, directions));
      for (let j = 0; j < space.length; j++) {
        const param = space[j] as FlatParam;
        if (!isActive(param, internal)) continue;
        const { name, distribution } = param;
        const u = draws[j] as number;
        const own = distributions[name];
        internal[name] =
          own === undefined ? drawPrior(core, distribution, u) : drawRandom(core, name, distribution, own, u);
      }
      return internal;
    },
  };
}
