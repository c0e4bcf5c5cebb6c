import { VernierError } from "../../core/errors.ts";
import type { Layers } from "./tensorflow.ts";

// 4 GiB in single precision, all that WebAssembly has.
const LIMIT = 1_073_741_824;

interface LayerPrototype {
  addWeight(name: string, shape: readonly number[], ...rest: unknown[]): unknown;
}

const limited = new WeakSet<object>();

/** Refuses weights of 2^30 numbers and more before TensorFlow.js draws every one of them, which takes minutes. */
export function limitWeights({ layers }: Layers): void {
  const prototype = layers.Layer.prototype as unknown as LayerPrototype;
  if (limited.has(prototype)) return;
  limited.add(prototype);
  const { addWeight } = prototype;
  prototype.addWeight = function (this: { readonly name: string }, name, shape, ...rest) {
    if (shape.reduce((size, length) => size * length, 1) >= LIMIT) {
      throw new VernierError(
        "unsupported",
        `out of memory: expected fewer than 2^30 numbers in "${name}" of layer "${this.name}", got shape [${shape.join(", ")}]`,
      );
    }
    return addWeight.call(this, name, shape, ...rest);
  };
}
