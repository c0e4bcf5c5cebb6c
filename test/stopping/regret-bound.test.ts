import { describe, expect, test } from "vitest";
import { choice, flattenSpace, float, int, type Space } from "../../src/core/space.ts";
import type { TrialRecord } from "../../src/core/trial.ts";
import { gp } from "../../src/samplers/gp.ts";
import { random } from "../../src/samplers/random.ts";
import { allOf, anyOf } from "../../src/stopping/combine.ts";
import { patience } from "../../src/stopping/patience.ts";
import { regretBound, type RegretBoundOptions } from "../../src/stopping/regret-bound.ts";
import type { StoppingInput, StoppingRule } from "../../src/stopping/stopping-rule.ts";
import { memory } from "../../src/storages/memory.ts";
import { normals } from "../../src/wasm/random.ts";
import { alsoAsSurrogate, core, cores } from "../support/cores.ts";
import { feedback, type FeedbackOptions } from "../support/feedback.ts";
import { objectives } from "../support/objectives.ts";
import { stoppingInput } from "../support/stopping-input.ts";
import { testStudy } from "../support/study.ts";

type Params = Readonly<Record<string, unknown>>;

const line: Space = { x: float(-1, 1) };
const parabola = ({ x }: Params): number => ((x as number) - 0.3) ** 2;
const square: Space = { x: float(-1, 1), y: float(-1, 1) };
const bowl = ({ x, y }: Params): number => ((x as number) - 0.3) ** 2 + ((y as number) + 0.2) ** 2;

/** The function as it is observed: with normal noise. */
function noisy(value: (params: Params) => number, deviation: number, seed: number) {
  const noise = normals(core, { seed, trial: 0, purpose: "objective noise" }, 200);
  return (params: Params, number: number): number => value(params) + deviation * (noise[number] as number);
}

function studied(space: Space, value: (params: Params, number: number) => number, options: FeedbackOptions) {
  return feedback(core, gp(), space, value, options);
}

interface Stop {
  /** How many trials were known. */
  readonly after: number;
  readonly bound: number;
  readonly noise: number;
}

/** When the rule stops the study of these trials, if it does. */
function stopOf(rule: StoppingRule, space: Space, trials: readonly TrialRecord[], rest: Partial<StoppingInput> = {}) {
  const flat = flattenSpace(space);
  for (let after = 0; after <= trials.length; after++) {
    const reason = rule.reasonToStop(stoppingInput({ space: flat, history: trials.slice(0, after), ...rest }));
    if (reason === null) continue;
    const [, bound, noise] = /^regret bound (\S+) < (\S+)$/.exec(reason) as unknown as [string, string, string];
    return { after, bound: Number(bound), noise: Number(noise) } satisfies Stop;
  }
  return null;
}

const bestParams = (trials: readonly TrialRecord[]): Params =>
  trials.reduce((best, trial) => ((trial.values?.[0] as number) < (best.values?.[0] as number) ? trial : best)).params;

