import type { Tensor } from "@tensorflow/tfjs-core";
import type { NetworkShape } from "./hypermodel.ts";
import type { NetworkRows } from "./network-data.ts";
import type { TensorFlow } from "./tensorflow.ts";

/** The inputs of rows as the network takes them. */
export function inputTensor(tf: TensorFlow, inputs: Float32Array, { input }: NetworkShape): Tensor {
  if (input.kind === "tokens") return tf.tensor(Int32Array.from(inputs), [inputs.length / input.length, input.length]);
  if (input.kind === "table") return tf.tensor(inputs, [inputs.length / input.features, input.features]);
  const inner = input.kind === "image" ? [input.height, input.width, input.channels] : [input.length, input.features];
  return tf.tensor(inputs, [inputs.length / inner.reduce((a, b) => a * b), ...inner]);
}

/** What the network is to answer: one-hot rows, smoothed, or the numbers [rows, 1]. */
export function targetTensor(tf: TensorFlow, { targets }: NetworkRows, shape: NetworkShape, smoothing: number): Tensor {
  const { outputs, task } = shape;
  if (task === "regression") return tf.tensor2d(Float32Array.from(targets), [targets.length, 1]);
  const hot = new Float32Array(targets.length * outputs).fill(smoothing / outputs);
  targets.forEach((code, row) => {
    hot[row * outputs + code] = 1 - smoothing + smoothing / outputs;
  });
  return tf.tensor2d(hot, [targets.length, outputs]);
}
