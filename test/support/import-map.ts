import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./program.ts";

type Target = string | Readonly<Record<string, string>>;

/** An import map of the built package and what it depends on, for a page that is served from the repository's folder. */
export function importMap(): { imports: Record<string, string> } {
  const { imports, exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    imports: Record<string, Target>;
    exports: Record<string, Target>;
  };
  const found: Record<string, string> = {
    comlink: "/node_modules/comlink/dist/esm/comlink.mjs",
    "@assemblyscript/loader": "/node_modules/@assemblyscript/loader/index.js",
  };
  for (const [name, target] of Object.entries({ ...exports, ...imports })) {
    const path = typeof target === "string" ? target : target.default;
    if (path !== undefined) found[name.replace(/^\./, "vernier")] = path.slice(1);
  }
  return { imports: found };
}

/** A page without a bundler that runs one module, and before it the given script. */
export function plainPage(module: string, before: string = ""): string {
  const map = JSON.stringify(importMap());
  return `<!doctype html><title>vernier</title><script>${before}</script><script type="importmap">${map}</script><script type="module" src="${module}"></script>`;
}
