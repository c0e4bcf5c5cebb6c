import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { float, int } from "../../src/core/space.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import type { Objective } from "../../src/study/objective.ts";
import { TrialPruned } from "../../src/study/objective.ts";
import { uniforms } from "../../src/wasm/random.ts";
import { delayedRunner, testStudy } from "../support/study.ts";

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

  test("another lag is another study", async () => {
    expect((await digest(4, 4, () => 0))[0]).not.toBe((await digest(1, 1, () => 0))[0]);
  });
});
