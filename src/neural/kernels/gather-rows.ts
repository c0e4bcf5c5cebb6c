import type { TensorInfo } from "@tensorflow/tfjs-core";
import { type Kernel, sizeOf } from "./kernel.ts";

/** Rows by their numbers, as embeddings look them up; stock: entry by entry. */
export const gatherRows: Kernel = {
  name: "GatherV2",
  run(inputs, attributes, memory, _tf, stock) {
    const { x, indices } = inputs as { x: TensorInfo; indices: TensorInfo };
    const { axis, batchDims } = attributes as { axis: number; batchDims?: number };
    const isRows = axis === 0 && !batchDims && x.shape.length > 0 && indices.dtype === "int32";
    if (!isRows || (x.dtype !== "float32" && x.dtype !== "int32")) return stock();
    const rest = x.shape.slice(1);
    const out = memory.output([...indices.shape, ...rest], x.dtype);
    const [from, ids, to] = [x, indices, out].map(memory.pointer) as [number, number, number];
    const [all, rows] = [x.shape[0] as number, sizeOf(indices.shape)];
    if (memory.kernels.tensorGatherRows(all, sizeOf(rest), rows, from, ids, to)) return out;
    // The stock kernel says which number is outside.
    memory.backend.disposeData(out.dataId);
    return stock();
  },
};
