import type { Inputs, Kernel } from "./kernel.ts";
import { guardKernels } from "../tensor-allocation.ts";
import { memoryOf, type WasmBackend } from "../tensor-memory.ts";
import type { TensorFlow } from "../tensorflow.ts";
import { adamStep } from "./adam-step.ts";
import { checkWindows } from "./checked-windows.ts";
import { convFilterGradient, convInputGradient, depthwiseFilterGradient, depthwiseInputGradient } from "./conv.ts";
import { layerNormForward, layerNormGradient } from "./layer-norm.ts";
import { batchMatMul, fusedMatMul } from "./mat-mul.ts";
import { maxPoolGradient } from "./max-pool-gradient.ts";
import { oneHot } from "./one-hot.ts";
import { refused } from "./refused.ts";
import { segmentSum } from "./segment-sum.ts";
import { softmaxCrossEntropyKernel } from "./softmax-cross-entropy.ts";

const kernels: readonly Kernel[] = [
  adamStep,
  batchMatMul,
  convFilterGradient,
  convInputGradient,
  depthwiseFilterGradient,
  depthwiseInputGradient,
  fusedMatMul,
  layerNormForward,
  layerNormGradient,
  maxPoolGradient,
  oneHot,
  segmentSum,
  softmaxCrossEntropyKernel,
  ...refused,
];

/**
 * Puts Vernier's kernels into the WebAssembly backends, in place of the stock ones where there are such. They work in the
 * memory of the backend that they are called with.
 */
export function registerKernels(tf: TensorFlow): void {
  checkWindows(tf);
  for (const { name, run } of kernels) {
    if (tf.getKernel(name, "wasm")) tf.unregisterKernel(name, "wasm");
    tf.registerKernel({
      kernelName: name,
      backendName: "wasm",
      kernelFunc: ({ inputs, attrs, backend }) =>
        run(inputs as Inputs, attrs ?? {}, memoryOf(backend as WasmBackend), tf),
    });
  }
  guardKernels(tf);
}
