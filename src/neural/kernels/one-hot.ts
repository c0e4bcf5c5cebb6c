import type { DataType, TensorInfo } from "@tensorflow/tfjs-core";
import { VernierError } from "../../core/errors.ts";
import { type Kernel, sizeOf } from "./kernel.ts";

/** One-hot rows; stock: writes the bits of whole numbers into float32 tensors. */
export const oneHot: Kernel = {
  name: "OneHot",
  run(inputs, attributes, memory) {
    const { indices } = inputs as { indices: TensorInfo };
    const { depth, onValue, offValue } = attributes as { depth: number; onValue: number; offValue: number };
    const dtype = attributes["dtype"] as DataType;
    if (dtype !== "float32" && dtype !== "int32") {
      throw new VernierError(
        "unsupported",
        `"oneHot": expected dtype float32 or int32 on the wasm backend, got ${dtype}`,
      );
    }
    const values = [onValue, offValue];
    const [on, off] = dtype === "int32" ? values : new Int32Array(new Float32Array(values).buffer);
    const out = memory.output([...indices.shape, depth], dtype);
    const [from, to] = [memory.pointer(indices), memory.pointer(out)];
    memory.kernels.tensorOneHot(sizeOf(indices.shape), depth, from, on as number, off as number, to);
    return out;
  },
};
