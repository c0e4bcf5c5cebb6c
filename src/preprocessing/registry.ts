import { expectOneOf } from "../core/errors.ts";
import type { Spec, SpecPart } from "../models/estimator.ts";
import type { ModelContents } from "../models/model-file.ts";
import { estimatorNamed } from "../models/registry.ts";
import { pipeline } from "./pipeline.ts";
import { standardScaler } from "./standard-scaler.ts";
import { type AnyEstimator, type AnyTransform, isTransform, type Part } from "./steps.ts";
import type { FittedTransform, Transform } from "./transform.ts";

interface AnyDefined {
  (): Transform;
  load(contents: ModelContents): FittedTransform;
}

/** Every transform that stands for itself, by name. */
const defined = { standardScaler };
export const transforms: Readonly<Record<string, AnyDefined>> = defined as never;

/** Makers of what consists of other parts. */
const composites: Readonly<Record<string, (parts: readonly SpecPart[]) => Part>> = {
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
  return expectOneOf<never>("estimator", spec.name, []);
}
