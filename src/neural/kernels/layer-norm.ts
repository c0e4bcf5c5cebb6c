import type { TensorInfo } from "@tensorflow/tfjs-core";
import { type Kernel, sizeOf } from "./kernel.ts";

/** Layer normalization over the last axis: the result, and each row's mean and scale for the gradient. */
export const layerNormForward: Kernel = {
  name: "VernierLayerNorm",
  run(inputs, attributes, memory) {
    const { x, gamma, beta } = inputs as Record<"x" | "gamma" | "beta", TensorInfo>;
    const outer = x.shape.slice(0, -1);
    const out = memory.output(x.shape, "float32");
    const means = memory.output(outer, "float32");
    const scales = memory.output(outer, "float32");
    const [from, g, b] = [memory.pointer(x), memory.pointer(gamma), memory.pointer(beta)];
    const [to, mean, scale] = [memory.pointer(out), memory.pointer(means), memory.pointer(scales)];
    const width = x.shape.at(-1) as number;
    memory.kernels.tensorLayerNorm(sizeOf(outer), width, from, g, b, Number(attributes["epsilon"]), to, mean, scale);
    return [out, means, scales];
  },
};

/** Its gradients with respect to x, gamma and beta. */
export const layerNormGradient: Kernel = {
  name: "VernierLayerNormGradient",
  run(inputs, _attributes, memory) {
    const { dy, x, gamma, means, scales } = inputs as Record<"dy" | "x" | "gamma" | "means" | "scales", TensorInfo>;
    const outputs = [
      memory.output(x.shape, "float32"),
      memory.output(gamma.shape, "float32"),
      memory.output(gamma.shape, "float32"),
    ];
    const pointers = [dy, x, gamma, means, scales, ...outputs].map(memory.pointer);
    const rows = sizeOf(x.shape.slice(0, -1));
    memory.kernels.tensorLayerNormGradient(
      rows,
      x.shape.at(-1) as number,
      ...(pointers as [number, number, number, number, number, number, number, number]),
    );
    return outputs;
  },
};
