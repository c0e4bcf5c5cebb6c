// Writes build/tensorflow-parts.js: TensorFlow.js's gradients and chained operations, which its core package carries only
// as modules that Node cannot load (ES modules by content, CommonJS by name). Everything they need that the core package
// exports is imported from it, so that there is one engine and no operation twice.
import { writeFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { createRequire } from "node:module";
import { build } from "esbuild";

const require = createRequire(import.meta.url);
const dist = dirname(require.resolve("@tensorflow/tfjs-core"));
const core = require("@tensorflow/tfjs-core");
const isPart = (path) => /\/(gradients|chained_ops)\//.test(path);

// What the core package exports under another form than the module that the parts import.
const renamed = {
  "engine.js": `import { engine } from "@tensorflow/tfjs-core"; export const ENGINE = engine();`,
  "tensor.js": `import { Tensor } from "@tensorflow/tfjs-core"; export { Tensor }; export const getGlobalTensorClass = () => Tensor;`,
  "ops.js": `export * from "@tensorflow/tfjs-core";`,
  "base.js": `export * from "@tensorflow/tfjs-core";`,
  "environment.js": `export { env } from "@tensorflow/tfjs-core";`,
  "util.js": members("util"),
  "util_base.js": members("util"),
  "broadcast_util.js": members("broadcast_util"),
};

function members(namespace) {
  const names = Object.keys(core[namespace]).join(", ");
  return `import { ${namespace} } from "@tensorflow/tfjs-core"; export const { ${names} } = ${namespace};`;
}

async function publicForm(path) {
  const known = renamed[basename(path)];
  if (known !== undefined) return known;
  const { metafile } = await build({ entryPoints: [path], bundle: false, write: false, metafile: true, format: "esm" });
  const names = Object.values(metafile.outputs)[0].exports.filter((name) => name !== "default");
  const hidden = names.filter((name) => !(name in core) && !name.endsWith("_"));
  if (hidden.length > 0) return null;
  return `export { ${names.filter((name) => name in core).join(", ")} } from "@tensorflow/tfjs-core";`;
}

const fromPublicFace = {
  name: "from-public-face",
  setup({ onResolve, onLoad }) {
    const forms = new Map();
    onResolve({ filter: /^\./ }, async ({ path, importer, resolveDir }) => {
      if (importer === "<stdin>") return undefined;
      const file = `${resolve(resolveDir, path)}.js`;
      if (isPart(file)) return undefined;
      if (!forms.has(file)) forms.set(file, publicForm(file));
      return (await forms.get(file)) === null ? undefined : { path: file, namespace: "public" };
    });
    onLoad({ filter: /.*/, namespace: "public" }, async ({ path }) => ({
      contents: await forms.get(path),
      resolveDir: dirname(path),
    }));
  },
};

await build({
  stdin: {
    contents: ["register_all_gradients", "public/chained_ops/register_all_chained_ops"]
      .map((module) => `import "./${module}.js";`)
      .join("\n"),
    resolveDir: dist,
  },
  bundle: true,
  format: "esm",
  target: "es2022",
  external: ["@tensorflow/tfjs-core"],
  plugins: [fromPublicFace],
  legalComments: "none",
  banner: {
    js: "// From @tensorflow/tfjs-core 4.22.0, Copyright Google LLC, licensed under the Apache License, Version 2.0.",
  },
  outfile: "build/tensorflow-parts.js",
});
writeFileSync("build/tensorflow-parts.d.ts", "export {};\n");
