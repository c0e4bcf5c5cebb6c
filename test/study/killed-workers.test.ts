import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../support/program.ts";

const folder = mkdtempSync(join(tmpdir(), "vernier-test-"));

interface Part {
  readonly finished: readonly number[];
  /** The digest and the states, where the study came to its end. */
  readonly end: string | null;
}

/** Runs the study's program; `pause` ms after so many trials have ended it is killed without warning. */
function runPart(file: string, workers: number, killAfter: number | null = null, pause = 0): Promise<Part> {
  return new Promise((resolve, reject) => {
    const program = "test/study/programs/killed-workers.mjs";
    const child = spawn(process.execPath, [program, file, String(workers)], { cwd: root });
    let output = "";
    let isDoomed = false;
    child.stdout.on("data", (text) => {
      output += text;
      if (killAfter === null || isDoomed || output.split("\n").length <= killAfter) return;
      isDoomed = true;
      setTimeout(() => child.kill("SIGKILL"), pause);
    });
    child.stderr.on("data", (text) => reject(new Error(String(text))));
    child.on("close", () => {
      // The next process would take the lock of a dead one after 30 s.
      rmSync(`${file}.lock`, { force: true });
      const whole = output.split("\n").slice(0, -1);
      const end = whole.find((line) => line.includes(" ")) ?? null;
      resolve({ end, finished: whole.filter((line) => !line.includes(" ")).map(Number) });
    });
  });
}

describe("a study whose workers are killed with it", () => {
  test.each([
    ["two workers throughout", [2, 2, 2, 2]],
    ["four workers throughout", [4, 4, 4, 4]],
    ["another number of workers each time", [4, 2, 8, 1]],
  ])("ends with the digest of one that was not killed: %s", async (name, workers) => {
    const whole = await runPart(join(folder, `${name} whole`), 1);
    expect(whole.end).toMatch(/pruned/);
    expect(whole.end).toMatch(/fail/);
    const file = join(folder, name);
    const finished: number[] = [];
    let end: string | null = null;
    for (const [i, count] of workers.entries()) {
      // Moments that differ from run to run, on purpose: none of them may show.
      const part = await runPart(file, count, i === workers.length - 1 ? null : 5 + i, Math.random() * 12);
      finished.push(...part.finished);
      end = part.end;
    }
    expect(end).toBe(whole.end);
    // A trial that was said to have ended is not evaluated again.
    expect(new Set(finished).size).toBe(finished.length);
  });
});
