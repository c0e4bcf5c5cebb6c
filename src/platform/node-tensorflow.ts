import { createRequire } from "node:module";
import { dirname, sep } from "node:path";
import type { TensorflowPlatform } from "../neural/tensorflow-platform.ts";
import { hasGpu } from "./gpu.ts";
import { nodeClock } from "./node-clock.ts";

const events = ["uncaughtException", "unhandledRejection"] as const;
type Listener = (...args: unknown[]) => void;

/** Node, Deno and Bun: TensorFlow.js's WebAssembly files lie in the installed package. */
export const tensorflowPlatform: TensorflowPlatform = {
  wasmFolder() {
    const packageJson = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json");
    return `${dirname(packageJson)}${sep}dist${sep}`;
  },
  async withoutRethrow(work) {
    const listeners = (event: string): Listener[] => process.listeners(event as "exit") as Listener[];
    const before = events.map((event) => new Set(listeners(event)));
    try {
      return await work();
    } finally {
      events.forEach((event, i) => {
        // What others added meanwhile stays: the glue's handlers do nothing but throw what they are given.
        const added = listeners(event).filter((listener) => !before[i]?.has(listener) && rethrows(listener));
        for (const listener of added) process.removeListener(event, listener);
      });
    }
  },
  hasGpu,
  nextTurn: nodeClock.nextTurn,
};

function rethrows(listener: Listener): boolean {
  return /^function\s*\w*\((\w+)\)\s*\{(\s*if\s*\(!\(\1 instanceof \w+\)\)\s*\{?)?\s*throw \1;?\s*\}?\s*\}$/.test(
    String(listener),
  );
}
