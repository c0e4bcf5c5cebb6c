import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { encodeTrials } from "../../src/core/digest.ts";
import { float, int } from "../../src/core/space.ts";
import type { TrialRecord } from "../../src/core/trial.ts";
import { journalFile } from "../../src/platform/node-journal.ts";
import { nonDominatedRank } from "../../src/pruners/non-dominated-rank.ts";
import { nsga2 } from "../../src/samplers/nsga2.ts";
import { memory } from "../../src/storages/memory.ts";
import type { Storage } from "../../src/storages/storage.ts";
import type { Study } from "../../src/study/study.ts";
import * as op from "../../src/storages/operations.ts";
import { LogState, type StudyState } from "../../src/storages/replay.ts";
import { visibleTo } from "../../src/study/visible.ts";
import { bareTrial } from "../support/bare-trial.ts";
import { runProgram } from "../support/program.ts";
import { testStudy } from "../support/study.ts";
import twoCurves from "../pool/objectives/two-curves.mjs";

const folder = mkdtempSync(join(tmpdir(), "vernier-reports-"));
afterAll(() => rmSync(folder, { recursive: true }));
const pinned = "ae592f892360a961ce5aaeaacbcc5706f1e5aa793fc100b11da889a3f110da85";
const directions = ["minimize", "minimize"] as const;

/** The study of test/pool/programs/pruned-front.mjs in this process. */
async function study(storage: Storage, totalTrials: number): Promise<Study> {
  const study = await testStudy({
    name: "pruned front",
    directions,
    space: { x: float(-1, 2), n: int(1, 8) },
    sampler: nsga2({ population: 6 }),
    pruner: nonDominatedRank({ startupTrials: 4 }),
    seed: 17,
    storage,
  });
  await study.optimize(twoCurves, { totalTrials, lag: 4 });
  return study as unknown as Study;
}

describe("a study of two objectives that prunes", () => {
  test("in memory: reports are kept by step, a pruned trial's last one as its values", async () => {
    const { trials, digest } = await study(memory(), 40);
    expect(digest()).toBe(pinned);
    const pruned = trials.filter(({ state }) => state === "pruned");
    expect(pruned.length).toBeGreaterThan(8);
    expect(pruned.length).toBeLessThan(32);
    for (const { state, reports = [], values, intermediate } of trials) {
      expect(intermediate).toEqual([]);
      expect(values).toEqual(reports.at(-1)?.[1]);
      expect(reports.map(([step]) => step)).toEqual(reports.map((_, step) => step));
      expect(reports.length === 8 || state === "pruned").toBe(true);
    }
  });

  test("in a journal file: continued it is the same study, and Optuna's reports of one number are not used", async () => {
    const file = join(folder, "resumed.log");
    const first = await study(journalFile(file), 13);
    const before = first.trials.length;
    expect(before).toBe(13);
    expect((await study(journalFile(file), 40)).digest()).toBe(pinned);
    const text = readFileSync(file, "utf8").trim().split("\n");
    const records = text.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(records.filter(({ op_code }) => op_code === 7)).toEqual([]);
    const kept = records.filter(
      ({ op_code, system_attr }) => op_code === 9 && "vernier:reports" in (system_attr as object),
    );
    expect(kept).toHaveLength(40);
  });

  test("in workers, also where it is continued with another number of them", async () => {
    const file = join(folder, "workers.log");
    for (const args of [
      ["2", "40"],
      ["1", "15", file],
      ["2", "40", file],
    ]) {
      // prettier-ignore
      const { code, stdout, stderr } = await runProgram("test/pool/programs/pruned-front.mjs", args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      const [digest, states] = stdout.trim().split(" ") as [string, string];
      expect(states.split(",")).toHaveLength(Number(args[1]));
      expect(digest === pinned).toBe(args[1] === "40");
    }
  });
});

describe("a report", () => {
  const failureOf = async (report: unknown, objectives: number): Promise<string | undefined> => {
    const study = await testStudy({ directions: new Array<"minimize">(objectives).fill("minimize"), seed: 1 });
    const values = new Array<number>(objectives).fill(1);
    await study.optimize(
      (_, trial) => {
        trial.report(report as number, 0);
        return values;
      },
      { trials: 1 },
    );
    return study.trials[0]?.failure?.message;
  };

  test.each([
    [3, 2, '"value": expected 2 numbers to report, one per objective, got 3'],
    [[1], 2, '"value": expected 2 numbers to report, one per objective, got [1]'],
    [[1, 2, 3], 2, '"value": expected 2 numbers to report, one per objective, got [1, 2, 3]'],
    [[1, "2"], 2, '"value": expected 2 numbers to report, one per objective, got [1, "2"]'],
    [[1], 1, '"value": expected a number to report, got [1]'],
    ["1", 1, '"value": expected a number to report, got "1"'],
    [[Number.NaN, Number.POSITIVE_INFINITY], 2, undefined],
  ])("of %j with %d objectives fails the trial with %s", async (report, objectives, message) => {
    expect(await failureOf(report, objectives)).toBe(message);
  });

  test("is copied when it is made, and survives a journal whatever its numbers", async () => {
    const file = join(folder, "odd.log");
    const options = { name: "odd", directions, seed: 1 };
    const made = await testStudy({ ...options, storage: journalFile(file) });
    await made.optimize(
      (_, trial) => {
        const values = [Number.NaN, -0];
        trial.report(values, 4);
        values[0] = 7;
        trial.report([Number.NEGATIVE_INFINITY, 1e300], 2);
        trial.report([5, 5], 4);
        return [1, 2];
      },
      { trials: 1 },
    );
    const read = await testStudy({ ...options, storage: journalFile(file) });
    expect(read.trials[0]?.reports).toEqual([
      [2, [Number.NEGATIVE_INFINITY, 1e300]],
      [4, [Number.NaN, -0]],
    ]);
    expect(read.digest()).toBe(made.digest());
  });

  test("changes the digest, and none leaves it as it ever was", () => {
    const text = (trial: TrialRecord): string => new TextDecoder().decode(encodeTrials([trial]));
    const bare = bareTrial({ number: 0, values: [1, 2] });
    const one = text({ ...bare, reports: [[0, [1, 2]]] });
    expect(text(bare)).toBe('[0,"complete",[],["3ff0000000000000","4000000000000000"],[]]');
    expect(one).toBe(`${text(bare).slice(0, -1)},[[0,["3ff0000000000000","4000000000000000"]]]]`);
    expect(text({ ...bare, reports: [[0, [1, -2]]] })).not.toBe(one);
  });

  test("of a trial that counts as pending is not shown, nor any attribute that came later", () => {
    const systemAttrs = { "vernier:reports": [[0, [1, 2]]], "constraints:x": 3, fixed_params: { x: 1 } };
    const state = new LogState();
    state.apply([op.createStudy("w", "s", ["minimize", "minimize"])]);
    const trial = bareTrial({ number: 0, values: [1, 2], systemAttrs });
    state.apply([op.addTrial("w", 0, trial), op.createTrial("w", 0, "2026-11-23T20:15:24Z")]);
    const study = state.findStudy("s") as StudyState;
    expect(study.trials[0]).toHaveProperty("reports");
    const [veiled] = visibleTo(1, study.table, 4, []).pending;
    expect(veiled).toMatchObject({ number: 0, state: "running", systemAttrs: { fixed_params: { x: 1 } } });
    expect(Object.keys(veiled?.systemAttrs ?? {})).toEqual(["fixed_params"]);
    expect(veiled).not.toHaveProperty("reports");
  });
});
