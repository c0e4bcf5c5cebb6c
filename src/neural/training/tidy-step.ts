import type { Tensor, TensorContainer } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../backend/tensorflow.ts";

/** `tf.tidy` for work with gradients: what TensorFlow.js keeps for them, it gives back only where the work succeeds. */
export function tidyStep<T extends TensorContainer>(tf: TensorFlow, work: () => T): T {
  const engine = tf.engine();
  const kept: Tensor[] = [];
  const { keep } = engine;
  engine.keep = (tensor) => {
    kept.push(tensor);
    return keep.call(engine, tensor) as typeof tensor;
  };
  try {
    return tf.tidy(work);
  } catch (error) {
    tf.dispose(kept);
    throw error;
  } finally {
    engine.keep = keep;
  }
}
