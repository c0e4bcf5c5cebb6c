// Compiles the modules of assembly/ and inlines them as text: for each module NAME it writes build/NAME.wasm, NAME.text.js
// and NAME-exports.d.ts, and of some a checked build NAME.debug.wasm. What two modules use both carry: each is
// instantiated alone. "kernels" has all that is in the first two, for tests and benchmarks; only its types ship. "tensor" works
// in TensorFlow.js's memory.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const modules = [
  { name: "core", entry: "assembly/search.ts", exports: "CoreExports" },
  { name: "surrogate", entry: "assembly/surrogate.ts", exports: "SurrogateExports" },
  { name: "models", entry: "assembly/models.ts", exports: "ModelsExports", checked: true },
  { name: "trees", entry: "assembly/trees.ts", exports: "TreesExports", checked: true },
  { name: "math", entry: "assembly/math-only.ts", exports: "MathExports", checked: true },
  { name: "kernels", entry: "assembly/kernels.ts", exports: "KernelsExports", checked: true },
  {
    name: "tensor",
    entry: "assembly/tensor/index.ts",
    exports: "TensorExports",
    flags: ["--importMemory"],
    checked: true,
  },
];
const targetsOf = ({ checked }) => [
  { target: "release", suffix: ".wasm" },
  ...(checked ? [{ target: "debug", suffix: ".debug.wasm" }] : []),
];

const asc = createRequire(import.meta.url).resolve("assemblyscript/bin/asc.js");

// One call a module and target: asconfig.json knows no entries by target, and without --target asc takes "release".
function compile({ name, entry, flags = [] }, { target, suffix }) {
  const options = [entry, "--target", target, "--outFile", `build/${name}${suffix}`, ...flags];
  return new Promise((resolve) => {
    spawn(process.execPath, [asc, ...options], { stdio: "inherit" }).on("close", resolve);
  });
}

const codes = await Promise.all(
  modules.flatMap((module) => targetsOf(module).map((target) => compile(module, target))),
);
if (codes.some((code) => code !== 0)) process.exit(1);

for (const { name, exports } of modules) {
  const text = toText(readFileSync(`build/${name}.wasm`));
  writeFileSync(`build/${name}.text.js`, `export const ${name}Text =\n  "${text}";\n`);
  writeFileSync(`build/${name}.wasm.d.ts`, "declare const module: WebAssembly.Module;\nexport default module;\n");
  writeFileSync(`build/${name}.text.d.ts`, `export declare const ${name}Text: string;\n`);
  writeFileSync(`build/${name}-exports.d.ts`, exportsInterface(exports, readFileSync(`build/${name}.d.ts`, "utf8")));
}

// src/wasm/from-text.ts says what the text is, and reads it.
function toText(bytes) {
  const alphabet = " !#%&()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~";
  const shifts = ["", "}", "~"];
  const single = alphabet.length - 2;
  return Array.from(bytes, (byte) => shifts[Math.floor(byte / single)] + alphabet[byte % single]).join("");
}

// asc's raw bindings describe the exports; the loader adds what is missing at run time, so only the types are kept.
function exportsInterface(name, declared) {
  const start = declared.indexOf("declare namespace __AdaptedExports {");
  const end = declared.indexOf("\n}", start);
  if (start < 0 || end < 0) throw new Error("asc's declarations have another form: no __AdaptedExports");
  const members = declared
    .slice(declared.indexOf("{", start) + 1, end)
    .replace(/export const memory: WebAssembly\.Memory;/, "readonly memory: WebAssembly.Memory;")
    .replace(/export function (\w+)/g, "$1");
  return `export interface ${name} {${members}\n}\n`;
}