describe("regretBound", () => {
  // The stops are pinned: a change of them is a change of users' studies.
  test.each([
    [0, 23],
    [1, 20],
    [2, 26],
  ])(
    "stops a study of a noisy function once it is down to the noise, which it finds itself (seed %i)",
    (seed, pinned) => {
      const trials = studied(line, noisy(parabola, 0.1, seed), { seed, trials: 80 });
      const stop = stopOf(regretBound(), line, trials) as Stop;
      expect(stop.after).toBe(pinned);
      // Of rounded figures.
      expect(stop.bound).toBeLessThanOrEqual(stop.noise);
      expect(stop.noise).toBeGreaterThan(0.05);
      expect(stop.noise).toBeLessThan(0.2);
      expect(parabola(bestParams(trials.slice(0, stop.after)))).toBeLessThan(0.1);
    },
  );

  test("stops for less noise later", () => {
    const trials = studied(square, bowl, { seed: 0, trials: 50 });
    const stops = [0.5, 1e-3, 1e-4].map((noise) => stopOf(regretBound({ noise }), square, trials)?.after as number);
    expect(stops).toEqual(stops.toSorted((a, b) => a - b));
    expect(stops[0]).toBe(20);
    expect(stops[2]).toBeGreaterThan(20);
  });

  test.each([0, 1])("does not stop on a rugged function (seed %i)", (seed) => {
    const { space, value } = objectives["rastrigin4"] as (typeof objectives)[string];
    const trials = studied(space, value, { seed, trials: 80 });
    expect(stopOf(regretBound(), space, trials)).toBeNull();
    expect(stopOf(regretBound({ noise: 2 }), space, trials)).toBeNull();
  });

  test("asks that less noise is left than the model assumes, when there is none", () => {
    const trials = studied(square, bowl, { seed: 1, trials: 60 });
    const stop = stopOf(regretBound(), square, trials) as Stop;
    expect(stop.noise).toBeLessThan(1e-3);
    expect(bowl(bestParams(trials.slice(0, stop.after)))).toBeLessThan(1e-4);
    // Where the function is less smooth that little is never left.
    const { space, value } = objectives["branin"] as (typeof objectives)[string];
    expect(stopOf(regretBound(), space, studied(space, value, { seed: 1, trials: 80 }))).toBeNull();
  });

  test("waits for 20 complete trials, or ten for every parameter", () => {
    const easy = (space: Space, options?: RegretBoundOptions): number | undefined => {
      const trials = feedback(core, random(), space, () => 1, { seed: 0, trials: 45 });
      return stopOf(regretBound({ noise: 1, ...options }), space, trials)?.after;
    };
    expect(easy(line)).toBe(20);
    expect(easy({ ...square, z: int(0, 9), one: int(3, 3) })).toBe(30);
    expect(easy({ kind: choice({ a: { x: float(0, 1) }, b: { y: float(0, 1), z: float(0, 1) } }) })).toBe(40);
    expect(easy(line, { minTrials: 7 })).toBe(7);
  });

  test("believes a constant objective only where it is told what counts", () => {
    const trials = feedback(core, random(), line, () => 1, { seed: 0, trials: 40 });
    expect(stopOf(regretBound(), line, trials)).toBeNull();
    expect(stopOf(regretBound({ noise: 1e-9 }), line, trials)).toEqual({ after: 20, bound: 0, noise: 1e-9 });
    expect(stopOf(regretBound({ noise: 1 }), {}, trials)).toBeNull();
  });

  test("is more careful the more confidence is asked for", () => {
    const trials = studied(square, bowl, { seed: 0, trials: 50 });
    const after = (confidence: number) =>
      stopOf(regretBound({ noise: 2e-4, confidence }), square, trials)?.after ?? Number.POSITIVE_INFINITY;
    expect(after(0.5)).toBeLessThanOrEqual(after(0.9));
    expect(after(0.9)).toBeLessThan(after(0.999_999));
  });

  test.each(cores)("answers alike in every order and each build ($build)", ({ core }) => {
    alsoAsSurrogate(core);
    const trials = studied(line, noisy(parabola, 0.1, 2), { seed: 2, trials: 36 });
    const space = flattenSpace(line);
    const at = (rule: StoppingRule, known: number) =>
      rule.reasonToStop(stoppingInput({ core, space, history: trials.slice(0, known) }));
    const fresh = [21, 25, 26, 27].map((known) => at(regretBound(), known));
    expect(fresh[2]).toBe("regret bound 0.0953 < 0.0969");
    const used = regretBound();
    expect([27, 21, 26, 25].map((known) => at(used, known))).toEqual([fresh[3], fresh[0], fresh[2], fresh[1]]);
  });

  test("stops a study where it would have stopped uninterrupted", async () => {
    const objective = ({ x }: { x: number }, trial: { number: number }): number =>
      noisy(parabola, 0.1, 2)({ x }, trial.number);
    const space = { x: float(-1, 1) };
    const options = { name: "stopped", space, seed: 2, sampler: gp() };
    const whole = await testStudy(options);
    await whole.optimize(objective, { trials: 100, lag: 2, stop: [regretBound()] });
    expect(whole.stopReason).toMatch(/^regret bound/);
    expect(whole.trials.length).toBeLessThan(80);

    const storage = memory();
    const begun = await testStudy({ ...options, storage });
    await begun.optimize(objective, { trials: whole.trials.length - 5, lag: 2, stop: [regretBound()] });
    expect(begun.stopReason).toBe("trials");
    const resumed = await testStudy({ ...options, sampler: gp(), storage });
    await resumed.optimize(objective, { trials: 100, lag: 2, stop: [regretBound()] });
    expect(resumed.stopReason).toBe(whole.stopReason);
    expect(resumed.digest()).toBe(whole.digest());
  });

  test("sees parameters asked for by name", async () => {
    const study = await testStudy({ seed: 1, sampler: gp() });
    const objective = (_: object, trial: { suggestFloat(name: string, low: number, high: number): number }): number =>
      parabola({ x: trial.suggestFloat("x", -1, 1) });
    await study.optimize(objective, { trials: 30, stop: [regretBound({ noise: 0.1 })] });
    expect(study.stopReason).toMatch(/^regret bound \S+ < 0.100$/);
    expect(study.trials).toHaveLength(20);
  });
});

