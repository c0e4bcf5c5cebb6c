import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Kernel } from "./kernel.ts";

/** Attention by head of queries, keys and values x [n, T, 3, heads, width]: what each step gets, and of whom how much. */
export const attentionForward: Kernel = {
  name: "VernierAttention",
  run(inputs, attributes, memory) {
    const { x, mask } = inputs as { x: TensorInfo; mask?: TensorInfo };
    const [n, T, , heads, width] = x.shape as [number, number, number, number, number];
    const { tensorAttention, tensorAttentionScratch } = memory.kernels;
    const out = memory.output([n, T, heads, width], "float32");
    const shares = memory.output([n, heads, T, T], "float32");
    const masked = mask === undefined ? 0 : memory.pointer(mask);
    memory.scratch(tensorAttentionScratch(T, width), (scratch) => {
      const [from, share, to] = [x, shares, out].map(memory.pointer) as [number, number, number];
      tensorAttention(n, T, heads, width, from, masked, Number(attributes["scale"]), share, to, scratch);
    });
    return [out, shares];
  },
};

/** Its gradient with respect to x. */
export const attentionGradient: Kernel = {
  name: "VernierAttentionGradient",
  run(inputs, attributes, memory) {
    const { dy, x, shares } = inputs as Record<"dy" | "x" | "shares", TensorInfo>;
    const [n, T, , heads, width] = x.shape as [number, number, number, number, number];
    const { tensorAttentionGradient, tensorAttentionGradientScratch } = memory.kernels;
    const out = memory.output(x.shape, "float32");
    memory.scratch(tensorAttentionGradientScratch(T, width), (scratch) => {
      const [from, input, share, to] = [dy, x, shares, out].map(memory.pointer) as [number, number, number, number];
      tensorAttentionGradient(n, T, heads, width, from, input, Number(attributes["scale"]), share, to, scratch);
    });
    return out;
  },
};
