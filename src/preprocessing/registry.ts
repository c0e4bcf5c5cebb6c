import { expectOneOf, show, VernierError } from "../core/errors.ts";
import type { Spec, SpecPart } from "../models/estimator.ts";
import type { ModelContents } from "../models/model-file.ts";
import { estimatorNamed } from "../models/registry.ts";
import type { ColumnSelection } from "./column-selection.ts";
import { columns } from "./columns.ts";
import { kBinsDiscretizer } from "./k-bins-discretizer.ts";
import { maxAbsScaler } from "./max-abs-scaler.ts";
import { minMaxScaler } from "./min-max-scaler.ts";
import { normalizer } from "./normalizer.ts";
import { oneHotEncoder } from "./one-hot-encoder.ts";
import { ordinalEncoder } from "./ordinal-encoder.ts";
import { passthrough } from "./passthrough.ts";
import { pca } from "./pca.ts";
import { polynomialFeatures } from "./polynomial-features.ts";
import { powerTransformer } from "./power-transformer.ts";
import { quantileTransformer } from "./quantile-transformer.ts";
import { robustScaler } from "./robust-scaler.ts";
import { selectKBest } from "./select-k-best.ts";
import { selectPercentile } from "./select-percentile.ts";
import { simpleImputer } from "./simple-imputer.ts";
import { varianceThreshold } from "./variance-threshold.ts";
import { pipeline } from "./pipeline.ts";
import { standardScaler } from "./standard-scaler.ts";
import { type AnyEstimator, type AnyTransform, isTransform, type Part } from "./steps.ts";
import type { FittedTransform, Transform } from "./transform.ts";

interface AnyDefined {
  (): Transform;
  load(contents: ModelContents): FittedTransform;
}

/** Every transform that stands for itself, by name. */
const defined = {
  kBinsDiscretizer,
  maxAbsScaler,
  minMaxScaler,
  normalizer,
  oneHotEncoder,
  ordinalEncoder,
  passthrough,
  pca,
  polynomialFeatures,
  powerTransformer,
  quantileTransformer,
  robustScaler,
  selectKBest,
  selectPercentile,
  simpleImputer,
  standardScaler,
  varianceThreshold,
};
export const transforms: Readonly<Record<string, AnyDefined>> = defined as never;

/** Makers of what consists of other parts. */
const composites: Readonly<Record<string, (parts: readonly SpecPart[]) => Part>> = {
  columns: (parts) =>
    columns(
      parts.map((part) => [part.name, partFrom(part.spec) as AnyTransform, part.columns as ColumnSelection] as const),
    ),
  pipeline: (parts) => pipeline(parts.map(({ name, spec }) => [name, partFrom(spec)] as [string, AnyTransform])),
};

/** The transform called `name` with the given settings; throws `invalid-argument` for an unknown name. */
export function transformNamed(name: string, params: Readonly<Record<string, unknown>> = {}): Transform {
  const make = transforms[expectOneOf("transform", name, Object.keys(transforms))] as AnyDefined;
  return make().with(params);
}

/** The transform or estimator that a spec describes; throws `invalid-argument` for an unknown name. */
export function partFrom({ name, params, parts }: Spec): Part {
  if (parts !== undefined && Object.hasOwn(composites, name)) {
    return composites[name]?.(parts).with(params) as Part;
  }
  return Object.hasOwn(transforms, name) ? transformNamed(name, params) : estimatorNamed(name, params);
}

/** The estimator that a spec describes: how a worker rebuilds what a search was given. */
export function estimatorFrom(spec: Spec): AnyEstimator {
  const part = partFrom(spec);
  if (!isTransform(part)) return part;
  throw new VernierError("invalid-argument", `"estimator": expected an estimator, got ${show(spec.name)}`);
}
