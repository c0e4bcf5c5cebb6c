import type { NamedAttrMap, TensorInfo } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../backend/tensorflow.ts";
import type { TensorMemory } from "../backend/tensor-memory.ts";

/** A kernel's tensors by name; those that a call leaves out are undefined. */
export type Inputs = Readonly<Record<string, TensorInfo>>;

/** An operation of TensorFlow.js on the WebAssembly backend. */
export interface Kernel {
  /** As TensorFlow.js names the operation. */
  readonly name: string;
  /** `stock` makes the same call of the kernel that this one takes the place of. */
  run(
    inputs: Inputs,
    attributes: NamedAttrMap,
    memory: TensorMemory,
    tf: TensorFlow,
    stock: () => TensorInfo | TensorInfo[],
  ): TensorInfo | TensorInfo[];
}

/** The product of the dimensions. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}
