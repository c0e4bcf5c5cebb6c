import type { Tensor } from "@tensorflow/tfjs-core";
import type { Layers, TensorFlow } from "../backend/tensorflow.ts";
import { onlyInput } from "./custom-layer.ts";

export interface PositionEmbeddingConfig {
  readonly name?: string;
  readonly seed: number;
}

export type PositionEmbeddingClass = new (config: PositionEmbeddingConfig) => InstanceType<Layers["layers"]["Layer"]>;

/** Adds a learned vector for each position to [n, T, width]. */
export function definePositionEmbedding(tf: TensorFlow, { layers, initializers }: Layers): PositionEmbeddingClass {
  return class PositionEmbedding extends layers.Layer {
    static readonly className = "VernierPositionEmbedding";
    readonly seed: number;
    positions: ReturnType<typeof this.addWeight> | undefined;

    constructor(config: PositionEmbeddingConfig) {
      super(config as never);
      this.seed = config.seed;
      this.supportsMasking = true;
    }

    override build(shape: unknown): void {
      const [, length, width] = shape as [null, number, number];
      const limit = Math.sqrt(3 / width);
      const uniform = initializers.randomUniform({ minval: -limit, maxval: limit, seed: this.seed });
      this.positions = this.addWeight("positions", [length, width], "float32", uniform);
      super.build(shape as never);
    }

    override call(inputs: Tensor | Tensor[]): Tensor {
      return tf.tidy(() => tf.add(onlyInput(inputs), (this.positions as { read(): Tensor }).read()));
    }

    override getConfig(): ReturnType<InstanceType<typeof layers.Layer>["getConfig"]> {
      return { ...super.getConfig(), seed: this.seed };
    }
  };
}
