import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { TensorflowPlatform } from "../neural/backend/tensorflow-platform.ts";
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
  // Threads share the working directory.
  absolute: (folder) => folder,
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
  files: {
    async read(folder, name) {
      return new Uint8Array(await readFile(join(pathOf(folder), name)));
    },
    async write(folder, name, bytes) {
      await mkdir(pathOf(folder), { recursive: true });
      await writeFile(join(pathOf(folder), name), bytes);
    },
  },
};

function pathOf(folder: string): string {
  return /^file:/i.test(folder) ? fileURLToPath(folder) : folder;
}

function rethrows(listener: Listener): boolean {
  return /^function\s*\w*\((\w+)\)\s*\{(\s*if\s*\(!\(\1 instanceof \w+\)\)\s*\{?)?\s*throw \1;?\s*\}?\s*\}$/.test(
    String(listener),
  );
}
