import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../backend/tensorflow.ts";

/**
 * What each step gets of the others' values [n, T, heads, width], from queries, keys and values x [n, T, 3, heads, width];
 * a step with mask 0 [n, T] is attended to by none. `dropout` is the share of the attention that is dropped. On "wasm" it
 * and its gradient are one kernel each where nothing is dropped.
 */
export function scaledAttention(tf: TensorFlow, x: Tensor, mask: Tensor | null, dropout: number): Tensor {
  const isFused = dropout === 0 && Boolean(tf.getKernel("VernierAttention", tf.getBackend()));
  return isFused ? fused(tf, x, mask) : composed(tf, x, mask, dropout);
}

const scaleOf = (x: Tensor): number => 1 / Math.sqrt(x.shape[4] as number);

function fused(tf: TensorFlow, x: Tensor, mask: Tensor | null): Tensor {
  const scale = scaleOf(x);
  const attend = tf.customGrad((given, save) => {
    const x = given as Tensor;
    const inputs = mask === null ? { x } : { x, mask };
    const [value, shares] = tf.engine().runKernel("VernierAttention", inputs, { scale }) as unknown as [Tensor, Tensor];
    (save as (tensors: Tensor[]) => void)([x, shares]);
    return {
      value,
      gradFunc(dy: Tensor, saved: Tensor[]) {
        const [x, shares] = saved as [Tensor, Tensor];
        return tf.engine().runKernel("VernierAttentionGradient", { dy, x, shares }, { scale }) as Tensor;
      },
    };
  });
  return attend(x);
}

function composed(tf: TensorFlow, x: Tensor, mask: Tensor | null, dropout: number): Tensor {
  const [query, key, value] = tf.unstack(tf.transpose(x, [2, 0, 3, 1, 4])) as [Tensor, Tensor, Tensor];
  let scores = tf.matMul(tf.mul(query, scaleOf(x)), key, false, true);
  if (mask !== null) {
    const [n, T] = mask.shape as [number, number];
    scores = tf.add(scores, tf.reshape(tf.mul(tf.sub(mask, 1), 1e9), [n, 1, 1, T]));
  }
  let shares = tf.softmax(scores);
  if (dropout > 0) shares = tf.dropout(shares, dropout);
  return tf.transpose(tf.matMul(shares, value), [0, 2, 1, 3]);
}
