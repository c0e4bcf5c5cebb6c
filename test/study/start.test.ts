import { expect, test } from "vitest";
import { Op } from "../../src/core/record.ts";
import { choice, float, int } from "../../src/core/space.ts";
import { random } from "../../src/samplers/random.ts";
import { tpe } from "../../src/samplers/tpe.ts";
import { memory } from "../../src/storages/memory.ts";
import * as op from "../../src/storages/operations.ts";
import type { Storage } from "../../src/storages/storage.ts";
import { testStudy } from "../support/study.ts";

const space = { x: float(0, 1), n: int(1, 9, { log: true }), k: choice(["a", "b"]) };
const objective = ({ x, n }: { x: number; n: number }): number => x + n;

/** The storage, with what it is asked for and without appends at a position. */
function plainly(storage: Storage): Storage {
  return {
    name: "plain",
    append: (records) => storage.append(records),
    read: (from) => storage.read(from),
  };
}

test("a trial is started by one record and ended by one", async () => {
  const storage = memory();
  const study = await testStudy({ space, seed: 1, sampler: random(), storage, name: "s" });
  const before = (await storage.read(0)).length;
  await study.optimize(objective, { trials: 2 });
  const records = (await storage.read(0)).slice(before);
  expect(records.map((record) => record.op_code)).toEqual([
    Op.createTrial,
    Op.trialState,
    Op.createTrial,
    Op.trialState,
  ]);
  // Only what Optuna knows, and needs, of a new trial.
  expect(Object.keys(records[0] ?? {})).toEqual([
    "op_code",
    "worker_id",
    "study_id",
    "datetime_start",
    "distributions",
    "params",
  ]);
});

test.each([tpe, random])("a storage that knows no positions keeps the same study", async (make) => {
  const [a, b] = [memory(), memory()];
  const one = await testStudy({ space, seed: 3, sampler: make(), storage: a, name: "s" });
  const other = await testStudy({ space, seed: 3, sampler: make(), storage: plainly(b), name: "s" });
  for (const study of [one, other]) await study.optimize(objective, { trials: 30 });
  expect(other.digest()).toBe(one.digest());
  expect((await b.read(0)).length).toBeGreaterThan((await a.read(0)).length);
});

test("studies that take turns in one log get the trials of their numbers, each once", async () => {
  const storage = memory();
  const options = { space, seed: 5, sampler: random(), storage, name: "s", abandoned: "keep" } as const;
  const studies = [await testStudy(options), await testStudy(options), await testStudy(options)];
  const asked = await Promise.all(Array.from({ length: 12 }, (_, k) => studies[k % 3]?.ask()));
  expect(asked.map((trial) => trial?.number).sort((a = 0, b = 0) => a - b)).toEqual([...Array(12).keys()]);
  const alone = await testStudy({ space, seed: 5, sampler: random() });
  const expected = await Promise.all(Array.from({ length: 12 }, () => alone.ask()));
  for (const trial of asked) expect(trial?.params).toEqual(expected[trial?.number ?? -1]?.params);
  await Promise.all(asked.map((trial, k) => studies[k % 3]?.tell(trial ?? -1, k)));
  for (const study of studies) {
    await study.optimize(objective, { trials: 0 });
    expect(study.trials.map((trial) => trial.params)).toEqual(expected.map(({ params }) => params));
  }
});

test("a parameter that does not fit those of the log's earlier trials is left out, as ever", async () => {
  const storage = memory();
  const other = { type: "float", low: 1, high: 2, log: true, step: null } as const;
  await storage.append([
    op.createStudy("w", "s", ["minimize"]),
    op.createTrial("w", 0, "2026-11-23T20:15:24Z"),
    op.setParam("w", 0, "x", other, 1.5),
    op.finish("w", 0, "complete", [1], "2026-11-23T20:15:25Z"),
  ]);
  const study = await testStudy({ space, seed: 1, sampler: random(), storage, name: "s" });
  await study.optimize(objective, { trials: 1 });
  expect(Object.keys(study.trials[1]?.params ?? {})).toEqual(["n", "k"]);
});
