import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flattenSpace, float, int, type Space } from "../../src/core/space.ts";
import type { TrialRecord } from "../../src/core/trial.ts";
import { asha, createStudy, memory, random, rungParams, tpe } from "../../src/index.ts";
import type { AshaOptions } from "../../src/samplers/asha.ts";
import { nextPromotion, originOf, rungResources } from "../../src/samplers/promotion.ts";
import type { Sampler, SamplerInput } from "../../src/samplers/sampler.ts";
import type { StoppingRule } from "../../src/stopping/stopping-rule.ts";
import type { Objective } from "../../src/study/objective.ts";
import { bareTrial } from "../support/bare-trial.ts";
import { core } from "../support/cores.ts";
import { testStudy } from "../support/study.ts";
import { virtualRunner } from "../support/virtual-runner.ts";
import { stoppedClock, virtualTime } from "../support/virtual-time.ts";

const names = { resource: "epochs", origin: "origin" };
const options = { maxResource: 27 } satisfies AshaOptions;
const space = { x: float(0, 1), ...rungParams(options) };

type Params = { readonly x: number; readonly epochs: number; readonly origin: number };

/** A curve that falls with the resource, faster or slower, towards what `x` allows. */
const lossAt = ({ x, epochs }: Params): number => (x - 0.3) ** 2 + (0.2 + x) / epochs;

const records = async (
  sampler: Sampler,
  trials: number,
  lag: number,
  objective: Objective<Params> = lossAt,
): Promise<readonly TrialRecord[]> => {
  const study = await createStudy({ space, sampler, seed: 4 });
  await study.optimize(objective, { trials, lag });
  return study.trials;
};

describe("rungs", () => {
  test.each([
    [1, 81, 3, [1, 3, 9, 27, 81]],
    [1, 20, 3, [1, 3, 9, 20]],
    [1, 100, 3, [1, 3, 9, 27, 100]],
    [2, 16, 2, [2, 4, 8, 16]],
    [5, 5, 3, [5]],
    [1, 1, 2, [1]],
  ])("from %i to %i by %i are %o", (least, most, factor, expected) => {
    expect(rungResources(least, most, factor)).toEqual(expected);
  });
});

describe("promotions", () => {
  const at = (number: number, epochs: number, value: number | null, origin = -1, more: Partial<TrialRecord> = {}) =>
    bareTrial({
      number,
      state: value === null ? "running" : "complete",
      values: value === null ? null : [value],
      internal: { x: number, epochs, origin },
      ...more,
    });
  const next = (trials: readonly TrialRecord[], direction: "minimize" | "maximize" = "minimize") => {
    const found = nextPromotion(trials, [1, 3, 9], 3, [direction], names);
    return found === null ? null : [found.trial.number, found.resource];
  };
  const three = [at(0, 1, 0.5), at(1, 1, 0.2), at(2, 1, 0.9)];

  test("the best third goes up, once", () => {
    expect(next(three.slice(0, 2))).toBeNull();
    expect(next(three)).toEqual([1, 3]);
    expect(next(three, "maximize")).toEqual([2, 3]);
    expect(next([...three, at(3, 3, null, 1)])).toBeNull();
    expect(next([...three, at(3, 3, null, 1, { state: "fail" })])).toBeNull();
    expect(next([...three, at(3, 3, 0.1, 1), at(4, 1, 0.3), at(5, 1, 0.35), at(6, 1, 0.8)])).toEqual([4, 3]);
  });

  test("the highest rung comes first; equal trials go by number, infeasible ones last", () => {
    const second = [at(3, 3, 0.1, 1), at(4, 3, 0.05, 0), at(5, 3, 0.3, 2)];
    expect(next([...three, ...second])).toEqual([4, 9]);
    expect(next([at(0, 1, 0.5), at(1, 1, 0.5), at(2, 1, 0.5)])).toEqual([0, 3]);
    const violating = { systemAttrs: { constraints: [1] } };
    expect(next([at(0, 1, 0.1, -1, violating), at(1, 1, 0.5), at(2, 1, 0.4)])).toEqual([2, 3]);
    expect(next([at(0, 1, Number.NaN), at(1, 1, 0.5), at(2, 1, 0.4)])).toEqual([2, 3]);
  });

  test("what failed, or runs at a resource that is no rung's, counts nowhere", () => {
    expect(next([...three.slice(0, 2), at(2, 1, null, -1, { state: "fail" }), at(3, 2, 0.1)])).toBeNull();
  });
});

