import type { Tensor } from "@tensorflow/tfjs-core";
import type { Layers, TensorFlow } from "../backend/tensorflow.ts";
import { onlyInput } from "./custom-layer.ts";

export type GeluClass = new (config: { readonly name?: string }) => InstanceType<Layers["layers"]["Layer"]>;

// 2 sqrt(2 / pi): 0.5 (1 + tanh(z)) is sigmoid(2 z).
const scale = 1.5957691216057308;

/** The Gaussian error linear unit of Hendrycks & Gimpel (2016) in its tanh form. */
export function defineGelu(tf: TensorFlow, { layers }: Layers): GeluClass {
  return class Gelu extends layers.Layer {
    static readonly className = "VernierGelu";

    constructor(config: { readonly name?: string }) {
      super(config as never);
      this.supportsMasking = true;
    }

    override call(inputs: Tensor | Tensor[]): Tensor {
      return tf.tidy(() => gelu(tf, onlyInput(inputs)));
    }
  };
}

/** The unit itself. On "wasm" it and its gradient are one kernel each. */
export function gelu(tf: TensorFlow, x: Tensor): Tensor {
  if (!tf.getKernel("VernierGelu", tf.getBackend())) {
    const slope = tf.add(tf.mul(tf.square(x), scale * 0.044715), scale);
    return tf.mul(x, tf.sigmoid(tf.mul(x, slope)));
  }
  const unit = tf.customGrad((given, save) => {
    const x = given as Tensor;
    (save as (tensors: Tensor[]) => void)([x]);
    return {
      value: tf.engine().runKernel("VernierGelu", { x }) as Tensor,
      gradFunc: (dy: Tensor, saved: Tensor[]) =>
        tf.engine().runKernel("VernierGeluGradient", { dy, x: saved[0] as Tensor }) as Tensor,
    };
  });
  return unit(x);
}
