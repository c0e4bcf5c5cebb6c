import { describe, expect, test } from "vitest";
import { flattenSpace, float } from "../../src/core/space.ts";
import type { TrialRecord } from "../../src/core/trial.ts";
import { createStudy, hyperband, TrialPruned, tpe } from "../../src/index.ts";
import { highestRung } from "../../src/samplers/highest-rung.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import { bareTrial } from "../support/bare-trial.ts";
import { core } from "../support/cores.ts";

const space = flattenSpace({ x: float(0, 1) });

/** What the wrapped sampler is shown: values by trial, null for failed ones. */
function shown(history: readonly TrialRecord[]): (number | undefined)[] {
  let seen: readonly TrialRecord[] = [];
  const spy: Sampler = {
    name: "spy",
    suggest(_core, input) {
      seen = input.history;
      return { x: 0.5 };
    },
  };
  const key = { seed: 0, trial: history.length, purpose: "spy" };
  highestRung(spy).suggest(core, { space, directions: ["minimize"], history, pending: [], key });
  for (const trial of seen) expect(trial.values === null).toBe(trial.state === "fail");
  expect(seen.map(({ number }) => number)).toEqual(history.map(({ number }) => number));
  return seen.map(({ values }) => values?.[0]);
}

const pruned = (number: number, ...reports: number[]): TrialRecord =>
  bareTrial({ number, state: "pruned", intermediate: reports.map((value, i) => [i + 1, value]) });
const complete = (number: number, value: number, ...reports: number[]): TrialRecord => ({
  ...pruned(number, ...reports),
  state: "complete",
  values: [value],
});

describe("highestRung", () => {
  test("shows the reports of the highest step that more trials than parameters reached", () => {
    const history = [pruned(0, 5, 4), pruned(1, 6), pruned(2, 7, 3, 2), pruned(3, 9)];
    expect(shown(history)).toEqual([4, undefined, 3, undefined]);
    expect(shown(history.slice(0, 2))).toEqual([5, 6]);
  });

  test("puts the values of complete trials above all steps", () => {
    expect(shown([complete(0, 1, 8), pruned(1, 7), complete(2, 3, 6)])).toEqual([1, undefined, 3]);
    expect(shown([complete(0, 1, 8), pruned(1, 7)])).toEqual([8, 7]);
    expect(shown([complete(0, 1), complete(1, 2)])).toEqual([1, 2]);
  });

  test("takes NaN and failed trials for no result", () => {
    const failed = bareTrial({ number: 2, state: "fail", intermediate: [[2, 1]] });
    expect(shown([pruned(0, 5, Number.NaN), pruned(1, 6, 1), failed])).toEqual([5, 6, undefined]);
  });

  test("shows nothing while no step has enough", () => {
    expect(shown([])).toEqual([]);
    expect(shown([pruned(0, 5)])).toEqual([undefined]);
  });

  test("searches with hyperband what early reports tell, the same in two runs as in one", async () => {
    async function run(trials: readonly number[]): Promise<{ digest: string; best: number; pruned: number }> {
      const study = await createStudy({
        space: { x: float(0, 1), y: float(0, 1) },
        sampler: highestRung(tpe()),
        pruner: hyperband({ maxResource: 9 }),
        seed: 4,
      });
      for (const count of trials) {
        await study.optimize(
          async ({ x, y }, trial) => {
            const end = (x - 0.3) ** 2 + (y - 0.6) ** 2;
            for (let step = 1; step <= 9; step++) {
              trial.report(end + 1 / step, step);
              if (await trial.shouldPrune()) throw new TrialPruned();
            }
            return end;
          },
          { trials: count },
        );
      }
      const prunedTrials = study.trials.filter(({ state }) => state === "pruned").length;
      return { digest: study.digest(), best: study.best.value, pruned: prunedTrials };
    }
    const whole = await run([60]);
    expect(await run([25, 35])).toEqual(whole);
    expect(whole.pruned).toBeGreaterThan(20);
    expect(whole.best).toBeLessThan(0.01);
  });

  test("refuses several objectives", () => {
    expect(() => highestRung(tpe()).check?.(space, ["minimize", "minimize"])).toThrow(/expected one objective, got 2/);
  });
});
