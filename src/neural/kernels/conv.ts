import type { TensorInfo } from "@tensorflow/tfjs-core";
import { VernierError } from "../../core/errors.ts";
import type { TensorMemory } from "../backend/tensor-memory.ts";
import type { TensorFlow } from "../backend/tensorflow.ts";
import type { Kernel } from "./kernel.ts";

type Conv2DInfo = ReturnType<TensorFlow["backend_util"]["computeConv2DInfo"]>;
type Shape4 = [number, number, number, number];
type Pair = number | [number, number];

/** What the kernels of convolutions take after their tensors: of batch, x, dy, filter, strides, dilations, padding. */
// biome-ignore format: by meaning
type Geometry = [
  batch: number, height: number, width: number, inChannels: number, outHeight: number, outWidth: number, channels: number,
  filterHeight: number, filterWidth: number, sy: number, sx: number, ry: number, rx: number, top: number, left: number,
];

/** A convolution's gradient with respect to its filter; stock: missing. */
export const convFilterGradient: Kernel = {
  name: "Conv2DBackpropFilter",
  run({ x, dy }, attributes, memory, tf) {
    const { filterShape } = attributes as { filterShape: Shape4 };
    const info = convInfo(tf, (x as TensorInfo).shape, filterShape, attributes, false);
    const out = memory.output(filterShape, "float32");
    const [inputs, gradients, to] = pointers(memory, x, dy, out);
    const { tensorConvFilterGradient, tensorConvFilterScratch } = memory.kernels;
    memory.scratch(tensorConvFilterScratch(info.outChannels), (scratch) =>
      tensorConvFilterGradient(inputs, gradients, to, ...geometry(info, info.outChannels), scratch),
    );
    return out;
  },
};

/** A convolution's gradient with respect to its input, which a transposed convolution is too; stock: a scalar loop. */
export const convInputGradient: Kernel = {
  name: "Conv2DBackpropInput",
  run({ dy, filter }, attributes, memory, tf) {
    const { inputShape } = attributes as { inputShape: Shape4 };
    const info = convInfo(tf, inputShape, (filter as TensorInfo).shape, attributes, false);
    const out = memory.output(inputShape, "float32");
    const [gradients, weights, to] = pointers(memory, dy, filter, out);
    const { tensorConvInputGradient, tensorConvInputScratch } = memory.kernels;
    const bytes = tensorConvInputScratch(info.filterHeight * info.filterWidth, info.inChannels, info.outChannels);
    memory.scratch(bytes, (scratch) =>
      tensorConvInputGradient(gradients, weights, to, ...geometry(info, info.outChannels), scratch),
    );
    return out;
  },
};

/** A depthwise convolution's gradient with respect to its filter; stock: missing. */
export const depthwiseFilterGradient: Kernel = {
  name: "DepthwiseConv2dNativeBackpropFilter",
  run({ x, dy }, attributes, memory, tf) {
    const { filterShape } = attributes as { filterShape: Shape4 };
    const info = convInfo(tf, (x as TensorInfo).shape, filterShape, attributes, true);
    const out = memory.output(filterShape, "float32");
    const [inputs, gradients, to] = pointers(memory, x, dy, out);
    memory.kernels.tensorDepthwiseFilterGradient(inputs, gradients, to, ...geometry(info, filterShape[3]));
    return out;
  },
};

/** A depthwise convolution's gradient with respect to its input; stock: missing. */
export const depthwiseInputGradient: Kernel = {
  name: "DepthwiseConv2dNativeBackpropInput",
  run({ dy, filter }, attributes, memory, tf) {
    const { inputShape } = attributes as { inputShape: Shape4 };
    const { shape } = filter as TensorInfo;
    const info = convInfo(tf, inputShape, shape, attributes, true);
    const out = memory.output(inputShape, "float32");
    const [gradients, weights, to] = pointers(memory, dy, filter, out);
    memory.kernels.tensorDepthwiseInputGradient(gradients, weights, to, ...geometry(info, shape[3] as number));
    return out;
  },
};

function convInfo(
  tf: TensorFlow,
  inputShape: readonly number[],
  filterShape: readonly number[],
  attributes: object,
  depthwise: boolean,
): Conv2DInfo {
  const { strides, pad, dilations, dimRoundingMode, dataFormat } = attributes as {
    strides: Pair;
    pad: "same" | "valid" | number;
    dilations?: Pair;
    dimRoundingMode?: "floor" | "round" | "ceil";
    dataFormat?: "NHWC" | "NCHW";
  };
  if (dataFormat === "NCHW") {
    throw new VernierError("unsupported", '"dataFormat": expected "NHWC" on the wasm backend, got "NCHW"');
  }
  return tf.backend_util.computeConv2DInfo(
    inputShape as Shape4,
    filterShape as Shape4,
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
    depthwise,
  );
}

function geometry(info: Conv2DInfo, channels: number): Geometry {
  return [
    info.batchSize,
    info.inHeight,
    info.inWidth,
    info.inChannels,
    info.outHeight,
    info.outWidth,
    channels,
    info.filterHeight,
    info.filterWidth,
    info.strideHeight,
    info.strideWidth,
    info.dilationHeight,
    info.dilationWidth,
    info.padInfo.top,
    info.padInfo.left,
  ];
}

function pointers(memory: TensorMemory, ...tensors: (TensorInfo | undefined)[]): [number, number, number] {
  return tensors.map((tensor) => memory.pointer(tensor as TensorInfo)) as [number, number, number];
}
