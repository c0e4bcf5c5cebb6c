import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../backend/tensorflow.ts";

/** The input of a layer that has one. */
export function onlyInput(inputs: Tensor | readonly Tensor[]): Tensor {
  return Array.isArray(inputs) ? (inputs[0] as Tensor) : (inputs as Tensor);
}

/** What a layer is called with beside its inputs. */
export interface CallOptions {
  readonly training?: boolean;
  /** Which steps [n, T] are no padding; absent: all. */
  readonly mask?: Tensor | readonly Tensor[] | null;
}

/** The mask as numbers 0 and 1 [n, T]; null where nothing is masked. */
export function maskOf(tf: TensorFlow, { mask }: CallOptions): Tensor | null {
  const given = Array.isArray(mask) ? (mask[0] as Tensor | null | undefined) : (mask as Tensor | null | undefined);
  return given ? tf.cast(given, "float32") : null;
}

/** x [..., k] times w [k, m], whatever number of dimensions x has. */
export function timesMatrix(tf: TensorFlow, x: Tensor, w: Tensor): Tensor {
  const [k, m] = w.shape as [number, number];
  return tf.reshape(tf.matMul(tf.reshape(x, [-1, k]), w), [...x.shape.slice(0, -1), m]);
}
