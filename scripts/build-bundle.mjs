// Bundles the package for pages without a bundler: build/bundle/ has an ES module for each public entry that a browser can
// use, minified, `vernier.js` for the root; what they share are chunks beside them. Scripts that workers are started
// from are files of their own there, found by the form in which the code names them: new URL("./...", import.meta.url).
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { build } from "esbuild";

const folder = "build/bundle";
// Files, CSV, the service and neural networks need more than a browser and the package have.
const others = new Set(["./storage/journal", "./csv", "./service", "./neural"]);

const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
const entries = Object.entries(exports)
  .filter(([name, entry]) => entry.default?.startsWith("./build/js/") && !others.has(name))
  .map(([name, entry]) => ({ out: name === "." ? "vernier" : name.slice(2), in: entry.default, types: entry.types }));

function bundle(entryPoints, write) {
  return build({
    entryPoints: entryPoints.map(({ in: file, out }) => ({ in: file, out })),
    outdir: folder,
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    conditions: ["browser"],
    minify: true,
    metafile: true,
    write,
    logLevel: "error",
  });
}

// Chunks and entries lie side by side, so that a script's address stays what the code says.
async function withScripts(known) {
  const { metafile } = await bundle(known, false);
  const scripts = Object.keys(metafile.inputs).flatMap((file) =>
    Array.from(readFileSync(file, "utf8").matchAll(/new URL\("\.\/([^"]+)\.js", import\.meta\.url\)/g), ([, out]) => ({
      in: join(dirname(file), `${out}.js`),
      out,
    })),
  );
  // An error's message shows the form as well, with a file that is the user's.
  const fresh = scripts.filter((script) => existsSync(script.in) && known.every(({ out }) => out !== script.out));
  return fresh.length === 0 ? known : withScripts([...known, ...fresh]);
}

rmSync(folder, { recursive: true, force: true });
await bundle(await withScripts(entries), true);
for (const { out, types } of entries) {
  const file = join(folder, `${out}.d.ts`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `export * from "${relative(folder, types).replace(/\.d\.ts$/, ".js")}";\n`);
}
