import type { Matrix } from "../core/matrix.ts";
import type { Features, Table } from "../core/table.ts";
import type { FittedClassifier, FittedEstimator } from "../models/estimator.ts";
import { type ModelContents, packModel } from "../models/model-file.ts";
import { type FittedChain, transformChain } from "./chain.ts";
import { alignFrame, type Inputs } from "./frame.ts";
import type { FittedTransform } from "./transform.ts";

/**
 * A trained pipeline; what it offers beside this is what its model offers. `loadPipeline` reads what `save()` writes.
 */
export type FittedPipeline<M extends FittedEstimator = FittedEstimator> = Face<M> & {
  /** The trained transforms by the names of their steps; those left out are not there. */
  readonly steps: Readonly<Record<string, FittedTransform>>;
  /** The trained model, which takes what the transforms return. */
  readonly model: M;
  /** What the columns are called that the model takes. */
  readonly names: readonly string[];
  /** X as the model takes it. */
  transform(X: Features): Matrix | Table;
};

type Face<M> = M extends FittedClassifier
  ? Pick<M, "classes" | "features" | "predict" | "decisionFunction" | "predictProba" | "save">
  : M extends FittedEstimator
    ? Pick<M, "features" | "predict" | "save">
    : never;

/** A trained pipeline of transforms alone. */
export interface FittedTransformPipeline extends FittedTransform {
  readonly steps: Readonly<Record<string, FittedTransform>>;
}

/** The parts as they were trained. */
type Chain = Pick<FittedChain, "fitted" | "names">;

/** `last` is the name of the model's step. */
export function fittedPipeline(
  last: string,
  model: FittedEstimator,
  { fitted, names }: Chain,
  { names: inputs, named }: Inputs,
): FittedPipeline {
  const transform = (X: Features): Matrix | Table => {
    return transformChain(fitted, alignFrame(X, { names: inputs, named }).X);
  };
  const { classes, decisionFunction, predictProba } = model as FittedClassifier;
  const pack = model.save;
  const face = {
    features: inputs.length,
    steps: byName(fitted),
    model,
    names,
    transform,
    predict: (X: Features) => model.predict(transform(X)),
    ...(classes && { classes }),
    ...(decisionFunction && { decisionFunction: (X: Features) => decisionFunction(transform(X)) }),
    ...(predictProba && { predictProba: (X: Features) => predictProba(transform(X)) }),
    ...(pack && { save: () => save({ fitted, names }, { names: inputs, named }, { name: last, bytes: pack() }) }),
  };
  return Object.freeze(face) as unknown as FittedPipeline;
}

export function fittedTransformPipeline(
  { fitted, names }: Chain,
  { names: inputs, named }: Inputs,
): FittedTransformPipeline {
  const invertible = fitted.every(({ step }) => step.inverseTransform !== undefined);
  return Object.freeze({
    name: "pipeline",
    features: inputs.length,
    names,
    steps: byName(fitted),
    transform: (X: Features) => transformChain(fitted, alignFrame(X, { names: inputs, named }).X),
    ...(invertible && {
      inverseTransform: (Z: Features) =>
        fitted.reduceRight((rows, { step }) => step.inverseTransform?.(rows) as Matrix, Z) as Matrix,
    }),
    save: () => save({ fitted, names }, { names: inputs, named }, null),
  });
}

function byName(fitted: Chain["fitted"]): Readonly<Record<string, FittedTransform>> {
  return Object.freeze(Object.fromEntries(fitted.map(({ name, step }) => [name, step])));
}

/** The pipeline as one file, in which each part's own file is an array. */
function save(
  { fitted, names }: Chain,
  inputs: Inputs,
  model: { readonly name: string; readonly bytes: ArrayBuffer } | null,
): ArrayBuffer {
  const files = fitted.map(({ step }, k) => [`step${k}`, new Uint8Array(step.save())] as const);
  const settings = {
    steps: fitted.map(({ name }) => name),
    names,
    inputs: { names: inputs.names, named: inputs.named },
    model: model?.name ?? null,
  };
  const last = model === null ? [] : [["model", new Uint8Array(model.bytes)] as const];
  return packModel({ name: "pipeline", settings, arrays: Object.fromEntries([...files, ...last]) });
}

/** What `save` wrote, its parts yet to be read. */
export interface PipelineContents {
  readonly steps: readonly { readonly name: string; readonly file: Uint8Array }[];
  readonly names: readonly string[];
  readonly inputs: Inputs;
  readonly model: { readonly name: string; readonly file: Uint8Array } | null;
}

export function pipelineContents({ settings, arrays }: ModelContents): PipelineContents {
  const { steps, names, inputs, model } = settings as unknown as {
    readonly steps: readonly string[];
    readonly names: readonly string[];
    readonly inputs: Inputs;
    readonly model: string | null;
  };
  const files = arrays as Readonly<Record<string, Uint8Array>>;
  return {
    steps: steps.map((name, k) => ({ name, file: files[`step${k}`] as Uint8Array })),
    names,
    inputs,
    model: model === null ? null : { name: model, file: files["model"] as Uint8Array },
  };
}
