import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "./tensorflow.ts";

/**
 * The gradients of conv2d and depthwiseConv2d for any dilations. The stock ones refuse those above 1, for whose sake
 * Vernier's kernels on the WebAssembly backend take them; on other backends they still are refused.
 */
export function registerConvGradients(tf: TensorFlow): void {
  registerGradient(tf, "Conv2D", "Conv2DBackprop");
  registerGradient(tf, "DepthwiseConv2dNative", "DepthwiseConv2dNativeBackprop");
}

function registerGradient(tf: TensorFlow, name: string, kernel: string): void {
  const stock = tf.getGradient(name);
  tf.registerGradient({
    ...stock,
    gradFunc(dy, saved, attributes) {
      if (tf.getBackend() !== "wasm") return stock.gradFunc(dy, saved, attributes);
      const [x, filter] = saved as [Tensor4D, Tensor4D];
      const run = (of: string, inputs: Record<string, Tensor>, shape: object): Tensor =>
        tf.engine().runKernel(kernel + of, inputs, { ...attributes, ...shape });
      return {
        x: () => run("Input", { dy: dy as Tensor, filter }, { inputShape: x.shape }),
        filter: () => run("Filter", { x, dy: dy as Tensor }, { filterShape: filter.shape }),
      };
    },
  });
}
