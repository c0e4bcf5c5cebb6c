// vernier/preprocessing

export type { ColumnSelection } from "./column-selection.ts";
export { type ColumnsOptions, type ColumnsPart, type ColumnsTransform, columns } from "./columns.ts";
export type { FittedColumns } from "./columns-fitted.ts";
export { type FittedKBinsDiscretizer, type KBinsDiscretizerParams, kBinsDiscretizer } from "./k-bins-discretizer.ts";
export { loadPipeline, loadTransform } from "./load.ts";
export { type FittedMaxAbsScaler, type MaxAbsScalerParams, maxAbsScaler } from "./max-abs-scaler.ts";
export { type FittedMinMaxScaler, type MinMaxScalerParams, minMaxScaler } from "./min-max-scaler.ts";
export { type FittedNormalizer, type NormalizerParams, normalizer } from "./normalizer.ts";
export { type FittedOneHotEncoder, type OneHotEncoderParams, oneHotEncoder } from "./one-hot-encoder.ts";
export { type FittedOrdinalEncoder, type OrdinalEncoderParams, ordinalEncoder } from "./ordinal-encoder.ts";
export { type FittedPassthrough, type PassthroughParams, passthrough } from "./passthrough.ts";
export { type FittedPca, type PcaParams, pca } from "./pca.ts";
export { type ClassifierPipeline, pipeline, type RegressorPipeline, type TransformPipeline } from "./pipeline.ts";
export type { FittedPipeline, FittedTransformPipeline } from "./pipeline-fitted.ts";
export {
  type FittedPolynomialFeatures,
  type PolynomialFeaturesParams,
  polynomialFeatures,
} from "./polynomial-features.ts";
export { type FittedPowerTransformer, type PowerTransformerParams, powerTransformer } from "./power-transformer.ts";
export {
  type FittedQuantileTransformer,
  type QuantileTransformerParams,
  quantileTransformer,
} from "./quantile-transformer.ts";
export { estimatorFrom, transformNamed } from "./registry.ts";
export { type FittedRobustScaler, type RobustScalerParams, robustScaler } from "./robust-scaler.ts";
export { type FittedSelectKBest, type SelectKBestParams, selectKBest } from "./select-k-best.ts";
export { type FittedSelectPercentile, type SelectPercentileParams, selectPercentile } from "./select-percentile.ts";
export { type FittedSimpleImputer, type SimpleImputerParams, simpleImputer } from "./simple-imputer.ts";
export { type FittedStandardScaler, type StandardScalerParams, standardScaler } from "./standard-scaler.ts";
export type { StepLike } from "./steps.ts";
export type { FittedTransform, Target, Transform, TransformMaker, TransformOptions } from "./transform.ts";
export { type FittedVarianceThreshold, type VarianceThresholdParams, varianceThreshold } from "./variance-threshold.ts";
