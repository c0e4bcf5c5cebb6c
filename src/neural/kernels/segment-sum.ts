import type { TensorInfo } from "@tensorflow/tfjs-core";
import { VernierError } from "../../core/errors.ts";
import { type Kernel, sizeOf } from "./kernel.ts";

/** Sums of rows by segment, the gradient of every embedding; stock: missing. */
export const segmentSum: Kernel = {
  name: "UnsortedSegmentSum",
  run(inputs, attributes, memory) {
    const { x, segmentIds } = inputs as { x: TensorInfo; segmentIds: TensorInfo };
    const segments = Number(attributes["numSegments"]);
    if (segmentIds.shape.length !== 1 || segmentIds.shape[0] !== x.shape[0]) {
      throw new VernierError(
        "invalid-argument",
        `"segmentIds": expected one for each of ${x.shape[0] ?? 0} rows, got shape [${segmentIds.shape.join(", ")}]`,
      );
    }
    if (x.dtype !== "float32" && x.dtype !== "int32") {
      throw new VernierError("unsupported", `"unsortedSegmentSum": expected float32 or int32, got ${x.dtype}`);
    }
    const rest = x.shape.slice(1);
    const out = memory.output([segments, ...rest], x.dtype);
    const [from, ids, to] = [memory.pointer(x), memory.pointer(segmentIds), memory.pointer(out)];
    const whole = x.dtype === "int32";
    memory.kernels.tensorSegmentSum(x.shape[0] as number, sizeOf(rest), segments, from, ids, whole, to);
    return out;
  },
};
