import { platform } from "#platform";
import type { TensorflowPlatform } from "../neural/tensorflow-platform.ts";
import { hasGpu } from "./gpu.ts";

/** Runtimes without files: browsers, where TensorFlow.js's WebAssembly files lie beside the script unless told otherwise. */
export const tensorflowPlatform: TensorflowPlatform = {
  // A classic script's bundle has no address: the page's folder then.
  wasmFolder: () => (import.meta.url ? new URL(".", import.meta.url).href : "./"),
  withoutRethrow: (work) => work(),
  hasGpu,
  nextTurn: () => platform.clock.nextTurn(),
  files: null,
};
