import { beforeAll, describe, expect, test } from "vitest";
import { needs } from "../support/needs.ts";
import { runProgram } from "../support/program.ts";
import { bun, deno, type Runtime, runIn, thisNode } from "../support/runtimes.ts";

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

const program = "test/pool/programs/behaviors.mjs";
// Beside the runtime: how many kinds of workers it has.
const cases: readonly (readonly [Runtime, number, readonly string[]])[] = [
  [thisNode, 1, []],
  [deno, 2, ["--allow-all"]],
  [bun, 2, []],
];

for (const [runtime, kinds, permissions] of cases) {
  needs(runtime.command)(`workers in ${runtime.name}`, () => {
    let seen: Seen;
    beforeAll(async () => {
      const { code, stdout, stderr } = await runIn(runtime, [...permissions, program]);
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
