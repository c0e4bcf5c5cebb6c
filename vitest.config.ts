import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string): string => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

// A file for the counts of the run, where one is wanted.
const results = process.env["VERNIER_TEST_RESULTS"];

export default defineConfig({
  resolve: {
    // Unit tests read the sources; tests that start workers or other runtimes use the built package.
    alias: {
      "#core-module": source("wasm/module.ts"),
      "#surrogate-module": source("wasm/surrogate-module.ts"),
      "#models-module": source("wasm/models-module.ts"),
      "#trees-module": source("wasm/trees-module.ts"),
      "#math-module": source("wasm/math-module.ts"),
      "#tensorflow-platform": source("platform/node-tensorflow.ts"),
      "#platform": source("platform/node.ts"),
      "#search-worker": source("platform/node-search.ts"),
      "#network-worker": source("platform/node-network.ts"),
      "#parent": source("platform/node-parent.ts"),
    },
  },
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/support/setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: results === undefined ? ["default"] : ["default", ["json", { outputFile: results }]],
  },
});
