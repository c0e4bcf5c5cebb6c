import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Checkpoints } from "../../src/storages/checkpoints.ts";
import { memoryCheckpoints } from "../../src/storages/memory-checkpoints.ts";
import type { DrawnParam, TrialHost, TrialOutcome, TrialRunner, TrialTask } from "../../src/study/runner.ts";

/** The module that `make` must evaluate. */
export const objectiveUrl: URL = new URL("./runner.objective.mjs", import.meta.url);

/** A host that keeps all it hears, in order. */
export interface RecordingHost extends TrialHost {
  readonly heard: unknown[][];
}

export function recordingHost(shouldPrune: (heard: readonly unknown[][]) => boolean = () => false): RecordingHost {
  const heard: unknown[][] = [];
  return {
    heard,
    report: (value, step) => void heard.push(["report", value, step]),
    suggested: (name, drawn) => void heard.push(["suggested", name, drawn]),
    setConstraint: (name, value) => void heard.push(["constraint", name, value]),
    setUserAttr: (name, value) => void heard.push(["userAttr", name, value]),
    shouldPrune: () => shouldPrune(heard),
    checkpoints: memoryCheckpoints(),
  };
}

export function task(params: unknown, number = 0, drawn: Record<string, DrawnParam> = {}): TrialTask {
  return { number, seed: 7, objectives: 1, params, drawn };
}

