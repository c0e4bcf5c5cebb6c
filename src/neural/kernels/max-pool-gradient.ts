import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Kernel } from "./kernel.ts";

/** The gradient of max-pooling; stock: wrong where a window's maximum is negative. */
export const maxPoolGradient: Kernel = {
  name: "MaxPoolGrad",
  run(inputs, attributes, memory, tf) {
    const { dy, input } = inputs as { dy: TensorInfo; input: TensorInfo };
    const { filterSize, strides, pad, dimRoundingMode } = attributes as {
      filterSize: [number, number];
      strides: [number, number];
      pad: "same" | "valid" | number;
      dimRoundingMode?: "floor" | "round" | "ceil";
    };
    const shape = input.shape as [number, number, number, number];
    const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    const out = memory.output(shape, "float32");
    memory.kernels.tensorMaxPoolGradient(
      memory.pointer(input),
      memory.pointer(dy),
      memory.pointer(out),
      info.batchSize,
      info.inHeight,
      info.inWidth,
      info.inChannels,
      info.outHeight,
      info.outWidth,
      info.filterHeight,
      info.filterWidth,
      info.strideHeight,
      info.strideWidth,
      info.padInfo.top,
      info.padInfo.left,
    );
    return out;
  },
};
