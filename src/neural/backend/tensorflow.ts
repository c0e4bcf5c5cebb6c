import type * as core from "@tensorflow/tfjs-core";
import type * as layers from "@tensorflow/tfjs-layers";
import { VernierError } from "../../core/errors.ts";

/** `@tensorflow/tfjs-core`. */
export type TensorFlow = typeof core;

/** `@tensorflow/tfjs-layers`. */
export type Layers = typeof layers;

/** A module of an optional peer dependency; throws "unsupported" where that is not installed. */
export async function peer<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const version = "4.22.0";
    throw new VernierError(
      "unsupported",
      `"${name}": expected the peer dependency to be installed (npm install ${name}@${version}), got ${String(cause)}`,
      { cause },
    );
  }
}

/** The core package with every gradient and chained operation, which by itself it does not register. */
export async function loadTensorFlow(): Promise<TensorFlow> {
  const tf = await peer("@tensorflow/tfjs-core", () => import("@tensorflow/tfjs-core"));
  await import("#tensorflow-parts");
  return tf;
}
