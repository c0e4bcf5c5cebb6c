import { platform } from "#platform";
import type { TensorflowPlatform } from "../neural/backend/tensorflow-platform.ts";
import { hasGpu } from "./gpu.ts";

/** Runtimes without files: browsers, where TensorFlow.js's WebAssembly files lie beside the script unless told otherwise. */
export const tensorflowPlatform: TensorflowPlatform = {
  // A classic script's bundle has no address: the page's folder then.
  wasmFolder: () => (import.meta.url ? new URL(".", import.meta.url).href : "./"),
  absolute: (folder) => absoluteUrl(folder),
  withoutRethrow: (work) => work(),
  hasGpu,
  nextTurn: () => platform.clock.nextTurn(),
  files: null,
};

// A worker's relative addresses start from its script's, a page's from its own.
function absoluteUrl(folder: string): string {
  const scope = globalThis as { document?: { baseURI: string }; location?: { href: string } };
  const base = scope.document?.baseURI ?? scope.location?.href;
  return base === undefined ? folder : new URL(folder, base).href;
}
