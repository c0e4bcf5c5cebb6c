import type { Tensor } from "@tensorflow/tfjs-core";
import { layerNorm } from "./layer-norm.ts";
import type { Layers, TensorFlow } from "../backend/tensorflow.ts";
import { onlyInput } from "./custom-layer.ts";

export type LayerNormalizationClass = new (config: {
  readonly name?: string;
}) => InstanceType<Layers["layers"]["Layer"]>;

/** Layer normalization over the last axis by `layerNorm`; the stock layer tiles its statistics. */
export function defineLayerNormalization(tf: TensorFlow, { layers, initializers }: Layers): LayerNormalizationClass {
  return class LayerNormalization extends layers.Layer {
    static readonly className = "VernierLayerNormalization";
    gamma: ReturnType<typeof this.addWeight> | undefined;
    beta: ReturnType<typeof this.addWeight> | undefined;

    constructor(config: { readonly name?: string }) {
      super(config as never);
      this.supportsMasking = true;
    }

    override build(shape: unknown): void {
      const width = (shape as number[]).at(-1) as number;
      this.gamma = this.addWeight("gamma", [width], "float32", initializers.ones());
      this.beta = this.addWeight("beta", [width], "float32", initializers.zeros());
      super.build(shape as never);
    }

    override call(inputs: Tensor | Tensor[]): Tensor {
      const read = (weight: { read(): Tensor } | undefined): Tensor => (weight as { read(): Tensor }).read();
      return tf.tidy(() => layerNorm(tf, onlyInput(inputs), read(this.gamma), read(this.beta)));
    }
  };
}
