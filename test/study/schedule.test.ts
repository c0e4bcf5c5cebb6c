import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { float, int } from "../../src/core/space.ts";
import { grid } from "../../src/samplers/grid.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import { memory } from "../../src/storages/memory.ts";
import type { Objective } from "../../src/study/objective.ts";
import { TrialPruned } from "../../src/study/objective.ts";
import type { OptimizeOptions } from "../../src/study/optimize-options.ts";
import type { TrialRunner } from "../../src/study/runner.ts";
import { uniforms } from "../../src/wasm/random.ts";
import { delayedRunner, testStudy } from "../support/study.ts";
import { virtualRunner } from "../support/virtual-runner.ts";
import { stoppedClock, virtualTime } from "../support/virtual-time.ts";

// Depends on every value and every parameter that it is shown, so that one wrong record changes all that follows.
const nosy: Sampler = {
  name: "nosy",
  suggest(core, { history, pending, key }) {
    const known = history.reduce((sum, trial) => sum + (trial.values?.[0] ?? 0.1) + trial.intermediate.length, 0);
    const coming = pending.reduce((sum, trial) => sum + (trial.internal.x as number) + trial.intermediate.length, 0);
    const [u] = uniforms(core, key, 1) as unknown as [number];
    const mixed = u + known * 0.37 + coming * 0.11;
    return { x: mixed - Math.floor(mixed), n: 1 + (history.length % 5) };
  },
};

const objective: Objective<{ x: number; n: number }> = async ({ x, n }, trial) => {
  trial.report(x, 0);
  if (trial.number % 7 === 3) throw new Error("one of the failures");
  if (trial.number % 7 === 5) throw new TrialPruned();
  return x * n;
};

async function digest(
  workers: number,
  lag: number,
  delays: () => number,
  patience?: number,
): Promise<[string, number]> {
  const study = await testStudy(
    { space: { x: float(0, 1), n: int(1, 5) }, sampler: nosy, seed: 11 },
    { runner: (given) => delayedRunner(given as Objective<never>, workers, delays) },
  );
  await study.optimize(objective, { trials: 24, lag, ...(patience === undefined ? {} : { patience }) });
  return [study.digest(), study.trials.length];
}

describe("the reproducible schedule", () => {
  test("with one lag, any number of workers and any durations give one digest", async () => {
    const [reference] = await digest(1, 4, () => 0);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(1, 2, 3, 4, 8),
        fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 7, maxLength: 7 }),
        async (workers, durations) => {
          let i = 0;
          const [got] = await digest(workers, 4, () => durations[i++ % durations.length] as number);
          expect(got).toBe(reference);
        },
      ),
      { numRuns: 12, seed: 1 },
    );
  });

  test("stopping rules see the same prefix whatever the timing", async () => {
    const [reference, count] = await digest(1, 4, () => 0, 6);
    expect(count).toBeLessThan(24);
    for (const workers of [2, 4]) {
      let i = 0;
      expect(await digest(workers, 4, () => (i++ * 5) % 7, 6)).toEqual([reference, count]);
    }
  });

  test.each([
    [1, 1],
    [2, 3],
    [3, 4],
    [4, 6],
    [8, 12],
  ])("%d workers have a lag of %d unless told", async (workers, lag) => {
    const digestOf = async (options: OptimizeOptions): Promise<string> => {
      const runner = (): TrialRunner => delayedRunner(objective as Objective<never>, workers, () => 0);
      const study = await testStudy({ space: { x: float(0, 1), n: int(1, 5) }, sampler: nosy, seed: 11 }, { runner });
      await study.optimize(new URL("file:///objective.js"), { trials: 20, ...options });
      return study.digest();
    };
    const unless = await digestOf({ workers });
    expect(await digestOf({ lag })).toBe(unless);
    expect(await digestOf({ lag: lag + 1 })).not.toBe(unless);
  });

  test("another lag is another study", async () => {
    expect((await digest(4, 4, () => 0))[0]).not.toBe((await digest(1, 1, () => 0))[0]);
  });

  test("a trial that was asked for and not told is not waited for", async () => {
    const study = await testStudy({ space: { x: float(0, 1), n: int(1, 5) }, sampler: nosy, seed: 11 });
    const asked = await study.ask();
    await study.optimize(objective, { trials: 6, lag: 2 });
    expect(study.stopReason).toBe("trials");
    expect(study.trials.map(({ state }) => state)).toEqual([
      "running",
      "complete",
      "complete",
      "fail",
      "complete",
      "pruned",
      "complete",
    ]);
    await study.tell(asked, 1);
    expect(study.trials[0]?.state).toBe("complete");
  });

  test("nor is one that another process has", async () => {
    const options = { name: "shared", space: { x: float(0, 1), n: int(1, 5) }, sampler: nosy, seed: 11 };
    const storage = memory();
    await (await testStudy({ ...options, storage })).ask();
    const other = await testStudy({ ...options, storage, abandoned: "keep" });
    await other.optimize(objective, { trials: 4 });
    expect(other.stopReason).toBe("trials");
    expect(other.trials.map(({ state }) => state)).toEqual(["running", "complete", "complete", "fail", "complete"]);
  });

  test("a study is told to be aborted also when only its last trials were", async () => {
    const time = virtualTime();
    const controller = new AbortController();
    const study = await testStudy(
      { space: { x: float(0, 1) }, seed: 1 },
      {
        clock: stoppedClock,
        runner: (given) => virtualRunner(time, given as Objective<never>, { workers: 2 }),
      },
    );
    const work = study.optimize(
      async ({ x }, { number }) => {
        await time.sleep(number === 2 ? 2 : number === 3 ? 10 : 1);
        // The other worker has by then been told that nothing is left.
        if (number === 3) controller.abort();
        return x;
      },
      { trials: 4, signal: controller.signal },
    );
    await time.pass(work);
    expect(study.trials.map(({ state }) => state)).toEqual(["complete", "complete", "complete", "running"]);
    expect(study.stopReason).toBe("aborted");
  });

  test("an enqueued trial of an exhausted search has all its parameters", async () => {
    const study = await testStudy({ space: { n: int(1, 2), k: int(1, 3) }, sampler: grid(), seed: 1 });
    await study.optimize(({ n, k }) => n * k, {});
    expect(study.stopReason).toBe("exhausted");
    await study.enqueue({});
    await study.optimize(({ n, k }) => n * k, { trials: 1 });
    expect(study.trials).toHaveLength(7);
    expect(study.trials[6]?.state).toBe("complete");
  });
});
