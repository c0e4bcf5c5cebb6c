import type { Tensor } from "@tensorflow/tfjs-core";
import type { Layers, TensorFlow } from "../backend/tensorflow.ts";
import { type CallOptions, maskOf, onlyInput } from "./custom-layer.ts";

export type MaskedMeanClass = new (config: { readonly name?: string }) => InstanceType<Layers["layers"]["Layer"]>;

/** The mean [n, width] over the steps of [n, T, width] that are no padding; zeros where all are. */
export function defineMaskedMean(tf: TensorFlow, { layers }: Layers): MaskedMeanClass {
  return class MaskedMean extends layers.Layer {
    static readonly className = "VernierMaskedMean";

    constructor(config: { readonly name?: string }) {
      super(config as never);
      this.supportsMasking = true;
    }

    override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor {
      return tf.tidy(() => {
        const x = onlyInput(inputs);
        const mask = maskOf(tf, options);
        if (mask === null) return tf.mean(x, 1);
        const counts = tf.maximum(tf.sum(mask, 1, true), 1);
        return tf.div(tf.sum(tf.mul(x, tf.expandDims(mask, 2)), 1), counts);
      });
    }

    override computeOutputShape(shape: unknown): (number | null)[] {
      const [n, , width] = shape as (number | null)[];
      return [n ?? null, width ?? null];
    }

    override computeMask(): Tensor {
      return null as unknown as Tensor;
    }
  };
}
