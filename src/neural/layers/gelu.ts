import type { Tensor } from "@tensorflow/tfjs-core";
import type { Layers, TensorFlow } from "../tensorflow.ts";
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
      return tf.tidy(() => {
        const x = onlyInput(inputs);
        const slope = tf.add(tf.mul(tf.square(x), scale * 0.044715), scale);
        return tf.mul(x, tf.sigmoid(tf.mul(x, slope)));
      });
    }
  };
}
