// The public root: composition only.

export type {
  CategoricalDistribution,
  Distribution,
  FloatDistribution,
  IntDistribution,
  ParamValue,
} from "./core/distribution.ts";
export { VernierError, type VernierErrorCode } from "./core/errors.ts";
export { hypervolume, type HypervolumeOptions } from "./core/hypervolume.ts";
export type { Json } from "./core/json.ts";
export type { RandomKey } from "./core/key.ts";
export type { JournalRecord } from "./core/record.ts";
export {
  choice,
  type FlatParam,
  type FlatSpace,
  float,
  type FloatOptions,
  int,
  type IntOptions,
  type Params,
  type Space,
} from "./core/space.ts";
export type { Direction, TrialFailure, TrialRecord, TrialState } from "./core/trial.ts";
export { version } from "./core/version.ts";
export { createStudy, type CreateStudyOptions } from "./create-study.ts";
export { indexedDbCheckpoints } from "./platform/indexed-db-checkpoints.ts";
export { hyperband, type HyperbandOptions } from "./pruners/hyperband.ts";
export { median } from "./pruners/median.ts";
export { nop } from "./pruners/nop.ts";
export { nonDominatedRank, type NonDominatedRankOptions } from "./pruners/non-dominated-rank.ts";
export { patient, type PatientOptions } from "./pruners/patient.ts";
export { percentile, type PercentileOptions } from "./pruners/percentile.ts";
export type { Pruner, PrunerInput } from "./pruners/pruner.ts";
export { successiveHalving, type SuccessiveHalvingOptions } from "./pruners/successive-halving.ts";
export { threshold, type ThresholdOptions } from "./pruners/threshold.ts";
export { wilcoxon, type WilcoxonOptions } from "./pruners/wilcoxon.ts";
export { auto } from "./samplers/auto.ts";
export { type AshaOptions, asha, type RungOptions, rungParams } from "./samplers/asha.ts";
export { type BruteForceOptions, bruteForce } from "./samplers/brute-force.ts";
export { type CmaesOptions, cmaes } from "./samplers/cmaes.ts";
export { type EvolutionOptions, evolution } from "./samplers/evolution.ts";
export { type GpOptions, gp } from "./samplers/gp.ts";
export { type GridOptions, type GridValues, grid, gridSize } from "./samplers/grid.ts";
export type { CrossoverOptions } from "./samplers/crossover.ts";
export { type Nsga2Options, nsga2 } from "./samplers/nsga2.ts";
export { type Nsga3Options, nsga3 } from "./samplers/nsga3.ts";
export { partialFixed } from "./samplers/partial-fixed.ts";
export { type QmcOptions, qmc } from "./samplers/qmc.ts";
export { highestRung } from "./samplers/highest-rung.ts";
export { withoutRepeats } from "./samplers/without-repeats.ts";
export { type RandomOptions, random } from "./samplers/random.ts";
export {
  type LogNormalDistribution,
  logNormal,
  type NormalDistribution,
  normal,
  type QuantileDistribution,
  type RandomDistribution,
  type WeightsDistribution,
  weights,
} from "./samplers/random-distributions.ts";
export type { Sampler, SamplerInput, Suggestion } from "./samplers/sampler.ts";
export { type TpeOptions, tpe } from "./samplers/tpe.ts";
export { allOf, anyOf } from "./stopping/combine.ts";
export { costBudget } from "./stopping/cost-budget.ts";
export { patience } from "./stopping/patience.ts";
export { regretBound, type RegretBoundOptions } from "./stopping/regret-bound.ts";
export { stagnation, type StagnationOptions } from "./stopping/stagnation.ts";
export type { StoppingInput, StoppingRule } from "./stopping/stopping-rule.ts";
export { target } from "./stopping/target.ts";
export { timeout } from "./stopping/timeout.ts";
export type { Checkpoints } from "./storages/checkpoints.ts";
export { memory } from "./storages/memory.ts";
export { memoryCheckpoints, type MemoryCheckpointsOptions } from "./storages/memory-checkpoints.ts";
export type { Storage } from "./storages/storage.ts";
export { inWorkers, type ObjectiveWorkers } from "./study/in-workers.ts";
export type { LiveTrial } from "./study/live-trial.ts";
export { type Objective, type ObjectiveModule, type ObjectiveValue, TrialPruned } from "./study/objective.ts";
export type { OptimizeOptions } from "./study/optimize-options.ts";
export type { AskedTrial, AskOptions, BestTrial, Study, StudyOptions, TellOptions } from "./study/study.ts";
export type { Core } from "./wasm/core.ts";
export { setDefaultCore } from "./wasm/default-core.ts";
