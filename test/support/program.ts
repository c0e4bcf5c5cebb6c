import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const root: string = fileURLToPath(new URL("../..", import.meta.url));

/** How a program ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program of the repository on the built package; `node` is the runtime's binary, `timeout` the milliseconds after
 * which a program that does not end is ended, before its test is.
 */
export function runProgram(
  file: string,
  args: readonly string[] = [],
  node: string = process.execPath,
  timeout = 55_000,
): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: root, maxBuffer: 64 * 1024 * 1024, timeout };
    execFile(node, [file, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ code, stdout, stderr });
    });
  });
}

/** Runs the command-line program. */
export function vernier(args: readonly string[], node?: string, timeout?: number): Promise<Ended> {
  return runProgram("build/js/cli/main.js", args, node, timeout);
}
