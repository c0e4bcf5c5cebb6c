import { show, VernierError } from "../core/errors.ts";
import type { FittedEstimator } from "../models/estimator.ts";
import { loadModel } from "../models/load-model.ts";
import { type ModelContents, unpackModel } from "../models/model-file.ts";
import { loadColumns } from "./columns-fitted.ts";
import { fittedPipeline, type FittedPipeline, fittedTransformPipeline, pipelineContents } from "./pipeline-fitted.ts";
import { transforms } from "./registry.ts";
import type { FittedTransform } from "./transform.ts";

/**
 * The trained transform that `save()` made the bytes of, in this runtime or another.
 * Throws `invalid-data` for bytes that are no whole file of a transform that this version knows.
 */
export function loadTransform(file: ArrayBuffer | Uint8Array): FittedTransform {
  const contents = unpackModel(file);
  const { name } = contents;
  if (Object.hasOwn(transforms, name)) return (transforms[name] as (typeof transforms)[string]).load(contents);
  if (name === "columns") return loadColumns(contents, loadTransform);
  if (name === "pipeline") {
    const { model, inputs, ...chain } = loadChain(contents);
    if (model === null) return fittedTransformPipeline(chain, inputs);
  }
  throw unknown("a transform", name);
}

/**
 * The trained pipeline that `save()` made the bytes of, which predicts the same, bit for bit.
 * Throws `invalid-data` for bytes that are no whole file of a pipeline with a model that this version knows.
 */
export function loadPipeline(file: ArrayBuffer | Uint8Array): FittedPipeline {
  const contents = unpackModel(file);
  if (contents.name !== "pipeline") throw unknown("a pipeline", contents.name);
  const { model, inputs, ...chain } = loadChain(contents);
  if (model === null) throw unknown("a pipeline with a model at its end", "transforms alone");
  return fittedPipeline(model.name, loadModel(model.file) as FittedEstimator, chain, inputs);
}

function loadChain(contents: ModelContents): Pick<ReturnType<typeof pipelineContents>, "names" | "inputs" | "model"> & {
  readonly fitted: readonly { readonly name: string; readonly step: FittedTransform }[];
} {
  const { steps, ...rest } = pipelineContents(contents);
  return { ...rest, fitted: steps.map(({ name, file }) => ({ name, step: loadTransform(file) })) };
}

function unknown(expected: string, got: string): VernierError {
  return new VernierError("invalid-data", `model file: expected ${expected}, got ${show(got)}`);
}
