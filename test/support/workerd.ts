import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { root } from "./program.ts";

/** The workerd that comes with miniflare; null where its binary does not run. */
export function workerdPath(): string | null {
  try {
    const miniflare = createRequire(createRequire(import.meta.url).resolve("miniflare"));
    const { default: path } = miniflare("workerd") as { default: string };
    execFileSync(path, ["--version"], { stdio: "ignore" });
    return path;
  } catch {
    return null;
  }
}

/** The modules of a Worker bundled from `entry`, the .wasm files as compiled modules beside it. */
export async function bundleWorker(entry: string): Promise<WorkerModule[]> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { worker: entry },
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
    external: ["cloudflare:*"],
    outdir: "/",
    write: false,
  });
  const modules = outputFiles.map(({ path, contents }): WorkerModule => {
    const name = basename(path);
    if (name.endsWith(".wasm")) return { type: "CompiledWasm", path: name, contents };
    return { type: "ESModule", path: name, contents: new TextDecoder().decode(contents) };
  });
  // The main module comes first.
  return modules.sort((a, b) => (a.type < b.type ? 1 : -1));
}

export type WorkerModule =
  | { readonly type: "ESModule"; readonly path: string; readonly contents: string }
  | { readonly type: "CompiledWasm"; readonly path: string; readonly contents: Uint8Array };

/** Starts the Worker with its Durable Object class `Studies` as STUDIES, whose storage is kept in `folder`. */
export async function startWorker(modules: readonly WorkerModule[], folder: string, token: string): Promise<Miniflare> {
  const worker = new Miniflare({
    modules: modules as never,
    modulesRoot: "/",
    compatibilityDate: "2026-04-01",
    durableObjects: { STUDIES: { className: "Studies", useSQLite: true } },
    durableObjectsPersist: folder,
    bindings: { TOKEN: token },
  });
  await worker.ready;
  return worker;
}
