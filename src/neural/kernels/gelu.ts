import type { TensorInfo } from "@tensorflow/tfjs-core";
import { type Kernel, sizeOf } from "./kernel.ts";

/** The Gaussian error linear unit. */
export const geluForward: Kernel = {
  name: "VernierGelu",
  run(inputs, _attributes, memory) {
    const { x } = inputs as { x: TensorInfo };
    const out = memory.output(x.shape, "float32");
    memory.kernels.tensorGelu(sizeOf(x.shape), memory.pointer(x), memory.pointer(out));
    return out;
  },
};

/** Its gradient. */
export const geluGradient: Kernel = {
  name: "VernierGeluGradient",
  run(inputs, _attributes, memory) {
    const { dy, x } = inputs as { dy: TensorInfo; x: TensorInfo };
    const out = memory.output(x.shape, "float32");
    memory.kernels.tensorGeluGradient(sizeOf(x.shape), memory.pointer(dy), memory.pointer(x), memory.pointer(out));
    return out;
  },
};
