import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { root } from "./program.ts";

const run = promisify(execFile);

/** A folder with the package in its node_modules, as `npm pack` makes it of what is built, and its two dependencies. */
export interface Packed {
  readonly folder: string;
  /**
   * Bundles a program of the repository into the folder, under `name`; the package is imported, not bundled, by its own
   * names or as `rename` says.
   */
  add(name: string, file: string, rename?: (specifier: string) => string): Promise<void>;
  /** Bundles a program of the folder with what it imports into the folder's file `name`. */
  bundle(name: string, program: string, options: BuildOptions): Promise<void>;
  remove(): Promise<void>;
}

export async function installPacked(): Promise<Packed> {
  const folder = await mkdtemp(join(tmpdir(), "vernier-packed-"));
  const modules = join(folder, "node_modules");
  await mkdir(join(modules, "vernier"), { recursive: true });
  // Without scripts: the build is there, and other tests read it.
  const { stdout } = await run("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], {
    cwd: root,
  });
  await run("tar", ["-xzf", join(folder, stdout.trim()), "-C", join(modules, "vernier"), "--strip-components=1"]);
  for (const dependency of ["@assemblyscript/loader", "comlink"]) {
    await cp(join(root, "node_modules", dependency), join(modules, dependency), { recursive: true });
  }
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const make = (name: string, file: string, options: BuildOptions): Promise<unknown> =>
    build({
      entryPoints: [file],
      outfile: join(folder, name),
      bundle: true,
      format: "esm",
      target: "es2022",
      logLevel: "error",
      ...options,
    });
  return {
    folder,
    async add(name, file, rename = (specifier) => specifier) {
      const plugins = [{ name: "package", setup: imported(rename) }];
      await make(name, join(root, file), { plugins, loader: { ".jsonl": "text" } });
    },
    async bundle(name, program, options) {
      await make(name, join(folder, program), options);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function imported(rename: (specifier: string) => string): Plugin["setup"] {
  return ({ onResolve }) =>
    onResolve({ filter: /^vernier(\/|$)/ }, ({ path }) => ({ path: rename(path), external: true }));
}
