import { cardinality, contains, type ParamValue, toInternal } from "../core/distribution.ts";
import { show, VernierError } from "../core/errors.ts";
import type { RandomKey } from "../core/key.ts";
import { type FlatSpace, isActive } from "../core/space.ts";
import type { Suggestion } from "../samplers/sampler.ts";
import type { Core } from "../wasm/core.ts";
import { drawPrior } from "../wasm/draw.ts";
import { uniforms } from "../wasm/random.ts";
import type { DrawnParam } from "./runner.ts";

/** The parameters of one trial, by flat name. */
export interface CompleteParams {
  readonly drawn: Readonly<Record<string, DrawnParam>>;
  /** The internal values alone, frozen. */
  readonly internal: Readonly<Record<string, number>>;
}

/**
 * The parameters of one trial: what was fixed by hand, else what the sampler suggested. A parameter that
 * became active only because another was fixed, so that the sampler left it out, comes from its prior.
 * Throws when the sampler suggested a value that the space does not allow.
 */
export function completeSuggestion(
  core: Core,
  space: FlatSpace,
  suggestion: Suggestion,
  fixed: Readonly<Record<string, ParamValue>>,
  key: RandomKey,
): CompleteParams {
  const internal: Record<string, number> = {};
  const drawn: Record<string, DrawnParam> = {};
  for (const param of space) {
    if (!isActive(param, internal)) continue;
    const { name, distribution } = param;
    let value: number;
    if (Object.hasOwn(fixed, name)) value = toInternal(name, distribution, fixed[name]);
    else if (Object.hasOwn(suggestion, name)) value = suggestion[name] as number;
    else if (distribution.type !== "categorical" && cardinality(distribution) === 1) value = distribution.low;
    else {
      const [u] = uniforms(core, { ...key, purpose: `suggest/${name}` }, 1);
      value = drawPrior(core, distribution, u as number);
    }
    if (!contains(distribution, value)) {
      throw new VernierError(
        "invalid-argument",
        `"${name}": expected the sampler to suggest a value of its range, got ${show(value)}`,
      );
    }
    internal[name] = value;
    drawn[name] = { distribution, internal: value };
  }
  return { drawn, internal: Object.freeze(internal) };
}
