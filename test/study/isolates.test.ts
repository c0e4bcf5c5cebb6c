import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choice, float, int } from "../../src/core/space.ts";
import { median } from "../../src/pruners/median.ts";
import { random } from "../../src/samplers/random.ts";
import { tpe } from "../../src/samplers/tpe.ts";
import { memory } from "../../src/storages/memory.ts";
import * as op from "../../src/storages/operations.ts";
import type { Storage } from "../../src/storages/storage.ts";
import type { Study } from "../../src/study/study.ts";
import { testStudy } from "../support/study.ts";

const space = {
  x: float(0, 1),
  model: choice({ a: { depth: int(1, 9) }, b: { rate: float(1e-3, 1, { log: true }) } }),
};
type Asked = Awaited<ReturnType<Study<typeof space>["ask"]>>;
const objective = ({ x, model }: Asked["params"]): number =>
  x + (model.kind === "a" ? model.depth / 10 : Math.abs(model.rate - 0.1));

/** A study as a fresh isolate opens it. */
const isolate = (storage: Storage): Promise<Study<typeof space>> =>
  testStudy({ space, sampler: tpe({ nStartupTrials: 4 }), pruner: median(), storage, name: "s", seed: 5 });

/** For an ask that came too early: null. */
function notReady(error: unknown): null {
  if ((error as { code?: string }).code !== "not-ready") throw error;
  return null;
}

