import type { Tensor } from "@tensorflow/tfjs-core";
import type { Layers, TensorFlow } from "../backend/tensorflow.ts";
import { type CallOptions, maskOf, onlyInput, timesMatrix } from "./custom-layer.ts";
import { scaledAttention } from "./scaled-attention.ts";

export interface AttentionConfig {
  readonly name?: string;
  /** Must divide the width of the input. */
  readonly heads: number;
  /** Share of the attention that is dropped while training. */
  readonly dropout: number;
  readonly kernelSeed: number;
  readonly outputSeed: number;
}

export type AttentionClass = new (config: AttentionConfig) => InstanceType<Layers["layers"]["Layer"]>;

/**
 * Multi-head self-attention over [n, T, width]: every step attends to all steps that are no padding.
 * Method: Vaswani et al. (2017), Attention is all you need.
 */
export function defineAttention(tf: TensorFlow, { layers, initializers }: Layers): AttentionClass {
  return class Attention extends layers.Layer {
    static readonly className = "VernierAttention";
    readonly config: AttentionConfig;
    weightsByName: Record<string, ReturnType<typeof this.addWeight>> = {};

    constructor(config: AttentionConfig) {
      super(config as never);
      this.config = config;
      this.supportsMasking = true;
    }

    override build(shape: unknown): void {
      const width = (shape as number[]).at(-1) as number;
      const { kernelSeed, outputSeed } = this.config;
      const limit = Math.sqrt(3 / width);
      const uniform = (seed: number) => initializers.randomUniform({ minval: -limit, maxval: limit, seed });
      const zeros = initializers.zeros();
      this.weightsByName = {
        kernel: this.addWeight("kernel", [width, 3 * width], "float32", uniform(kernelSeed)),
        bias: this.addWeight("bias", [3 * width], "float32", zeros),
        outputKernel: this.addWeight("output_kernel", [width, width], "float32", uniform(outputSeed)),
        outputBias: this.addWeight("output_bias", [width], "float32", zeros),
      };
      super.build(shape as never);
    }

    override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor {
      return tf.tidy(() => {
        const x = onlyInput(inputs);
        const [n, T, width] = x.shape as [number, number, number];
        const { heads, dropout } = this.config;
        const read = (name: string): Tensor => (this.weightsByName[name] as { read(): Tensor }).read();

        const all = tf.add(timesMatrix(tf, x, read("kernel")), read("bias"));
        const byHead = tf.reshape(all, [n, T, 3, heads, width / heads]);
        const attended = scaledAttention(tf, byHead, maskOf(tf, options), options.training ? dropout : 0);
        const joined = tf.reshape(attended, [n, T, width]);
        return tf.add(timesMatrix(tf, joined, read("outputKernel")), read("outputBias"));
      });
    }

    override getConfig(): ReturnType<InstanceType<typeof layers.Layer>["getConfig"]> {
      return { ...super.getConfig(), ...this.config };
    }
  };
}
