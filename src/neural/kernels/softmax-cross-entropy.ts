import type { TensorInfo } from "@tensorflow/tfjs-core";
import { type Kernel, sizeOf } from "./kernel.ts";

/** The cross entropies of rows of logits, and their gradient, in one pass. */
export const softmaxCrossEntropyKernel: Kernel = {
  name: "VernierSoftmaxCrossEntropy",
  run(inputs, _attributes, memory) {
    const { logits, labels } = inputs as { logits: TensorInfo; labels: TensorInfo };
    const outer = logits.shape.slice(0, -1);
    const losses = memory.output(outer, "float32");
    const gradient = memory.output(logits.shape, "float32");
    const [x, t, loss, g] = [logits, labels, losses, gradient].map(memory.pointer) as [number, number, number, number];
    memory.kernels.tensorSoftmaxCrossEntropy(sizeOf(outer), logits.shape.at(-1) as number, x, t, loss, g);
    return [losses, gradient];
  },
};
