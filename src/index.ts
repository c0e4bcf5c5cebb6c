// The public root: composition only.

export type {
  CategoricalDistribution,
  Distribution,
  FloatDistribution,
  IntDistribution,
  ParamValue,
} from "./core/distribution.ts";
export { VernierError, type VernierErrorCode } from "./core/errors.ts";
export type { Json } from "./core/json.ts";
export { choice, float, int, type Params, type Space } from "./core/space.ts";
export type { Direction, TrialFailure, TrialRecord, TrialState } from "./core/trial.ts";
export { version } from "./core/version.ts";
export { setDefaultCore } from "./wasm/default-core.ts";
