import { show, VernierError } from "../core/errors.ts";
import type { LabelsLike } from "../core/labels.ts";
import type { Features } from "../core/table.ts";
import type { Classifier, EstimatorParams, FitOptions, Regressor, Spec } from "../models/estimator.ts";
import { fitChain } from "./chain.ts";
import { toFrame } from "./frame.ts";
import {
  type FittedPipeline,
  type FittedTransformPipeline,
  fittedPipeline,
  fittedTransformPipeline,
} from "./pipeline-fitted.ts";
import {
  type AnyEstimator,
  type AnyTransform,
  isTransform,
  joinedParams,
  joinedSpace,
  namedSteps,
  type Part,
  type Step,
  type StepLike,
  specOf,
  splitChanges,
} from "./steps.ts";
import type { Target, Transform, TransformOptions } from "./transform.ts";

type WithParams<T> = { with(params: Readonly<Record<string, unknown>>): T };

/** A pipeline that ends in a classifier, itself one. */
export interface ClassifierPipeline<E extends Classifier<object> = Classifier<object>>
  extends Classifier,
    WithParams<ClassifierPipeline<E>> {
  with(params: Readonly<Record<string, unknown>>): ClassifierPipeline<E>;
  fit(X: Features, y: LabelsLike, options?: FitOptions): FittedPipeline<ReturnType<E["fit"]>>;
}

/** A pipeline that ends in a regressor, itself one. */
export interface RegressorPipeline<E extends Regressor<object> = Regressor<object>>
  extends Regressor,
    WithParams<RegressorPipeline<E>> {
  with(params: Readonly<Record<string, unknown>>): RegressorPipeline<E>;
  fit(X: Features, y: ArrayLike<number>, options?: FitOptions): FittedPipeline<ReturnType<E["fit"]>>;
}

/** A pipeline of transforms alone, itself one. */
export type TransformPipeline = Transform<EstimatorParams, FittedTransformPipeline>;

/**
 * Transforms in a row, with an estimator at the end or without: each step is fitted on what those before it made of
 * the training data, and of that alone, so that within cross-validation nothing leaks from the rows that score.
 *
 * A step may have a name of its own, `["scale", standardScaler()]`; else it has the transform's, with a number from
 * 2 on where it comes again. Settings are those of the steps, `"pca.components"` or nested `{ pca: { components } }`;
 * a transform's own name takes `"on"` or `"passthrough"`, which leaves it out.
 * Throws `invalid-argument` for an estimator before the end, and for names that do not differ.
 */
export function pipeline<E extends Classifier<object>>(
  steps: readonly [...StepLike<AnyTransform>[], StepLike<E>],
): ClassifierPipeline<E>;
export function pipeline<E extends Regressor<object>>(
  steps: readonly [...StepLike<AnyTransform>[], StepLike<E>],
): RegressorPipeline<E>;
export function pipeline(steps: readonly StepLike<AnyTransform>[]): TransformPipeline;
export function pipeline(steps: readonly StepLike<Part>[]): ClassifierPipeline | RegressorPipeline | TransformPipeline {
  const named = namedSteps("pipeline", steps);
  const early = named.slice(0, -1).find(({ step }) => !isTransform(step));
  if (early === undefined) return pipelineOf(named, new Set());
  throw new VernierError(
    "invalid-argument",
    `"pipeline": expected transforms before the last step, got ${show(early.name)}, which is none`,
  );
}

/** `off` has the names of the transforms that are left out. */
function pipelineOf(
  steps: readonly Step[],
  off: ReadonlySet<string>,
): ClassifierPipeline | RegressorPipeline | TransformPipeline {
  const final = (steps.at(-1) as Step).step;
  const transforms = steps.filter((item): item is Step<AnyTransform> => isTransform(item.step));
  const on = transforms.filter(({ name }) => !off.has(name));
  const switches = Object.fromEntries(transforms.map(({ name }) => [name, off.has(name) ? "passthrough" : "on"]));
  const common = {
    name: "pipeline",
    params: Object.freeze({ ...switches, ...joinedParams(steps) }),
    space: () => joinedSpace(steps),
    with: (changes: Readonly<Record<string, unknown>>) => changed(steps, off, changes),
    spec: (): Spec => ({
      name: "pipeline",
      params: Object.fromEntries([...off].map((name) => [name, "passthrough"])),
      parts: steps.map(({ name, step }) => ({ name, spec: specOf(step) })),
    }),
  };
  if (isTransform(final)) {
    const fit = (X: Features, y?: Target, { names }: TransformOptions = {}): FittedTransformPipeline => {
      const frame = toFrame(X, names);
      return fittedTransformPipeline(fitChain(on, frame, y), frame);
    };
    const { spec, ...rest } = common;
    const supervised = on.some(({ step }) => step.supervised);
    // Made anew as a whole or not at all.
    const whole = transforms.every(({ step }) => step.spec !== undefined);
    return Object.freeze({ ...rest, task: "transform", supervised, fit, ...(whole && { spec }) }) as TransformPipeline;
  }
  const fit = (X: Features, y: LabelsLike & ArrayLike<number>, options?: FitOptions): FittedPipeline<never> => {
    const frame = toFrame(X);
    const chain = fitChain(on, frame, y);
    return fittedPipeline(final.name, final.fit(chain.X, y, options), chain, frame) as FittedPipeline<never>;
  };
  const { task } = final;
  return Object.freeze({ ...common, task, tabular: true, fit }) as unknown as ClassifierPipeline | RegressorPipeline;
}

function changed(
  steps: readonly Step[],
  off: ReadonlySet<string>,
  changes: Readonly<Record<string, unknown>>,
): ReturnType<typeof pipelineOf> {
  const { inner, own } = splitChanges("pipeline", steps, changes);
  const left = new Set(off);
  for (const [name, value] of own) {
    const { step } = steps.find((other) => other.name === name) as Step;
    if (!isTransform(step)) refuse(name, "expected settings of the last step as an object", show(value));
    if (value === "on") left.delete(name);
    else if (value === "passthrough" || value === null) left.add(name);
    else refuse(name, 'expected "on", "passthrough" or an object of settings', show(value));
  }
  const next = steps.map(({ name, step }) => {
    const settings = inner.get(name);
    return { name, step: settings === undefined ? step : (step.with(settings) as AnyTransform | AnyEstimator) };
  });
  return pipelineOf(next, left);
}

function refuse(name: string, expected: string, got: string): never {
  throw new VernierError("invalid-argument", `"${name}": ${expected}, got ${got}`);
}
