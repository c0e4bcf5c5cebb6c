// Makes of each script that a browser's worker runs one file that imports nothing: import maps do not reach into workers.
// Run after tsc, whose output for these scripts it replaces.
import { build } from "esbuild";

await build({
  entryPoints: [
    "src/platform/web-worker.ts",
    "src/platform/web-search-worker.ts",
    "src/platform/web-network-worker.ts",
  ],
  outdir: "build/js/platform",
  platform: "browser",
  bundle: true,
  // For the bundler of the page, which has it as the page does.
  external: ["@tensorflow/*"],
  minifyWhitespace: true,
  format: "esm",
  target: "es2022",
  sourcemap: true,
  logLevel: "warning",
});
