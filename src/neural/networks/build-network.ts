import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { TensorFlow } from "../backend/tensorflow.ts";

/** What `build` builds; the weights that were made before it failed are given back. */
export function buildNetwork(tf: TensorFlow, build: () => LayersModel): LayersModel {
  const { registeredVariables } = tf.engine();
  const before = new Set(Object.keys(registeredVariables));
  try {
    return build();
  } catch (error) {
    for (const [name, variable] of Object.entries(registeredVariables)) {
      if (!before.has(name)) variable.dispose();
    }
    throw error;
  }
}
