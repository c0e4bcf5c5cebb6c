import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "./tensorflow.ts";

/**
 * The gradient of conv2d for any dilations. The stock one refuses those above 1, for whose sake Vernier's kernels on the
 * WebAssembly backend take them; on other backends they still are refused.
 */
export function registerConvGradient(tf: TensorFlow): void {
  const stock = tf.getGradient("Conv2D");
  tf.registerGradient({
    ...stock,
    gradFunc(dy, saved, attributes) {
      if (tf.getBackend() !== "wasm") return stock.gradFunc(dy, saved, attributes);
      const [x, filter] = saved as [Tensor4D, Tensor4D];
      const run = (name: string, inputs: Record<string, Tensor>, shape: object): Tensor =>
        tf.engine().runKernel(name, inputs, { ...attributes, ...shape });
      return {
        x: () => run("Conv2DBackpropInput", { dy: dy as Tensor, filter }, { inputShape: x.shape }),
        filter: () => run("Conv2DBackpropFilter", { x, dy: dy as Tensor }, { filterShape: filter.shape }),
      };
    },
  });
}
