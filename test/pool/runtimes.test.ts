import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { needs } from "../support/needs.ts";
import { type Ended, root, runProgram } from "../support/program.ts";

interface StudyEnd {
  readonly digest: string;
  readonly values: readonly (number | null)[];
  readonly failures: readonly { readonly name: string; readonly message: string; readonly stack: string | null }[];
  readonly reports: readonly number[];
  readonly attrs: readonly Readonly<Record<string, unknown>>[];
  readonly error?: { readonly code: string; readonly message: string };
}
interface Seen {
  readonly digests: readonly string[];
  readonly deaths: Readonly<Record<"exit" | "uncaught" | "unhandled", StudyEnd>>;
  readonly timeouts: StudyEnd;
  readonly missing: StudyEnd;
  readonly noWorker: StudyEnd;
}

const binary = (path: string): string | null => (existsSync(join(root, path)) ? join(root, path) : null);
const program = "test/pool/programs/behaviors.mjs";
const deno = binary("node_modules/@deno/linux-x64-glibc/deno");
const bun = binary("node_modules/bun/bin/bun.exe");
const runtimes: readonly { name: string; path: string | null; kinds: number; run: () => Promise<Ended> }[] = [
  { name: "Node", path: process.execPath, kinds: 1, run: () => runProgram(program) },
  {
    name: "Deno",
    path: deno,
    kinds: 2,
    run: () => runProgram("run", ["--allow-all", "--no-prompt", program], deno ?? "deno"),
  },
  { name: "Bun", path: bun, kinds: 2, run: () => runProgram(program, [], bun ?? "bun") },
];

for (const { name, path, kinds, run } of runtimes) {
  needs(path)(`workers in ${name}`, () => {
    let seen: Seen;
    beforeAll(async () => {
      const { code, stdout, stderr } = await run();
      if (code !== 0) throw new Error(stderr);
      seen = JSON.parse(stdout) as Seen;
    });

    test("1, 2 and 4 workers, and workers of one's own, give one digest: that of Node", async () => {
      const { stdout } = await runProgram("test/pool/programs/sleepy-study.mjs", ["2"]);
      expect(seen.digests).toEqual(Array(3 + kinds).fill(stdout.split(" ")[0]));
    });

    describe("a worker that dies costs its own trial and is replaced", () => {
      test("by exit, having said all before", () => {
        const { values, failures, reports } = seen.deaths.exit;
        expect(values).toEqual([1, null, 1]);
        expect(failures).toMatchObject([
          {
            name: "WorkerDied",
            message: expect.stringMatching(
              /^the worker (exited with code 3|ended without an error) while the trial ran$/,
            ),
          },
        ]);
        expect(reports).toEqual([0, 2, 0]);
      });

      test.each([
        ["uncaught", "RangeError: lost in a timer"],
        ["unhandled", "OutOfData: nobody caught this"],
      ] as const)("by %s", (behavior, error) => {
        const { values, failures } = seen.deaths[behavior];
        expect(values).toEqual([1, null, 1]);
        const message = `the worker died of ${error} while the trial ran`;
        expect(failures).toMatchObject([{ name: "WorkerDied", message, stack: expect.stringContaining("web.mjs") }]);
      });
    });

    test("a time-out reaches the trial's signal, and stops a loop", () => {
      const { values, failures, attrs } = seen.timeouts;
      expect(values).toEqual([1, null, 0, null, 1]);
      const message = "the trial ran past its time-out of 300 ms";
      expect(failures).toMatchObject([
        { name: "TrialTimeout", message },
        { name: "TrialTimeout", message },
      ]);
      expect(attrs[2]).toEqual({ count: 3, reason: `TrialTimeout: ${message}` });
    });

    test("an objective that no worker can evaluate is an error", () => {
      expect(seen.missing.error).toMatchObject({ code: "worker-failed" });
      expect(seen.missing.error?.message).toMatch(/missing\.mjs to be a module that can be imported, got /);
      expect(seen.noWorker.error).toEqual({
        code: "invalid-argument",
        message: '"inWorkers": expected a function that starts a Worker, got {}',
      });
    });
  });
}
