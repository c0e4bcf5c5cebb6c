// Joins the package's entries into a few files for the "node" condition: Node, and runtimes that carry its modules, open a
// file for every module, which takes longer than all that a study does before its first trial. Not minified. Bundlers for
// pages read build/js/, whose modules they can leave out one by one.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { build } from "esbuild";

const folder = "build/node";
const { exports: entries } = JSON.parse(readFileSync("package.json", "utf8"));
const points = Object.values(entries)
  .filter((entry) => entry.node !== undefined)
  .map((entry) => ({ in: entry.default, out: entry.node.slice(folder.length + 3, -".js".length) }));

rmSync(folder, { recursive: true, force: true });
await build({
  // Workers lie where the code that starts them, which may end up in any of the files, looks for them.
  entryPoints: [
    ...points,
    { in: "build/js/platform/node-worker.js", out: "node-worker" },
    { in: "build/js/platform/node-search-worker.js", out: "node-search-worker" },
    { in: "build/js/platform/node-network-worker.js", out: "node-network-worker" },
    { in: "build/js/platform/web-worker.js", out: "web-worker" },
  ],
  outdir: folder,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "es2022",
  packages: "external",
  external: ["#*-text"],
  logLevel: "warning",
});

// Entries are flat, so that "./" means the same in all of them.
for (const file of readdirSync(folder).filter((name) => name.endsWith(".js"))) {
  for (const [, target] of readFileSync(`${folder}/${file}`, "utf8").matchAll(
    /"\.\/([^"]*worker\.js)", import\.meta\.url/g,
  )) {
    if (!existsSync(`${folder}/${target}`)) throw new Error(`${file} refers to ${target}, which is not in ${folder}`);
  }
}
