import type { Tensor } from "@tensorflow/tfjs-core";
import type { Layers, TensorFlow } from "../backend/tensorflow.ts";

export type ResidualSumClass = new (config: { readonly name?: string }) => InstanceType<Layers["layers"]["Layer"]>;

/** x + y, masked as x is; the stock sum of masked inputs answers a mask of one dimension too many. */
export function defineResidualSum(tf: TensorFlow, { layers }: Layers): ResidualSumClass {
  return class ResidualSum extends layers.Layer {
    static readonly className = "VernierResidualSum";

    constructor(config: { readonly name?: string }) {
      super(config as never);
      this.supportsMasking = true;
    }

    override call(inputs: Tensor | Tensor[]): Tensor {
      const [x, y] = inputs as [Tensor, Tensor];
      return tf.add(x, y);
    }

    override computeOutputShape(shapes: unknown): (number | null)[] {
      return (shapes as (number | null)[][])[0] ?? [];
    }

    override computeMask(_inputs: unknown, masks?: Tensor | Tensor[]): Tensor {
      const first = Array.isArray(masks) ? masks[0] : masks;
      return (first ?? null) as Tensor;
    }
  };
}
