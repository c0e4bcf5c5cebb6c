import type { Inputs, Kernel } from "./kernel.ts";
import { guardKernels } from "../backend/tensor-allocation.ts";
import { memoryOf, type WasmBackend } from "../backend/tensor-memory.ts";
import type { TensorFlow } from "../backend/tensorflow.ts";
import { adamStep } from "./adam-step.ts";
import { attentionForward, attentionGradient } from "./attention.ts";
import { checkWindows } from "./checked-windows.ts";
import { columnSums } from "./column-sums.ts";
import { convFilterGradient, convInputGradient, depthwiseFilterGradient, depthwiseInputGradient } from "./conv.ts";
import { gatherRows } from "./gather-rows.ts";
import { geluForward, geluGradient } from "./gelu.ts";
import { layerNormForward, layerNormGradient } from "./layer-norm.ts";
import { batchMatMul, fusedMatMul } from "./mat-mul.ts";
import { maxPoolGradient } from "./max-pool-gradient.ts";
import { oneHot } from "./one-hot.ts";
import { recurrentForward, recurrentGradient } from "./recurrent.ts";
import { refused } from "./refused.ts";
import { segmentSum } from "./segment-sum.ts";
import { softmaxCrossEntropyKernel } from "./softmax-cross-entropy.ts";
import { transpose } from "./transpose.ts";

const kernels: readonly Kernel[] = [
  adamStep,
  attentionForward,
  attentionGradient,
  batchMatMul,
  columnSums,
  convFilterGradient,
  convInputGradient,
  depthwiseFilterGradient,
  depthwiseInputGradient,
  fusedMatMul,
  gatherRows,
  geluForward,
  geluGradient,
  layerNormForward,
  layerNormGradient,
  maxPoolGradient,
  oneHot,
  recurrentForward,
  recurrentGradient,
  segmentSum,
  softmaxCrossEntropyKernel,
  transpose,
  ...refused,
];

/**
 * Puts Vernier's kernels into the WebAssembly backends, in place of the stock ones where there are such. They work in the
 * memory of the backend that they are called with.
 */
export function registerKernels(tf: TensorFlow): void {
  checkWindows(tf);
  for (const { name, run } of kernels) {
    const stock = tf.getKernel(name, "wasm");
    if (stock) tf.unregisterKernel(name, "wasm");
    tf.registerKernel({
      kernelName: name,
      backendName: "wasm",
      kernelFunc: (call) =>
        run(call.inputs as Inputs, call.attrs ?? {}, memoryOf(call.backend as WasmBackend), tf, () =>
          stock.kernelFunc(call),
        ),
    });
  }
  guardKernels(tf);
}
