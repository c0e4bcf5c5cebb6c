// What bundles of the package weigh: minified, gzip -9, WebAssembly included. `first` is what a page loads before its first
// trial, the entry and the chunks that it imports statically; `all` adds the chunks that are loaded on first need.
// Fails where one is over its limit. size-limit, which knows no chunks, holds the rest of the package's bundles.
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const study = 'import { createStudy, float, int, choice } from "vernier"; console.log(createStudy, float, int, choice)';
const limits = [
  { name: "a default study", code: study, first: 56.5, all: 94.5 },
  { name: "all of vernier", code: 'export * from "vernier"', first: 69.5, all: 109 },
];

let over = false;
for (const { name, code, ...limit } of limits) {
  const { metafile, outputFiles } = await build({
    stdin: { contents: code, resolveDir: process.cwd() },
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
    metafile: true,
    outdir: "build/size",
  });
  const { outputs } = metafile;
  const sizes = Object.fromEntries(
    Object.keys(outputs).map((path, i) => [path, gzipSync(outputFiles[i].contents, { level: 9 }).length / 1000]),
  );
  const entry = Object.keys(outputs).find(
    (path) => outputs[path].entryPoint !== undefined && path.endsWith("stdin.js"),
  );
  const reached = (path, kinds, seen = new Set()) => {
    seen.add(path);
    for (const next of outputs[path].imports) {
      if (kinds.includes(next.kind) && !seen.has(next.path)) reached(next.path, kinds, seen);
    }
    return seen;
  };
  const sum = (...kinds) => [...reached(entry, kinds)].reduce((total, path) => total + sizes[path], 0);
  const size = { first: sum("import-statement"), all: sum("import-statement", "dynamic-import") };
  const cells = ["first", "all"].map((part) => {
    const isOver = size[part] > limit[part];
    over ||= isOver;
    return `${part} ${size[part].toFixed(1).padStart(6)} of ${String(limit[part]).padStart(5)} kB${isOver ? ", over" : ""}`;
  });
  console.log(name.padEnd(30), ...cells);
}
if (over) process.exit(1);
