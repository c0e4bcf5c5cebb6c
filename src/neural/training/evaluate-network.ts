import type { Tensor } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { largestOfRows } from "../../core/largest-of-rows.ts";
import { inputTensor, targetTensor } from "./batch.ts";
import type { NetworkShape } from "../networks/hypermodel.ts";
import type { NetworkRows } from "../data/network-data.ts";
import { softmaxCrossEntropy } from "./softmax-cross-entropy.ts";
import type { TensorFlow } from "../backend/tensorflow.ts";

const CHUNK = 1024;

/** The loss of each row [rows]: cross entropy of the logits, or squared error. */
export function rowLosses(tf: TensorFlow, shape: NetworkShape, targets: Tensor, outputs: Tensor): Tensor {
  if (shape.task === "classification") return softmaxCrossEntropy(tf, targets, outputs);
  return tf.squeeze(tf.squaredDifference(outputs, targets), [1]);
}

/** What the network answers [rows, outputs] without dropout: logits, or numbers in the units of the targets. */
export async function networkOutputs(
  tf: TensorFlow,
  model: LayersModel,
  inputs: Float32Array,
  width: number,
  shape: NetworkShape,
): Promise<Float64Array> {
  const all = new Float64Array((inputs.length / width) * shape.outputs);
  for await (const [start, outputs] of inChunks(tf, model, { inputs, width }, shape, (answer) => [answer])) {
    all.set(outputs, start * shape.outputs);
  }
  return inUnits(all, shape);
}

/** The mean loss of rows, and their score: accuracy, or the coefficient of determination. */
export async function evaluateNetwork(
  tf: TensorFlow,
  model: LayersModel,
  rows: NetworkRows,
  shape: NetworkShape,
): Promise<{ readonly loss: number; readonly score: number }> {
  const { targets } = rows;
  const all = new Float64Array(rows.rows * shape.outputs);
  const withLosses = (answer: Tensor, start: number): Tensor[] => {
    const wanted = targetTensor(tf, targets.subarray(start, start + CHUNK), shape, 0);
    return [answer, rowLosses(tf, shape, wanted, answer)];
  };
  let sum = 0;
  for await (const [start, outputs, losses] of inChunks(tf, model, rows, shape, withLosses)) {
    all.set(outputs, start * shape.outputs);
    for (const loss of losses as Numbers) sum += loss;
  }
  const score = shape.task === "classification" ? accuracyOf : r2Of;
  return { loss: sum / rows.rows, score: score(inUnits(all, shape), targets) };
}

type Numbers = Float32Array | Int32Array | Uint8Array;

/** Goes over rows chunk by chunk: where each starts, and the numbers in the tensors made of what the network answers. */
async function* inChunks(
  tf: TensorFlow,
  model: LayersModel,
  { inputs, width }: Pick<NetworkRows, "inputs" | "width">,
  shape: NetworkShape,
  tensorsOf: (answer: Tensor, start: number) => Tensor[],
): AsyncGenerator<[start: number, first: Numbers, ...rest: Numbers[]]> {
  for (let start = 0; start * width < inputs.length; start += CHUNK) {
    const chunk = inputs.subarray(start * width, (start + CHUNK) * width);
    const tensors = tf.tidy(() => tensorsOf(model.apply(inputTensor(tf, chunk, shape)) as Tensor, start));
    try {
      const [first, ...rest] = await Promise.all(tensors.map((tensor) => tensor.data()));
      yield [start, first as Numbers, ...rest];
    } finally {
      tf.dispose(tensors);
    }
  }
}

function inUnits(outputs: Float64Array, { scale }: NetworkShape): Float64Array {
  return scale === undefined ? outputs : outputs.map((value) => value * scale.deviation + scale.mean);
}

function accuracyOf(outputs: Float64Array, targets: Float64Array): number {
  const codes = largestOfRows(outputs, targets.length);
  return codes.reduce((right, code, row) => right + (code === targets[row] ? 1 : 0), 0) / targets.length;
}

function r2Of(outputs: Float64Array, targets: Float64Array): number {
  const mean = targets.reduce((sum, value) => sum + value, 0) / targets.length;
  let [rest, spread] = [0, 0];
  targets.forEach((value, row) => {
    const [error, deviation] = [value - (outputs[row] as number), value - mean];
    rest += error * error;
    spread += deviation * deviation;
  });
  if (spread > 0) return 1 - rest / spread;
  return rest > 0 ? 0 : 1;
}
