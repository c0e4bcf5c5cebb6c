// Compiles assembly/ twice (release and checked debug) and inlines the release module as base64.
// Writes build/core.wasm, core.debug.wasm, core.base64.js, core-exports.d.ts.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const asc = createRequire(import.meta.url).resolve("assemblyscript/bin/asc.js");

for (const target of ["release", "debug"]) {
  const run = spawnSync(process.execPath, [asc, "--target", target], { stdio: "inherit" });
  if (run.status !== 0) process.exit(run.status ?? 1);
}

const base64 = readFileSync("build/core.wasm").toString("base64");
writeFileSync("build/core.base64.js", `export const coreBase64 =\n  "${base64}";\n`);
writeFileSync("build/core.wasm.d.ts", "declare const module: WebAssembly.Module;\nexport default module;\n");
writeFileSync("build/core.base64.d.ts", "export declare const coreBase64: string;\n");

// asc's raw bindings describe the exports; the loader adds what is missing at run time, so only the types are kept.
const declared = readFileSync("build/core.d.ts", "utf8");
const start = declared.indexOf("declare namespace __AdaptedExports {");
const end = declared.indexOf("\n}", start);
if (start < 0 || end < 0) throw new Error("asc's declarations have another form: no __AdaptedExports");
const members = declared
  .slice(declared.indexOf("{", start) + 1, end)
  .replace(/export const memory: WebAssembly\.Memory;/, "readonly memory: WebAssembly.Memory;")
  .replace(/export function (\w+)/g, "$1");
writeFileSync("build/core-exports.d.ts", `export interface CoreExports {${members}\n}\n`);
