import type { KernelBackend } from "@tensorflow/tfjs-core";
import { isDeviceLost } from "./gpu-device.ts";
import { isSpoiled } from "./tensor-allocation.ts";
import type { TensorFlow } from "./tensorflow.ts";

// What TensorFlow.js registers its own with; the highest is its default.
const priorities: Readonly<Record<string, number>> = { cpu: 1, wasm: 2, webgpu: 3 };

/** Whether a started backend can compute no more. */
export function isLost(tf: TensorFlow, name: string): boolean {
  const backend = tf.engine().registry[name];
  return backend !== undefined && (isDeviceLost(backend) || isSpoiled(backend));
}

/** Takes a lost backend away, so that the next start makes another one. */
export function forgetLost(tf: TensorFlow, name: string): void {
  if (!isLost(tf, name)) return;
  const backend = tf.engine().registry[name] as KernelBackend;
  // Tensors that are there still live in the old one, until they are disposed of or the new one moves them to itself.
  backend.dispose = () => {};
  const factory = tf.findBackendFactory(name);
  tf.removeBackend(name);
  tf.registerBackend(name, factory, priorities[name]);
}
