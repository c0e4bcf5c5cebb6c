import type { Tensor } from "@tensorflow/tfjs-core";
import { VernierError } from "../../core/errors.ts";
import type { TensorFlow } from "../backend/tensorflow.ts";

/**
 * Layer normalization over the last axis: gamma (x - mean) / sqrt(variance + epsilon) + beta, with gamma and beta of that
 * axis' length. On "wasm" it and its gradient are one pass each. Throws "invalid-argument" for other shapes.
 */
export function layerNorm(tf: TensorFlow, x: Tensor, gamma: Tensor, beta: Tensor, epsilon: number = 1e-3): Tensor {
  const width = x.shape.at(-1);
  for (const [name, { shape }] of Object.entries({ gamma, beta })) {
    if (width !== undefined && shape.length === 1 && shape[0] === width) continue;
    throw new VernierError("invalid-argument", `"${name}": expected shape [${width ?? ""}], got [${shape.join(", ")}]`);
  }
  if (!tf.getKernel("VernierLayerNorm", tf.getBackend())) return composed(tf, x, gamma, beta, epsilon);
  const run = (name: string, inputs: Record<string, Tensor>, attributes: Record<string, number>): Tensor[] =>
    tf.engine().runKernel(name, inputs, attributes) as unknown as Tensor[];
  const normalize = tf.customGrad((...parameters) => {
    const [input, scale, shift, save] = parameters as unknown as [Tensor, Tensor, Tensor, (tensors: Tensor[]) => void];
    const [value, means, scales] = run("VernierLayerNorm", { x: input, gamma: scale, beta: shift }, { epsilon });
    save([input, scale, means as Tensor, scales as Tensor]);
    return {
      value: value as Tensor,
      gradFunc(dy: Tensor, saved: Tensor[]) {
        const [x, gamma, means, scales] = saved as [Tensor, Tensor, Tensor, Tensor];
        return run("VernierLayerNormGradient", { dy, x, gamma, means, scales }, {});
      },
    };
  });
  return normalize(x, gamma, beta);
}

function composed(tf: TensorFlow, x: Tensor, gamma: Tensor, beta: Tensor, epsilon: number): Tensor {
  const { mean, variance } = tf.moments(x, -1, true);
  return tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon))), gamma), beta);
}