describe("asha", () => {
  test("goes up by the rule at every trial: checked against the definition", async () => {
    const objective: Objective<Params> = (params, { number }) => {
      if (number % 11 === 5) throw new Error("a failure");
      return lossAt(params);
    };
    const lag = 3;
    const trials = await records(asha(options), 120, lag, objective);
    let promoted = 0;
    for (const { number, internal, params } of trials) {
      const finished = trials.slice(0, Math.max(0, number - lag + 1)).filter(({ state }) => state === "complete");
      const begun = trials.slice(0, number);
      // By the definition, in the slowest way: all candidates of each rung, from above.
      let expected: [number, number] | null = null;
      for (const [low, high] of [
        [9, 27],
        [3, 9],
        [1, 3],
      ] as const) {
        const rung = finished.filter(({ params: { epochs } }) => epochs === low);
        const better = (a: TrialRecord, b: TrialRecord): boolean =>
          (a.values?.[0] as number) < (b.values?.[0] as number) ||
          (a.values?.[0] === b.values?.[0] && a.number < b.number);
        const free = rung
          .filter((a) => rung.filter((b) => better(b, a)).length < Math.floor(rung.length / 3))
          .filter((a) => !begun.some((b) => b.params["epochs"] === high && originOf(b, names) === originOf(a, names)))
          .toSorted((a, b) => (better(a, b) ? -1 : 1));
        if (expected === null && free.length > 0) expected = [originOf(free[0] as TrialRecord, names), high];
      }
      expect([params["origin"], params["epochs"]]).toEqual(expected ?? [-1, 1]);
      expect(internal["x"]).toBe(trials[expected?.[0] ?? number]?.internal["x"]);
      if (expected !== null) promoted++;
    }
    expect(promoted).toBeGreaterThan(25);
    expect(new Set(trials.map(({ params }) => params["epochs"]))).toEqual(new Set([1, 3, 9, 27]));
  });

  test("no configuration comes to a rung twice, in any bracket, and each keeps its parameters", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(1000),
        fc.constantFrom(2, 3, 4),
        fc.boolean(),
        async (seed, reductionFactor, hyperband) => {
          const sampler = asha({ ...options, reductionFactor, hyperband });
          const study = await createStudy({ space, sampler, seed });
          await study.optimize(lossAt, { trials: 60, lag: 4 });
          const seen = study.trials.map((trial) => `${originOf(trial, names)} at ${trial.params["epochs"]}`);
          expect(new Set(seen).size).toBe(seen.length);
          for (const trial of study.trials) {
            const first = study.trials[originOf(trial, names)] as TrialRecord;
            expect(trial.params["x"]).toBe(first.params["x"]);
            expect(rungResources(1, 27, reductionFactor)).toContain(trial.params["epochs"]);
            expect(first.params["origin"]).toBe(-1);
          }
        },
      ),
      { numRuns: 12, seed: 3 },
    );
  });

  test("hyperband starts configurations at every rung, most at the lowest", async () => {
    const trials = await records(asha({ ...options, hyperband: true }), 300, 2);
    const starts = [1, 3, 9, 27].map(
      (rung) => trials.filter(({ params }) => params["origin"] === -1 && params["epochs"] === rung).length,
    );
    for (const count of starts) expect(count).toBeGreaterThan(2);
    expect(starts[0]).toBe(Math.max(...starts));
    expect(starts[1]).toBe(Math.max(...starts.slice(1)));
  });

  test("with one lag any number of workers gives one study", async () => {
    const digests: string[] = [];
    for (const workers of [1, 2, 4, 8]) {
      const time = virtualTime();
      const slow: Objective<Params> = async (params) => {
        await time.sleep(params.epochs * (0.5 + params.x));
        return lossAt(params);
      };
      const study = await testStudy(
        { space, sampler: asha({ ...options, hyperband: true, sampler: tpe({ nStartupTrials: 5 }) }), seed: 2 },
        { clock: stoppedClock, runner: (given) => virtualRunner(time, given as Objective<never>, { workers }) },
      );
      await time.pass(study.optimize(slow, { trials: 60, lag: 6 }));
      digests.push(study.digest());
    }
    expect(new Set(digests).size).toBe(1);
  });

  test("goes on from the log alone", async () => {
    const make = () => asha({ ...options, sampler: tpe({ nStartupTrials: 5 }), hyperband: true });
    const whole = await createStudy({ name: "s", space, sampler: make(), seed: 9 });
    await whole.optimize(lossAt, { trials: 50 });
    const storage = memory();
    let digest = "";
    for (let done = 10; done <= 50; done += 10) {
      const part = await createStudy({ name: "s", space, sampler: make(), seed: 9, storage });
      await part.optimize(lossAt, { totalTrials: done });
      digest = part.digest();
    }
    expect(digest).toBe(whole.digest());
  });

  test("the wrapped sampler sees a study of configurations, with values of the highest rung that has enough", async () => {
    const seen: { readonly input: SamplerInput; readonly asked: number }[] = [];
    const spy: Sampler = {
      name: "spy",
      suggest(_core, input) {
        seen.push({ input, asked: input.key.trial });
        return random().suggest(core, input);
      },
    };
    const trials = await records(asha({ ...options, sampler: spy }), 60, 3);
    const configurations = trials.filter(({ params }) => params["origin"] === -1);
    expect(seen.map(({ asked }) => asked)).toEqual(configurations.map((_, i) => i));
    let highest = 0;
    for (const [k, { input }] of seen.entries()) {
      const shown = [...input.history, ...input.pending].toSorted((a, b) => a.number - b.number);
      expect(shown.map(({ params }) => params)).toEqual(configurations.slice(0, k).map(({ params: { x } }) => ({ x })));
      expect(input.space.map(({ name }) => name)).toEqual(["x"]);
      const number = (configurations[k] as TrialRecord).number;
      const known = trials.slice(0, Math.max(0, number - 2));
      const rung =
        [27, 9, 3, 1].find((each) => known.filter(({ params }) => params["epochs"] === each).length >= 2) ?? 0;
      highest = Math.max(highest, rung);
      for (const [i, { state, values }] of shown.entries()) {
        const origin = (configurations[i] as TrialRecord).number;
        const there = known.find((trial) => originOf(trial, names) === origin && trial.params["epochs"] === rung);
        expect(state).toBe(there !== undefined ? "complete" : origin >= known.length ? "running" : "fail");
        expect(values).toEqual(there?.values ?? null);
      }
    }
    expect(highest).toBe(9);
  });

  test("ends with the wrapped sampler, when nothing is left to go up", async () => {
    const spent: Sampler = {
      name: "spent",
      suggest: (_core, { key }) => (key.trial < 3 ? { x: 0.1 * key.trial } : null),
    };
    const study = await createStudy({ space, sampler: asha({ ...options, sampler: spent }), seed: 1 });
    await study.optimize(lossAt, { trials: 20, lag: 1 });
    expect(study.stopReason).toBe("exhausted");
    expect(study.trials.map(({ params }) => [params["epochs"], params["origin"]])).toEqual([
      [1, -1],
      [1, -1],
      [1, -1],
      [3, 0],
    ]);
  });

  test.each<[string, AshaOptions, Space, string]>([
    ["maxResource", { maxResource: 0 }, space, '"maxResource": expected a whole number >= 1, got 0'],
    ["minResource", { minResource: 9, maxResource: 3 }, space, '"maxResource": expected a whole number >= 9, got 3'],
    ["reductionFactor", { ...options, reductionFactor: 1 }, space, '"reductionFactor": expected a whole number >= 2'],
    ["a resource's name", { ...options, resource: "origin" }, space, '"resource": expected a parameter\'s name'],
    [
      "no rungParams",
      options,
      { x: float(0, 1) },
      '"epochs": expected a whole number from 1 to 27 for asha(), got none',
    ],
    [
      "another resource",
      { ...options, resource: "rows" },
      space,
      '"rows": expected a whole number from 1 to 27 for asha(), got none',
    ],
    [
      "a real number",
      options,
      { ...space, epochs: float(1, 9) },
      '"epochs": expected a whole number from 1 to 27 for asha(), got ',
    ],
    [
      "a narrow range",
      options,
      { ...space, epochs: int(1, 9) },
      '"epochs": expected a whole number from 1 to 27 for asha(), got ',
    ],
  ])("refuses %s", (_, given, inSpace, message) => {
    expect(() => asha(given).check?.(flattenSpace(inSpace), ["minimize"])).toThrow(message);
  });

  test("refuses several objectives", () => {
    expect(() => asha(options).check?.(flattenSpace(space), ["minimize", "minimize"])).toThrow(
      "one objective for asha()",
    );
  });

  // What the search is for: a good configuration for the resources of a few whole trials.
  test("for equal resources it ends lower than whole trials of random search, on average over 20 seeds", async () => {
    const budget = 27 * 12;
    const simple = { x: float(0, 1), y: float(0, 1) };
    const at = (x: number, y: number, epochs: number): number =>
      (x - 0.3) ** 2 + (y - 0.7) ** 2 + (0.1 + 0.2 * x) / epochs;
    let [promoted, whole] = [0, 0];
    for (let seed = 0; seed < 20; seed++) {
      const study = await createStudy({ space: { ...simple, ...rungParams(options) }, sampler: asha(options), seed });
      const spent = new Map<number, number>();
      const total = (): number => [...spent.values()].reduce((sum, epochs) => sum + epochs, 0);
      const enough: StoppingRule = { reasonToStop: () => (total() >= budget ? "budget" : null) };
      await study.optimize(
        ({ x, y, epochs, origin }, { number }) => {
          spent.set(origin < 0 ? number : origin, epochs);
          return at(x, y, epochs);
        },
        { stop: [enough] },
      );
      promoted += study.best.value / 20;
      const plain = await createStudy({ space: simple, sampler: random(), seed });
      await plain.optimize(({ x, y }) => at(x, y, 27), { trials: 12 });
      whole += plain.best.value / 20;
    }
    expect(promoted).toBeLessThan(0.7 * whole);
  });
});
