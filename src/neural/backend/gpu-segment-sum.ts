import type { KernelFunc, Tensor, Tensor1D, TensorInfo } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "./tensorflow.ts";

const NAME = "UnsortedSegmentSum";
let mended = false;

/** Rows whose segment is outside are in no sum; on WebGPU TensorFlow.js adds them to sums of others. */
export function mendSegmentSum(tf: TensorFlow): void {
  if (mended) return;
  mended = true;
  const stock = tf.getKernel(NAME, "webgpu");
  const kernelFunc: KernelFunc = (call) => {
    const { numSegments } = call.attrs as { readonly numSegments: number };
    return tf.tidy(() => {
      // One more segment on each side takes what is outside.
      const ids = tf.clipByValue(call.inputs["segmentIds"] as Tensor1D, -1, numSegments);
      const inputs = { x: call.inputs["x"] as Tensor, segmentIds: tf.add(ids, tf.scalar(1, "int32")) };
      const sums = stock.kernelFunc({ ...call, inputs, attrs: { numSegments: numSegments + 2 } }) as TensorInfo;
      return tf.slice(tf.engine().makeTensorFromTensorInfo(sums), 1, numSegments);
    });
  };
  tf.unregisterKernel(NAME, "webgpu");
  tf.registerKernel({ ...stock, kernelFunc });
}
