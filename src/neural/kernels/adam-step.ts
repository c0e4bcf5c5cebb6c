import type { TensorInfo } from "@tensorflow/tfjs-core";
import { type Kernel, sizeOf } from "./kernel.ts";

/**
 * A step of Adam: the moments change in place, the weights are a new tensor. In place they may not: the stock convolutions
 * keep a packed copy of a filter for as long as its tensor lives.
 */
export const adamStep: Kernel = {
  name: "VernierAdamStep",
  run(inputs, attributes, memory) {
    const { weights, first, second, gradient } = inputs as Record<
      "weights" | "first" | "second" | "gradient",
      TensorInfo
    >;
    const { rate, beta1, beta2, rest1, rest2, epsilon } = attributes as Record<string, number>;
    const out = memory.output(weights.shape, "float32");
    const [w, m, v, g, to] = [weights, first, second, gradient, out].map(memory.pointer) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const size = sizeOf(weights.shape);
    // biome-ignore format: by meaning
    memory.kernels.tensorAdam(
      size, w, m, v, g, to,
      rate as number, beta1 as number, beta2 as number, rest1 as number, rest2 as number, epsilon as number,
    );
    return out;
  },
};
