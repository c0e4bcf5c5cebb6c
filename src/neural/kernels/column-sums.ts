import type { TensorInfo } from "@tensorflow/tfjs-core";
import { type Kernel, sizeOf } from "./kernel.ts";

/** Sums over the first axes, the gradient of every bias; stock: over the last axes, hence a copy in that order before. */
export const columnSums: Kernel = {
  name: "Sum",
  run(inputs, attributes, memory, tf, stock) {
    const { x } = inputs as { x: TensorInfo };
    const { axis, keepDims } = attributes as { axis: number | number[]; keepDims: boolean };
    const axes = tf.util.parseAxisParam(axis, x.shape).toSorted((a, b) => a - b);
    const isLeading = axes.length > 0 && axes.length < x.shape.length && axes.every((one, i) => one === i);
    if (!isLeading || x.dtype !== "float32" || sizeOf(x.shape) === 0) return stock();
    const rest = x.shape.slice(axes.length);
    const width = sizeOf(rest);
    const out = memory.output(keepDims ? [...axes.map(() => 1), ...rest] : rest, "float32");
    memory.kernels.tensorColumnSums(sizeOf(x.shape) / width, width, memory.pointer(x), 4 * width, memory.pointer(out));
    return out;
  },
};
