// vernier/preprocessing

export { loadPipeline, loadTransform } from "./load.ts";
export { type ClassifierPipeline, pipeline, type RegressorPipeline, type TransformPipeline } from "./pipeline.ts";
export type { FittedPipeline, FittedTransformPipeline } from "./pipeline-fitted.ts";
export { estimatorFrom, transformNamed } from "./registry.ts";
export { type FittedStandardScaler, standardScaler, type StandardScalerParams } from "./standard-scaler.ts";
export type { StepLike } from "./steps.ts";
export type { FittedTransform, Target, Transform, TransformMaker, TransformOptions } from "./transform.ts";