describe("regretBound with other rules", () => {
  test("is combined with them", () => {
    const trials = studied(line, noisy(parabola, 0.1, 1), { seed: 1, trials: 40 });
    const input = (known: number): StoppingInput =>
      stoppingInput({ space: flattenSpace(line), history: trials.slice(0, known) });
    const late = Array.from({ length: 40 }, (_, known) => known).find(
      (known) => known >= 20 && patience(15).reasonToStop(input(known)) !== null,
    ) as number;
    expect(anyOf(patience(99), regretBound()).reasonToStop(input(20))).toMatch(/^regret bound/);
    expect(allOf(patience(15), regretBound({ noise: 1 })).reasonToStop(input(19))).toBeNull();
    expect(allOf(patience(15), regretBound({ noise: 1 })).reasonToStop(input(late))).toMatch(
      /^patience and regret bound \S+ < 1.00$/,
    );
  });
});

describe("what regretBound makes of trials", () => {
  const trials = studied(square, bowl, { seed: 0, trials: 40 });
  const noise = 1e-3;
  const plain = stopOf(regretBound({ noise }), square, trials) as Stop;

  test("maximizes as it minimizes what is negated", () => {
    const negated = trials.map((trial) => ({ ...trial, values: [-(trial.values?.[0] as number)] }));
    expect(stopOf(regretBound({ noise }), square, negated, { directions: ["maximize"] })).toEqual(plain);
  });

  test("has its figures in the objective's units", () => {
    const scaled = trials.map((trial) => ({ ...trial, values: [1024 * (trial.values?.[0] as number)] }));
    const stop = stopOf(regretBound({ noise: 1024 * noise }), square, scaled) as Stop;
    expect(stop.after).toBe(plain.after);
    expect(Math.abs(stop.bound / (1024 * plain.bound) - 1)).toBeLessThan(0.01);
  });

  test("does not count failed and pruned trials as complete", () => {
    const ended = (state: "fail" | "pruned") =>
      trials.map(
        (trial, i): TrialRecord =>
          i % 2 === 1 ? { ...trial, state, values: state === "fail" ? null : trial.values } : trial,
      );
    for (const state of ["fail", "pruned"] as const) {
      expect(stopOf(regretBound({ noise: 10 }), square, ended(state))?.after).toBe(39);
    }
  });

  test.each([1e9, Number.POSITIVE_INFINITY])("is not thrown off by a trial that came to %d", (outlier) => {
    const ranked = trials.toSorted((a, b) => (b.values?.[0] as number) - (a.values?.[0] as number));
    const worst = new Set(ranked.slice(0, 2));
    const spoilt = trials.map((trial) => (worst.has(trial) ? { ...trial, values: [outlier] } : trial));
    const stop = stopOf(regretBound({ noise: 0.5 }), square, spoilt);
    expect(stop?.after).toBeLessThan(40);
  });

  test("looks for better values where the constraints may hold", () => {
    const sum = ({ internal }: TrialRecord): number => (internal["x"] as number) + (internal["y"] as number);
    // The objective falls all the way to x = y = -1; the constraint ends that at x + y = 0.
    const finish = (trial: TrialRecord): TrialRecord => ({ ...trial, systemAttrs: { constraints: [-sum(trial)] } });
    const value = ({ x, y }: Params): number => (x as number) + (y as number) + 0.1 * (x as number) ** 2;
    const constrained = studied(square, value, { seed: 0, trials: 60, finish });
    const stop = stopOf(regretBound({ noise: 0.05 }), square, constrained) as Stop;
    const known = constrained.slice(0, stop.after);
    const bestOf = (trials: readonly TrialRecord[]): number =>
      Math.min(...trials.map(({ values }) => values?.[0] as number));
    expect(stop.after).toBeLessThan(60);
    expect(stop.bound).toBeGreaterThan(0);
    expect(bestOf(known.filter((trial) => sum(trial) >= 0))).toBeLessThan(0.05);
    // There is far more to be gained where the constraint does not hold.
    expect(bestOf(known)).toBeLessThan(-0.5);
  });

  test("does not stop before a trial holds the constraints", () => {
    const broken = trials.map((trial) => ({ ...trial, systemAttrs: { constraints: [1] } }));
    expect(stopOf(regretBound({ noise: 10 }), square, broken)).toBeNull();
  });

  test("takes the standard error over folds for the noise", () => {
    const folds = (offsets: readonly number[]) =>
      trials.map((trial): TrialRecord => {
        const value = trial.values?.[0] as number;
        return { ...trial, intermediate: offsets.map((offset, k) => [k, value + offset] as const) };
      });
    const offsets = [-0.2, 0, 0.2];
    // s^2 = 0.04, times 1/3 + 1/2.
    const stop = stopOf(regretBound(), square, folds(offsets)) as Stop;
    expect(stop.noise).toBe(Number(Math.sqrt(0.04 * (1 / 3 + 1 / 2)).toPrecision(3)));
    expect(stop.after).toBeLessThan(40);
    // A learning curve is none of that, nor are equal scores.
    for (const curve of [[2, 1, 0], [0.5], [0, 0]]) expect(stopOf(regretBound(), square, folds(curve))).toBeNull();
    expect(stopOf(regretBound({ noise: 1 }), square, folds(offsets))?.noise).toBe(1);
  });
});

describe("what regretBound refuses", () => {
  test.each<[() => unknown, RegExp]>([
    [() => regretBound({ noise: 0 }), /"noise": expected a number > 0, got 0/],
    [() => regretBound({ noise: Number.NaN }), /"noise": expected a number > 0, got NaN/],
    [() => regretBound({ minTrials: 0 }), /"minTrials": expected a whole number >= 1, got 0/],
    [() => regretBound({ confidence: 1 }), /"confidence": expected a number between 0 and 1, got 1/],
  ])("%s", (make, message) => {
    expect(make).toThrow(message);
  });

  test("several objectives, before the first trial", async () => {
    const study = await testStudy({ directions: ["minimize", "minimize"], space: { x: float(0, 1) } });
    await expect(study.optimize(() => [1, 2], { trials: 3, stop: [regretBound()] })).rejects.toMatchObject({
      code: "unsupported",
      message: expect.stringMatching(/"directions": expected one objective for regretBound\(\), got 2/),
    });
    expect(study.trials).toHaveLength(0);
  });
});
