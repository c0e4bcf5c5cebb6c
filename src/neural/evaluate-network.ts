import type { Tensor } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { largestOfRows } from "../core/largest-of-rows.ts";
import { inputTensor, targetTensor } from "./batch.ts";
import type { NetworkShape } from "./hypermodel.ts";
import type { NetworkRows } from "./network-data.ts";
import { softmaxCrossEntropy } from "./softmax-cross-entropy.ts";
import type { TensorFlow } from "./tensorflow.ts";

const CHUNK = 1024;

/** The loss of each row [rows]: cross entropy of the logits, or squared error. */
export function rowLosses(tf: TensorFlow, shape: NetworkShape, targets: Tensor, outputs: Tensor): Tensor {
  if (shape.task === "classification") return softmaxCrossEntropy(tf, targets, outputs);
  return tf.squeeze(tf.squaredDifference(outputs, targets), [1]);
}

/** What the network answers [rows, outputs] without dropout. */
export async function networkOutputs(
  tf: TensorFlow,
  model: LayersModel,
  inputs: Float32Array,
  width: number,
  shape: NetworkShape,
): Promise<Float64Array> {
  const rows = inputs.length / width;
  const all = new Float64Array(rows * shape.outputs);
  for (let start = 0; start < rows; start += CHUNK) {
    const chunk = inputs.subarray(start * width, (start + CHUNK) * width);
    const outputs = tf.tidy(() => model.apply(inputTensor(tf, chunk, shape)) as Tensor);
    try {
      all.set(await outputs.data(), start * shape.outputs);
    } finally {
      outputs.dispose();
    }
  }
  return all;
}

/** The mean loss of rows, and their score: accuracy, or the coefficient of determination. */
export async function evaluateNetwork(
  tf: TensorFlow,
  model: LayersModel,
  rows: NetworkRows,
  shape: NetworkShape,
): Promise<{ readonly loss: number; readonly score: number }> {
  const outputs = await networkOutputs(tf, model, rows.inputs, rows.width, shape);
  const losses = tf.tidy(() =>
    rowLosses(
      tf,
      shape,
      targetTensor(tf, rows, shape, 0),
      tf.tensor2d(Float32Array.from(outputs), [rows.rows, shape.outputs]),
    ),
  );
  try {
    const loss = Array.from(await losses.data()).reduce((sum, value) => sum + value, 0) / rows.rows;
    return { loss, score: shape.task === "classification" ? accuracyOf(outputs, rows) : r2Of(outputs, rows) };
  } finally {
    losses.dispose();
  }
}

function accuracyOf(outputs: Float64Array, { rows, targets }: NetworkRows): number {
  return largestOfRows(outputs, rows).reduce((right, code, row) => right + (code === targets[row] ? 1 : 0), 0) / rows;
}

function r2Of(outputs: Float64Array, { rows, targets }: NetworkRows): number {
  const mean = targets.reduce((sum, value) => sum + value, 0) / rows;
  let [rest, spread] = [0, 0];
  targets.forEach((value, row) => {
    const [error, deviation] = [value - (outputs[row] as number), value - mean];
    rest += error * error;
    spread += deviation * deviation;
  });
  if (spread > 0) return 1 - rest / spread;
  return rest > 0 ? 0 : 1;
}
