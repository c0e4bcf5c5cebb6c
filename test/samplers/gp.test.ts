import { describe, expect, test } from "vitest";
import { float, int, type Space } from "../../src/core/space.ts";
import type { TrialRecord } from "../../src/core/trial.ts";
import { gp } from "../../src/samplers/gp.ts";
import { coarseRows, fittedRows } from "../../src/surrogate/gp-fit.ts";
import { trustRegion } from "../../src/samplers/gp-region.ts";
import { random } from "../../src/samplers/random.ts";
import { alsoAsSurrogate, core, cores } from "../support/cores.ts";
import { feedback } from "../support/feedback.ts";
import { moreObjectives } from "../support/more-objectives.ts";
import { objectives } from "../support/objectives.ts";
import { quartiles, regretTrace } from "../support/regret.ts";

const all = { ...objectives, ...moreObjectives };

function medianRegret(make: () => ReturnType<typeof gp>, name: string, trials: number, seeds: number): number {
  const objective = all[name] as (typeof objectives)[string];
  const last = Array.from(
    { length: seeds },
    (_, seed) => regretTrace(core, make(), objective, seed, trials).at(-1) as number,
  );
  return quartiles(last)[1];
}

describe("gp", () => {
  // Random search is at 0.7, 0.7, 60, 0.5 and 0.008.
  test.each([
    ["branin", 30, 1e-2],
    ["hartmann3", 30, 1e-2],
    ["wells_mixed", 50, 5],
    ["mixed5", 50, 0.25],
    ["conditional", 30, 1e-3],
  ])("comes close to the optimum of %s within %i trials", (name, trials, bound) => {
    expect(medianRegret(gp, name, trials, 5)).toBeLessThan(bound);
    expect(medianRegret(random, name, trials, 5)).toBeGreaterThan(bound);
  });

  test.each([
    { kernel: "matern52" },
    { kernel: "rbf" },
    { acquisition: "logPI" },
    { acquisition: "lowerBound" },
    { acquisition: "ensemble" },
    { inputWarp: false },
    { warp: false },
    { deterministic: true },
  ] as const)("learns with %o", (options) => {
    expect(medianRegret(() => gp(options), "branin", 30, 5)).toBeLessThan(0.1);
  });

  test("with noisy EI finds its way through noise", () => {
    expect(medianRegret(() => gp({ acquisition: "logNEI" }), "branin_noisy", 30, 5)).toBeLessThan(1.5);
    expect(medianRegret(random, "branin_noisy", 30, 5)).toBeGreaterThan(1.5);
  });

  test("finds its way where parameters matter by their logarithm and were not given so", () => {
    expect(medianRegret(gp, "linear_rate", 35, 3)).toBeLessThan(1e-3);
    expect(medianRegret(() => gp({ inputWarp: false }), "linear_rate", 35, 3)).toBeGreaterThan(1e-2);
  });

  test("needs fewer trials where effects add up, with the kernel that says so", () => {
    expect(medianRegret(gp, "stybtang5", 60, 5)).toBeLessThan(
      medianRegret(() => gp({ kernel: "matern52" }), "stybtang5", 60, 5) / 2,
    );
  });

  test("maximizes as it minimizes what is negated", () => {
    const space: Space = { x: float(-1, 1), k: int(1, 9) };
    const value = ({ x, k }: Record<string, unknown>): number =>
      ((x as number) - 0.3) ** 2 + ((k as number) - 4) ** 2 / 9;
    const down = feedback(core, gp(), space, value, { seed: 3, trials: 15 });
    const up = feedback(core, gp(), space, (params) => -value(params), { seed: 3, trials: 15, direction: "maximize" });
    expect(up.map(({ internal }) => internal)).toEqual(down.map(({ internal }) => internal));
  });

  test("does not depend on the objective's origin and scale beyond rounding", () => {
    const space: Space = { x: float(-1, 1), y: float(0, 1) };
    const value = ({ x, y }: Record<string, unknown>): number => ((x as number) - 0.3) ** 2 + (y as number);
    const one = feedback(core, gp(), space, value, { seed: 3, trials: 12 });
    const other = feedback(core, gp(), space, (params) => 1024 * value(params) - 4096, { seed: 3, trials: 12 });
    one.forEach(({ internal }, i) => {
      expect(Math.abs((internal["x"] as number) - (other[i]?.internal["x"] as number))).toBeLessThan(0.02);
    });
  });

  const constraint = ({ internal }: TrialRecord): number => 0.6 - (internal["x"] as number) - (internal["y"] as number);
  const constrained = (trial: TrialRecord): TrialRecord => ({
    ...trial,
    systemAttrs: { "constraints:sum": constraint(trial) },
  });
  test.each(cores)("finds the best place where a constraint holds ($build)", ({ core }) => {
    alsoAsSurrogate(core);
    const space: Space = { x: float(0, 1), y: float(0, 1) };
    const value = ({ x, y }: Record<string, unknown>): number => (x as number) ** 2 + (y as number) ** 2;
    const trials = feedback(core, gp(), space, value, { seed: 1, trials: 30, finish: constrained });
    const feasible = trials.filter((trial) => constraint(trial) <= 0).map(({ values }) => values?.[0] as number);
    // The optimum is 0.18, at x = y = 0.3.
    expect(Math.min(...feasible)).toBeLessThan(0.19);
    expect(feasible.length).toBeGreaterThan(8);
  });

  test("looks for where the constraints hold when no trial holds them", () => {
    const space: Space = { x: float(0, 1), y: float(0, 1) };
    const rare = ({ internal }: TrialRecord): number =>
      ((internal["x"] as number) - 0.91) ** 2 + ((internal["y"] as number) - 0.07) ** 2 - 0.0004;
    const finish = (trial: TrialRecord): TrialRecord => ({ ...trial, systemAttrs: { constraints: [rare(trial)] } });
    const trials = feedback(core, gp(), space, () => 0, { seed: 1, trials: 25, finish });
    expect(trials.some((trial) => rare(trial) <= 0)).toBe(true);
    const blind = feedback(core, random(), space, () => 0, { seed: 1, trials: 25, finish });
    expect(blind.some((trial) => rare(trial) <= 0)).toBe(false);
  });

  test("does not go back to where trials fail", () => {
    const space: Space = { x: float(0, 1) };
    const value = ({ x }: Record<string, unknown>): number => x as number;
    const finish = (trial: TrialRecord): TrialRecord =>
      (trial.internal["x"] as number) < 0.2 ? { ...trial, state: "fail", values: null } : trial;
    const trials = feedback(core, gp(), space, value, { seed: 2, trials: 30, finish });
    const seen = trials.map(({ internal }) => internal["x"] as number).toSorted((a, b) => a - b);
    const failed = seen.filter((x) => x < 0.2);
    failed.slice(1).forEach((x, i) => expect(x - (failed[i] as number)).toBeGreaterThan(1e-6));
    expect(Math.min(...seen.filter((x) => x >= 0.2))).toBeLessThan(0.22);
  });

  test("spreads parallel trials", () => {
    const space: Space = { x: float(0, 1), y: float(0, 1) };
    const value = ({ x, y }: Record<string, unknown>): number =>
      ((x as number) - 0.3) ** 2 + ((y as number) - 0.6) ** 2;
    const trials = feedback(core, gp(), space, value, { seed: 2, trials: 40, lag: 7 });
    const points = trials.map(
      ({ internal }) => `${(internal["x"] as number).toFixed(5)} ${(internal["y"] as number).toFixed(5)}`,
    );
    expect(new Set(points).size).toBe(40);
    expect(Math.min(...trials.map(({ values }) => values?.[0] as number))).toBeLessThan(1e-3);
  });

  test("gives its answer from a trust region when there are many parameters", () => {
    const space: Space = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`x${i}`, float(-1, 1)]));
    const value = (params: Record<string, unknown>): number =>
      Object.values(params).reduce<number>((sum, x, i) => sum + ((x as number) - 0.1 * (i % 5)) ** 2, 0);
    const best = (sampler: ReturnType<typeof gp>): number =>
      Math.min(
        ...feedback(core, sampler, space, value, { seed: 4, trials: 60 }).map(({ values }) => values?.[0] as number),
      );
    expect(best(gp())).toBeLessThan(best(random()) / 4);
  });
});

