import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../support/program.ts";

const folder = mkdtempSync(join(tmpdir(), "vernier-test-"));

/** Runs the program; after `killAfter` finished trials it is killed without warning. Resolves with its output. */
function runStudy(file: string, pause: number, killAfter = Number.POSITIVE_INFINITY): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["test/study/programs/killed.mjs", file, String(pause)], { cwd: root });
    let output = "";
    child.stdout.on("data", (text) => {
      output += text;
      if (output.trim().split("\n").length >= killAfter) child.kill("SIGKILL");
    });
    child.stderr.on("data", (text) => reject(new Error(String(text))));
    child.on("close", () => resolve(output.trim().split("\n")));
  });
}

describe("a study that is killed", () => {
  test("loses no finished trial and ends with the digest of one that was not", async () => {
    const whole = await runStudy(join(folder, "whole.log"), 1);
    const file = join(folder, "killed.log");
    const finished = new Set<string>();
    for (const killAfter of [5, 9, 3]) {
      for (const number of await runStudy(file, 5, killAfter)) {
        // Said to be finished before the kill: it must not be evaluated again.
        expect(finished.has(number)).toBe(false);
        finished.add(number);
      }
    }
    expect(finished.size).toBeGreaterThanOrEqual(17);
    const rest = await runStudy(file, 1);
    expect(rest.at(-1)).toBe(whole.at(-1));
    expect(rest.length - 1 + finished.size).toBe(40);
    // A process killed while it held the lock makes the next one wait 30 s, and there are three.
  }, 150_000);
});
