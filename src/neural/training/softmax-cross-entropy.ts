import type { Tensor } from "@tensorflow/tfjs-core";
import { VernierError } from "../../core/errors.ts";
import type { TensorFlow } from "../backend/tensorflow.ts";

/**
 * The cross entropy of softmax(logits) against labels over the last axis, one number a row: labels are one-hot or
 * probabilities, of the logits' shape, and get no gradient. On "wasm" it and its gradient are one pass, and its bits are
 * the same in every runtime. Throws "invalid-argument" for other shapes.
 */
export function softmaxCrossEntropy(tf: TensorFlow, labels: Tensor, logits: Tensor): Tensor {
  if (labels.shape.join() !== logits.shape.join() || logits.rank < 1) {
    throw new VernierError(
      "invalid-argument",
      `"labels": expected the logits' shape [${logits.shape.join(", ")}], got [${labels.shape.join(", ")}]`,
    );
  }
  const entropy = tf.customGrad((x, save) => {
    const [losses, gradient] = fused(tf, x as Tensor, labels) ?? composed(tf, x as Tensor, labels);
    (save as (tensors: Tensor[]) => void)([gradient]);
    return {
      value: losses,
      gradFunc: (dy: Tensor, saved: Tensor[]) => tf.mul(tf.expandDims(dy, -1), saved[0] as Tensor),
    };
  });
  return entropy(tf.cast(logits, "float32"));
}

function fused(tf: TensorFlow, logits: Tensor, labels: Tensor): [Tensor, Tensor] | null {
  const name = "VernierSoftmaxCrossEntropy";
  if (!tf.getKernel(name, tf.getBackend())) return null;
  return tf.engine().runKernel(name, { logits, labels: tf.cast(labels, "float32") }) as unknown as [Tensor, Tensor];
}

function composed(tf: TensorFlow, logits: Tensor, labels: Tensor): [Tensor, Tensor] {
  const logs = tf.logSoftmax(logits);
  const mass = tf.sum(labels, -1, true);
  return [tf.neg(tf.sum(tf.mul(labels, logs), -1)), tf.sub(tf.mul(mass, tf.exp(logs)), labels)];
}