describe("the schedule of fits", () => {
  test("fits at every row at first, then with every 32nd part, and with every 16th of many", () => {
    expect([1, 10, 63, 64, 65, 66, 199, 500].map(fittedRows)).toEqual([1, 10, 63, 64, 64, 66, 192, 496]);
    expect([1, 2, 3, 64, 100].map(coarseRows)).toEqual([1, 2, 2, 64, 64]);
  });
});

describe("the trust region", () => {
  const after = (losses: readonly number[], d = 2, startup = 3) => trustRegion(Float64Array.from(losses), d, startup);

  test("is centered on the best row, and keeps its length while rows are few", () => {
    expect(after([5, 3, 4])).toEqual({ start: 0, center: 1, length: 0.8 });
    expect(after([])).toEqual({ start: 0, center: 0, length: 0.8 });
  });

  test("doubles after three successes and halves after as many failures as there are parameters", () => {
    expect(after([5, 3, 4, 2, 1, 0.5])).toEqual({ start: 0, center: 5, length: 1.6 });
    expect(after([5, 3, 4, 2, 9, 9, 9])).toEqual({ start: 0, center: 3, length: 0.8 });
    expect(after([5, 3, 4, 2, 9, 9, 9, 9])).toEqual({ start: 0, center: 3, length: 0.4 });
    expect(after([5, 3, 4, 2, 9, 9, 9, 9], 6).length).toBe(0.8);
  });

  test("takes a gain of less than a thousandth for a failure, but moves there", () => {
    expect(after([5, 3, 4, 2, 1.9999, 1.9998, 1.9997, 1.9996])).toEqual({ start: 0, center: 7, length: 0.4 });
  });

  test("begins anew when it has become too small", () => {
    const failing = [1, ...new Array(2 + 7 * 4).fill(2)];
    expect(after(failing)).toEqual({ start: 31, center: 31, length: 0.8 });
    expect(after([...failing, 7, 6, 8])).toEqual({ start: 31, center: 32, length: 0.8 });
  });
});
