import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { type Ended, root } from "./program.ts";

/** A runtime that runs a program as a process of its own. */
export interface Runtime {
  readonly name: string;
  /** The binary and its first arguments, which a program's file follows; null where it is not installed. */
  readonly command: readonly string[] | null;
}

/** The Node that runs the tests. */
export const thisNode: Runtime = { name: `Node ${process.version}`, command: [process.execPath] };

/** Later major versions of Node, where VERNIER_NODES (binaries, listed as in PATH) has them. */
export const laterNodes: readonly Runtime[] = [22, 24, 26].map((major) => {
  const binary = paths("VERNIER_NODES").find((path) => versionOf(path).startsWith(`v${major}.`));
  return { name: `Node ${major}`, command: binary === undefined ? null : [binary] };
});

/** Node for arm64 (VERNIER_ARM64_NODE) in QEMU, with the libraries of Debian's cross compilers. */
export const arm64Node: Runtime = { name: "Node on arm64", command: arm64Command() };

/** Deno; a program gets no permission unless its arguments begin with one. */
export const deno: Runtime = {
  name: "Deno",
  command: command(
    [`@deno/${process.platform}-${process.arch}${process.platform === "linux" ? "-glibc" : ""}`, "deno"],
    ["run", "--no-prompt"],
  ),
};

// Bun's installation script, where it may run, moves the platform's binary to the package `bun`.
export const bun: Runtime = {
  name: "Bun",
  command:
    command([`@oven/bun-${process.platform}-${process.arch === "arm64" ? "aarch64" : process.arch}`, "bin/bun"], []) ??
    command(["bun", "bin/bun.exe"], []),
};

/** Every runtime that runs a program as a process, this Node first. */
export const runtimes: readonly Runtime[] = [thisNode, ...laterNodes, arm64Node, deno, bun];

/** Runs a program in a runtime with its input closed; `cwd` is the repository's folder unless it is given. */
export function runIn({ name, command }: Runtime, args: readonly string[], cwd: string = root): Promise<Ended> {
  if (command === null) throw new Error(`${name}: expected it to be installed; CONTRIBUTING.md says how`);
  const [binary, ...first] = command as [string, ...string[]];
  return new Promise((resolve) => {
    const child = execFile(
      binary,
      [...first, ...args],
      { cwd, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
        resolve({ code, stdout, stderr });
      },
    );
    child.stdin?.end();
  });
}

function paths(variable: string): string[] {
  return (process.env[variable] ?? "").split(delimiter).filter((path) => path !== "" && existsSync(path));
}

function versionOf(binary: string): string {
  return execFileSync(binary, ["--version"], { encoding: "utf8" });
}

/** The command of a binary within an npm package that has no entry to resolve; null where that is not installed. */
function command([name, file]: readonly [string, string], args: readonly string[]): readonly string[] | null {
  try {
    const binary = join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), file);
    return existsSync(binary) ? [binary, ...args] : null;
  } catch {
    return null;
  }
}

function arm64Command(): readonly string[] | null {
  const [binary] = paths("VERNIER_ARM64_NODE");
  const emulator = "/usr/bin/qemu-aarch64-static";
  const libraries = "/usr/aarch64-linux-gnu";
  const complete = binary !== undefined && existsSync(emulator) && existsSync(`${libraries}/lib/libstdc++.so.6`);
  return complete ? [emulator, "-L", libraries, binary] : null;
}