/** What every runner must do, whatever thread the objective runs in. */
export function runnerConformance(name: string, make: (trialTimeout: number | null) => Promise<TrialRunner>): void {
  describe(`${name} is a trial runner`, () => {
    let runner: TrialRunner;
    beforeAll(async () => {
      runner = await make(null);
    });
    afterAll(() => runner.close());

    async function run(params: object, host: TrialHost = recordingHost()): Promise<TrialOutcome> {
      return await runner.run(task(params), host, undefined);
    }
    async function failure(params: object, host?: TrialHost): Promise<{ name: string; message: string }> {
      const outcome = await run(params, host);
      if (outcome.state !== "fail") throw new Error(`expected a failed trial, got ${outcome.state}`);
      return outcome.failure;
    }

    test.each([
      ["a number", { behavior: "square", x: 3 }, [9]],
      ["a promise of a number", { behavior: "later", x: 0.1 }, [0.1]],
      ["several values, -0 among them", { behavior: "several" }, [1, -0, -2.5]],
      ["the trial's number and seed", { behavior: "identify" }, [0, 7]],
      ["numbers that JSON has not", { behavior: "numbers", values: [-0, Number.NaN, -Infinity, 0] }, [1, 2, 3, 0]],
    ])("completes with %s", async (_, params, values) => {
      expect(await run(params)).toStrictEqual({ state: "complete", values });
    });

    test.each([
      ["nan", "got NaN"],
      ["infinity", "got [1, Infinity]"],
      ["nothing", "got undefined"],
      ["text", 'got "0.5"'],
      ["empty", "got []"],
    ])("fails for a value that is none: %s", async (behavior, got) => {
      const { name, message } = await failure({ behavior });
      expect({ name, message }).toEqual({
        name: "InvalidValue",
        message: `the objective's value: expected a finite number, ${got}`,
      });
    });

    test.each([
      ["typeError", "TypeError", /null/],
      ["customError", "OutOfData", /^row 7 is missing$/],
      ["rejects", "RangeError", /^too late$/],
      ["twoRanges", "VernierError", /^"x": expected one range within a trial/],
    ])("keeps the error's name, message and stack: %s", async (behavior, name, message) => {
      const failed = await failure({ behavior });
      expect(failed).toEqual({ name, message: expect.stringMatching(message), stack: expect.any(String) });
      expect((failed as { stack?: string }).stack).toContain("runner.objective.mjs");
    });

    test("fails for something thrown that is no error", async () => {
      expect(await failure({ behavior: "throwsText" })).toEqual({
        name: "Error",
        message: 'thrown: "no error object"',
        stack: null,
      });
    });

    test.each(["pruned", "prunedByName"])("a trial ends pruned: %s", async (behavior) => {
      expect(await run({ behavior })).toEqual({ state: "pruned" });
    });

    test.each([0, 1, 30])("the host hears all words in order before the outcome (pauses of %d ms)", async (pause) => {
      const host = recordingHost();
      const values = [0.5, Number.NaN, -0, Number.POSITIVE_INFINITY, 1e-300];
      expect(await run({ behavior: "talk", values, pause }, host)).toEqual({ state: "complete", values: [5] });
      expect(host.heard).toStrictEqual(
        values.flatMap((value, step) => [
          ["report", value, step],
          ["userAttr", `step${step}`, { step, list: [value] }],
          ["constraint", "steps", step - 2],
        ]),
      );
    });

    test("shouldPrune answers from the reports made before it", async () => {
      const host = recordingHost((heard) => heard.length === 3);
      expect(await run({ behavior: "prune", steps: 10 }, host)).toEqual({ state: "pruned" });
      expect(host.heard).toEqual([0, 1, 2].map((step) => ["report", step / 2, step]));
    });

    test("shouldPrune may be asynchronous", async () => {
      const host: TrialHost = { ...recordingHost(), shouldPrune: async () => false };
      expect(await run({ behavior: "prune", steps: 3 }, host)).toEqual({ state: "complete", values: [3] });
    });

    test("parameters drawn before are looked up, new ones drawn from their prior; the host hears of all", async () => {
      const host = recordingHost();
      const distribution = { type: "float", low: 0, high: 1, log: false, step: null } as const;
      const drawn = { known: { distribution, internal: 0.625 } };
      const outcome = await runner.run(task({ behavior: "suggest" }, 3, drawn), host, undefined);
      if (outcome.state !== "complete") throw new Error(JSON.stringify(outcome));
      expect(outcome.values[0]).toBe(0.625);
      expect(host.heard).toStrictEqual([
        ["suggested", "known", drawn.known],
        [
          "suggested",
          "depth",
          { distribution: { type: "int", low: 1, high: 8, log: false, step: 1 }, internal: outcome.values[1] },
        ],
        [
          "suggested",
          "kernel",
          { distribution: { type: "categorical", choices: ["linear", "rbf", null] }, internal: outcome.values[2] },
        ],
      ]);
      expect([1, 2, 3, 4, 5, 6, 7, 8]).toContain(outcome.values[1]);
    });

    test("checkpoints are the host's, and copies", async () => {
      const host = recordingHost();
      await host.checkpoints.set("gone", new Uint8Array(1));
      const params = { behavior: "checkpoints", name: "state" };
      const first = { state: "complete", values: [-1, 3, 3, 1, 2, 3, 0] };
      expect(await run(params, host)).toEqual(first);
      expect(await run(params, host)).toEqual({ ...first, values: [3, ...first.values.slice(1)] });
      expect(await host.checkpoints.get("state")).toEqual(new Uint8Array([1, 2, 3]));
      expect(await run(params)).toEqual(first);
    });

    test("what a store gives stays its own, even one that gives what it keeps", async () => {
      const bytes = new Uint8Array([5, 6]);
      const checkpoints: Checkpoints = { get: async () => bytes, set: async () => {}, delete: async () => {} };
      const outcome = await run({ behavior: "checkpoints", name: "state" }, { ...recordingHost(), checkpoints });
      expect(outcome).toEqual({ state: "complete", values: [2, 3, 2, 5, 6, 1] });
      expect(bytes).toEqual(new Uint8Array([5, 6]));
    });

    test.each([
      [{ name: "", text: "a" }, '"name": expected a non-empty checkpoint name, got ""'],
      [{ name: "state", text: "a" }, '"bytes": expected a Uint8Array, got "a"'],
    ])("refuses as a checkpoint %j", async (params, message) => {
      const failed = await failure({ behavior: "refusedCheckpoint", ...params });
      expect(failed).toMatchObject({ name: "invalid-argument", message });
    });

    test("a store that fails fails the trial that does not catch it", async () => {
      const full = async (): Promise<void> => {
        throw new RangeError("the disk is full");
      };
      const host = recordingHost();
      const params = { behavior: "checkpoints", name: "state" };
      const failed = await failure(params, { ...host, checkpoints: { ...host.checkpoints, set: full } });
      expect(failed).toMatchObject({ name: "RangeError", message: "the disk is full" });
    });

    test.each([0, 60])("a host that throws at a report fails the trial (pause of %d ms)", async (pause) => {
      const host: TrialHost = {
        ...recordingHost(),
        report: () => {
          throw new RangeError("the disk is full");
        },
      };
      const { name, message } = await failure({ behavior: "talk", values: [1, 2], pause }, host);
      expect({ name, message }).toEqual({ name: "RangeError", message: "the disk is full" });
    });

    test("a host that throws at shouldPrune fails the trial", async () => {
      const host: TrialHost = { ...recordingHost(), shouldPrune: () => Promise.reject(new TypeError("no pruner")) };
      const { name, message } = await failure({ behavior: "prune", steps: 2 }, host);
      expect({ name, message }).toEqual({ name: "TypeError", message: "no pruner" });
    });

    test("is as good as new after failures", async () => {
      await run({ behavior: "typeError" });
      expect(await run({ behavior: "square", x: 5 })).toEqual({ state: "complete", values: [25] });
    });

    test("a trial that runs past its time-out fails, and the next one does not", async () => {
      const limited = await make(150);
      try {
        const outcome = await limited.run(task({ behavior: "stuck" }), recordingHost(), undefined);
        expect(outcome).toEqual({
          state: "fail",
          failure: { name: "TrialTimeout", message: "the trial ran past its time-out of 150 ms", stack: null },
        });
        const next = await limited.run(task({ behavior: "square", x: 2 }, 1), recordingHost(), undefined);
        expect(next).toEqual({ state: "complete", values: [4] });
      } finally {
        await limited.close();
      }
    });
  });
}
