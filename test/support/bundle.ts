import { join } from "node:path";
import { build } from "esbuild";
import { root } from "./program.ts";

/** The module at a path of the repository, bundled for browsers. */
export async function bundled(path: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, path)],
    bundle: true,
    format: "esm",
    platform: "browser",
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
