import type { Tensor } from "@tensorflow/tfjs-core";
import type { NetworkShape } from "../networks/hypermodel.ts";
import { inputShape, inputWidth } from "../networks/input-shape.ts";
import type { TensorFlow } from "../backend/tensorflow.ts";

/** The inputs of rows as the network takes them. */
export function inputTensor(tf: TensorFlow, inputs: Float32Array, { input }: NetworkShape): Tensor {
  const shape = [inputs.length / inputWidth(input), ...inputShape(input)];
  return tf.tensor(input.kind === "tokens" ? Int32Array.from(inputs) : inputs, shape);
}

/** What the network is to answer: one-hot rows, smoothed, or the numbers [rows, 1] by the shape's scale. */
export function targetTensor(tf: TensorFlow, targets: Float64Array, shape: NetworkShape, smoothing: number): Tensor {
  const { outputs, task, scale = { mean: 0, deviation: 1 } } = shape;
  if (task === "regression") {
    const scaled = Float32Array.from(targets, (target) => (target - scale.mean) / scale.deviation);
    return tf.tensor2d(scaled, [targets.length, 1]);
  }
  const hot = new Float32Array(targets.length * outputs).fill(smoothing / outputs);
  targets.forEach((code, row) => {
    hot[row * outputs + code] = 1 - smoothing + smoothing / outputs;
  });
  return tf.tensor2d(hot, [targets.length, outputs]);
}
