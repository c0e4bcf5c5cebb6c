// vernier/surrogate: composition only.
import { gpSuggest } from "./samplers/gp-suggest.ts";
import { gpPart } from "./samplers/gp.ts";
import { regretPart } from "./stopping/regret-bound.ts";
import { regretRule } from "./stopping/regret-rule.ts";

/**
 * Hands the samplers `gp` and `auto` and the rule `regretBound` the code that they else load by `import()` when they need
 * it: for service workers, which refuse that, for who calls a sampler without a study, and for bundles of one file.
 */
export function provideSurrogate(): void {
  gpPart.provide(gpSuggest);
  regretPart.provide(regretRule);
}

export { setDefaultSurrogate } from "./wasm/default-surrogate.ts";
