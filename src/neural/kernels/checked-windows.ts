import type { KernelFunc, NamedAttrMap, TensorInfo } from "@tensorflow/tfjs-core";
import { VernierError } from "../../core/errors.ts";
import type { TensorFlow } from "../backend/tensorflow.ts";

type Pair = number | [number, number];
type Shape4 = [number, number, number, number];

const convolutions = ["Conv2D", "FusedConv2D", "DepthwiseConv2dNative", "FusedDepthwiseConv2D"];
const pools = ["MaxPool", "AvgPool"];

/**
 * Refuses windows whose number TensorFlow.js counts otherwise than its WebAssembly code, which then writes past the result:
 * it takes one padding for all sides with the filter's height and the stride of rows on both axes, and may round up.
 */
export function checkWindows(tf: TensorFlow): void {
  for (const name of [...convolutions, ...pools]) {
    const stock = tf.getKernel(name, "wasm");
    const kernelFunc: KernelFunc = (call) => {
      const { x, filter } = call.inputs as { x: TensorInfo; filter?: TensorInfo };
      check(tf, name, x.shape as Shape4, filter?.shape as Shape4 | undefined, call.attrs ?? {});
      return stock.kernelFunc(call);
    };
    tf.unregisterKernel(name, "wasm");
    tf.registerKernel({ ...stock, kernelFunc });
  }
}

function check(
  tf: TensorFlow,
  name: string,
  input: Shape4,
  filter: Shape4 | undefined,
  attributes: NamedAttrMap,
): void {
  const { strides, pad, dilations, dimRoundingMode, filterSize } = attributes as {
    strides: Pair;
    pad: "same" | "valid" | number;
    dilations?: Pair;
    dimRoundingMode?: "floor" | "round" | "ceil";
    filterSize?: Pair;
  };
  if (pad === "same" || pad === "valid") return;
  const info =
    filter === undefined
      ? tf.backend_util.computePool2DInfo(input, filterSize as [number, number], strides, 1, pad, dimRoundingMode)
      : tf.backend_util.computeConv2DInfo(
          input,
          filter,
          strides,
          dilations ?? 1,
          pad,
          dimRoundingMode,
          name.includes("Depthwise"),
        );
  const { top, bottom, left, right } = info.padInfo;
  const rows = Math.floor((info.inHeight + top + bottom - info.effectiveFilterHeight) / info.strideHeight) + 1;
  const columns = Math.floor((info.inWidth + left + right - info.effectiveFilterWidth) / info.strideWidth) + 1;
  if (rows === info.outHeight && columns === info.outWidth) return;
  throw new VernierError(
    "unsupported",
    `"${name}": expected [${rows}, ${columns}] windows, but TensorFlow.js counts [${info.outHeight}, ${info.outWidth}]; ` +
      "with a number as padding use a square filter, equal strides and no dimRoundingMode, or pad each side explicitly",
  );
}