describe("a trial that another isolate asked for", () => {
  test("is told by its number, and only once", async () => {
    const storage = memory();
    const early = await isolate(storage);
    const trial = await (await isolate(storage)).ask();
    // Opened before the trial was asked for.
    expect((await early.tell(trial.number, 3)).values).toEqual([3]);
    const refusal = {
      code: "trial-ended",
      message: '"trial": expected a trial under way, got trial 0, which is complete',
    };
    await expect((await isolate(storage)).tell(0, 4)).rejects.toMatchObject(refusal);
    await expect(early.tell(1, 4)).rejects.toMatchObject({ code: "unknown-trial" });
    await expect(early.trial(0)).rejects.toMatchObject(refusal);
    await expect(early.trial(Number.NaN)).rejects.toMatchObject({ code: "unknown-trial" });
  });

  test("of two that tell it at once one is refused", async () => {
    const storage = memory();
    const [one, other] = [await isolate(storage), await isolate(storage)];
    const { number } = await one.ask();
    await other.sync();
    const told = await Promise.allSettled([one, other].map((study, k) => study.tell(number, k)));
    expect(told.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect((told[1] as PromiseRejectedResult).reason).toMatchObject({ code: "trial-ended" });
    expect((await isolate(storage)).trials[0]?.values).toEqual([0]);
  });

  test("has its parameters, and the reports that were saved", async () => {
    const storage = memory();
    const asked = await (await isolate(storage)).ask();
    asked.report(0.5, 0);
    asked.setUserAttr("host", "a");
    await asked.save();
    await asked.save();
    const taken = await (await isolate(storage)).trial(asked.number);
    expect(taken.params).toEqual(asked.params);
    // A second report at a step is ignored, here as well.
    taken.report(0.7, 0);
    taken.report(0.4, 1);
    await taken.save();
    const last = await isolate(storage);
    expect(last.trials[0]).toMatchObject({
      state: "running",
      userAttrs: { host: "a" },
      intermediate: [
        [0, 0.5],
        [1, 0.4],
      ],
    });
    expect((await last.tell(0, null, { state: "pruned" })).values).toEqual([0.4]);
    const reports = (await storage.read(0)).filter((record) => record.op_code === 7);
    expect(reports).toHaveLength(2);
  });

  test("keeps vector reports", async () => {
    const storage = memory();
    const open = (): Promise<Study> =>
      testStudy({ directions: ["minimize", "maximize"], sampler: random(), storage, name: "s", seed: 1 });
    const asked = await (await open()).ask();
    asked.report([1, 2], 3);
    await asked.save();
    const taken = await (await open()).trial(0);
    taken.report([0, 2], 5);
    await taken.save();
    expect((await open()).trials[0]?.reports).toEqual([
      [3, [1, 2]],
      [5, [0, 2]],
    ]);
  });

  test("is judged by its saved reports as the asking isolate would judge it", async () => {
    const storage = memory();
    const pruned: boolean[] = [];
    for (let k = 0; k < 8; k++) {
      const trial = await (await isolate(storage)).ask();
      const trials = [trial, await (await isolate(storage)).trial(trial.number)];
      for (const it of trials) for (const step of [0, 1]) it.report(k % 2 === 0 ? k : -k, step);
      const [own, other] = await Promise.all(trials.map((it) => it.shouldPrune()));
      expect(other).toBe(own);
      pruned.push(own as boolean);
      await trial.save();
      await (await isolate(storage)).tell(k, k);
    }
    expect(pruned[6]).toBe(true);
  });

  test("that has no parameters yet gets them when it is taken up", async () => {
    const storage = memory();
    await isolate(storage);
    await storage.append([op.createTrial("dead", 0, "2026-11-23T20:15:24Z")]);
    const alone = await isolate(memory());
    const taken = await (await isolate(storage)).trial(0);
    expect(taken.params).toEqual((await alone.ask()).params);
    expect((await (await isolate(storage)).trial(0)).params).toEqual(taken.params);
    // Told without ever having had them.
    await storage.append([op.createTrial("dead", 0, "2026-11-23T20:15:24Z")]);
    expect(await (await isolate(storage)).tell(1, 2)).toMatchObject({ params: {}, values: [2] });
  });

  test("taken up by optimize after a crash has the parameters that it had", async () => {
    const storage = memory();
    const first = await isolate(storage);
    await first.optimize(objective, { trials: 6 });
    const lost = await first.ask();
    // What is known now is not what was known then.
    const other = await first.ask();
    await first.tell(other, -100);
    const second = await isolate(storage);
    let seen: unknown = null;
    await second.optimize(
      (params, { number }) => {
        if (number === lost.number) seen = params;
        return 1;
      },
      { trials: 1, schedule: "eager" },
    );
    expect(seen).toEqual(lost.params);
  });
});

describe("isolates that ask at the same time", () => {
  test("agree on the seed of a study that they create together", async () => {
    const storage = memory();
    let seed = 0;
    const open = (): Promise<Study> => testStudy({ storage, name: "s" }, { randomSeed: () => ++seed });
    const studies = await Promise.all([open(), open(), open()]);
    expect(new Set(studies.map((study) => study.seed)).size).toBe(1);
    expect((await open()).seed).toBe(studies[0]?.seed);
  });

  test("get numbers of their own", async () => {
    const storage = memory();
    const studies = await Promise.all(Array.from({ length: 5 }, () => isolate(storage)));
    const asked = await Promise.all(studies.map((study) => study.ask()));
    expect(asked.map(({ number }) => number).sort()).toEqual([0, 1, 2, 3, 4]);
  });

  test("with a lag make the study of that lag, whoever asks, tells and comes first", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(fc.nat(), { minLength: 40 }), async (lag, picks) => {
        const storage = memory();
        const underWay: Asked[] = [];
        let done = 0;
        for (const pick of picks) {
          const study = await isolate(storage);
          const tell = underWay.length === lag || (underWay.length > 0 && pick % 2 === 0);
          if (!tell) {
            const asked = await study.ask({ lag }).catch(notReady);
            if (asked !== null) {
              underWay.push(asked);
              continue;
            }
          }
          const [trial] = underWay.splice((pick >> 1) % underWay.length, 1) as [Asked];
          await study.tell(trial.number, objective(trial.params));
          done++;
        }
        for (const { number, params } of underWay) await (await isolate(storage)).tell(number, objective(params));
        const whole = await isolate(memory());
        await whole.optimize(objective, { trials: done + underWay.length, lag });
        expect((await isolate(storage)).digest()).toBe(whole.digest());
      }),
      { numRuns: 15 },
    );
  });

  test("with a lag never get another plan than their number's", async () => {
    const storage = memory();
    const lag = 3;
    const studies = await Promise.all(Array.from({ length: 6 }, () => isolate(storage)));
    for (let round = 0; round < 6; round++) {
      const asked = await Promise.allSettled(studies.map((study) => study.ask({ lag })));
      const got = asked.flatMap((it) => (it.status === "fulfilled" ? [it.value] : []));
      expect(got).toHaveLength(lag);
      const refusals = asked.filter((it) => it.status === "rejected").map(({ reason }) => reason.code);
      expect(new Set(refusals)).toEqual(new Set(["not-ready"]));
      await Promise.all(got.map(({ number, params }, k) => studies[k]?.tell(number, objective(params))));
    }
    const whole = await isolate(memory());
    await whole.optimize(objective, { trials: 18, lag });
    expect((await isolate(storage)).digest()).toBe(whole.digest());
  });

  test("a wrong lag is refused", async () => {
    const study = await isolate(memory());
    await expect(study.ask({ lag: 0 })).rejects.toThrow(/"lag": expected a whole number >= 1, got 0/);
    await expect(study.trial(0, { lag: 0.5 })).rejects.toThrow(/"lag"/);
  });
});
