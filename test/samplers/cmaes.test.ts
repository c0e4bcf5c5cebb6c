import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { choice, flattenSpace, float, int, type Space } from "../../src/core/space.ts";
import type { TrialRecord } from "../../src/core/trial.ts";
import { cmaes, type CmaesOptions } from "../../src/samplers/cmaes.ts";
import { cmaesAsk } from "../../src/samplers/cmaes-ask.ts";
import { type CmaesState, cmaesState } from "../../src/samplers/cmaes-state.ts";
import { cmaesStrategy, defaultPopulation } from "../../src/samplers/cmaes-strategy.ts";
import { cmaesTell } from "../../src/samplers/cmaes-tell.ts";
import { normals } from "../../src/wasm/random.ts";
import { core } from "../support/cores.ts";
import { ask, feedback } from "../support/feedback.ts";
import { type Objective, box, objectives, sum, vector } from "../support/objectives.ts";
import { quartiles, regretTrace } from "../support/regret.ts";

type Value = (x: readonly number[]) => number;

const sphere: Value = (x) => sum(x.map((v) => v * v));
const ellipsoid: Value = (x) => sum(x.map((v, i) => 1e6 ** (i / (x.length - 1)) * v * v));
const rotated: Value = (x) => ellipsoid(x.map((v, i) => v - (2 / x.length) * sum(x) * (i >= 0 ? 1 : 0)));
const rosenbrock: Value = (x) => sum(x.slice(1).map((v, i) => 100 * (v - x[i]! ** 2) ** 2 + (1 - x[i]!) ** 2));
const wells: Value = (x) => sum(x.map((v) => 0.5 * (v ** 4 - 16 * v * v + 5 * v) + 39.16616570377142));

/** Evaluations that plain CMA-ES, unbounded, takes to the value 1e-8 from a point of coordinates 2; at most `most`. */
function evaluations(value: Value, n: number, separable: boolean, seed: number, most: number): number {
  const lambda = defaultPopulation(core, n);
  const strategy = cmaesStrategy(core, n, lambda, separable);
  let state = cmaesState(core, new Float64Array(n).fill(2), 1, separable);
  for (let count = 0; count < most; count += lambda) {
    const generation = Array.from({ length: lambda }, (_, k) => {
      const x = cmaesAsk(state, normals(core, { seed, trial: count + k, purpose: "test" }, n));
      return { x: [...x], value: value([...x]) };
    }).sort((a, b) => a.value - b.value);
    if ((generation[0] as { value: number }).value < 1e-8) return count;
    state = cmaesTell(core, strategy, state, Float64Array.from(generation.flatMap(({ x }) => x))) as CmaesState;
  }
  return most;
}

const median = (values: readonly number[]): number => quartiles(values)[1];
const over = <T>(seeds: number, measure: (seed: number) => T): T[] =>
  Array.from({ length: seeds }, (_, seed) => measure(seed));

/** The best value of so many trials. */
function best(
  options: CmaesOptions,
  space: Space,
  value: (params: unknown) => number,
  seed: number,
  trials: number,
): number {
  const records = feedback(core, cmaes(options), space, value, { seed, trials });
  return Math.min(...records.map((trial) => trial.values?.[0] as number));
}

describe("cmaes converges", () => {
  test.each([
    ["sphere", sphere, 950],
    ["ellipsoid", ellipsoid, 2300],
    ["rotated ellipsoid", rotated, 2300],
    ["rosenbrock", rosenbrock, 2700],
  ] as const)("on the %s in 6 dimensions to 1e-8", (_, value, most) => {
    const counts = over(7, (seed) => evaluations(value, 6, false, seed, 8000));
    expect(median(counts)).toBeLessThan(most);
  });

  test("with a diagonal matrix sooner on a separable function, and not on another", () => {
    const counts = (value: Value, n: number, separable: boolean, most: number): number[] =>
      over(5, (seed) => evaluations(value, n, separable, seed, most));
    const full = median(counts(ellipsoid, 20, false, 40_000));
    expect(median(counts(ellipsoid, 20, true, 40_000))).toBeLessThan(0.5 * full);
    expect(median(counts(rotated, 6, true, 5200))).toBe(5200);
  });

  test("as a sampler, from within a box, on axes of any scale", () => {
    const space = { a: float(1e-300, 1e300, { log: true }), b: float(-1e6, 3e6), c: float(0, 1e-9) };
    const value = (params: unknown): number => {
      const { a, b, c } = params as Record<"a" | "b" | "c", number>;
      return (Math.log10(a) / 300 - 0.2) ** 2 + 4 * (b / 1e6 - 1.7) ** 2 + (c / 1e-9 - 0.9) ** 2;
    };
    expect(median(over(5, (seed) => best({}, space, value, seed, 600)))).toBeLessThan(1e-8);
  });

  test("to an optimum on the edge of the box", () => {
    const value = (params: unknown): number => sum(vector(params as never).map((x, i) => x * (i + 1)));
    expect(median(over(5, (seed) => best({}, box(4, 0, 1), value, seed, 300)))).toBeLessThan(0.01);
  });
});

describe("cmaes with margin", () => {
  const names = over(6, (i) => `k${i}`);
  const space = { ...box(3, -1, 1), ...Object.fromEntries(names.map((name) => [name, int(0, 1)])) };
  // The reals decide which trials are better long before the whole numbers do.
  const value = (params: unknown): number => {
    const { x0 = 0, x1 = 0, x2 = 0, ...ks } = params as Record<string, number>;
    const wrong = names.filter((name, i) => ks[name] !== i % 2).length;
    return (x0 - 0.3) ** 2 + 10 * (x1 + 0.2) ** 2 + 100 * (x2 - 0.1) ** 2 + 1e-3 * wrong;
  };
  const solved = (margin: boolean): number =>
    over(9, (seed) => best({ margin, restarts: "none" }, space, value, seed, 1000)).filter((v) => v < 5e-4).length;

  test("whole numbers go on moving", () => {
    expect(solved(true)).toBeGreaterThanOrEqual(8);
    expect(solved(false)).toBeLessThanOrEqual(4);
  });
});

describe("cmaes with restarts", () => {
  test("finds the best of eight wells more often", () => {
    const value = (params: unknown): number => wells(vector(params as never));
    const found = (restarts: "none" | "ipop" | "bipop"): number =>
      over(20, (seed) => best({ restarts }, box(3, -5, 5), value, seed, 1500)).filter((v) => v < 1e-3).length;
    const once = found("none");
    expect(found("ipop")).toBeGreaterThanOrEqual(once + 3);
    expect(found("bipop")).toBeGreaterThanOrEqual(once + 3);
  });
});

describe("cmaes with learning rate adaptation", () => {
  test("comes nearer to the optimum under noise", () => {
    const distance = (params: unknown): number => sum(vector(params as never).map((x, i) => (x - 1 - 0.4 * i) ** 2));
    const last = (learningRateAdaptation: boolean, seed: number): number => {
      const noise = normals(core, { seed, trial: 0, purpose: "noise" }, 5000);
      const noisy = (params: unknown, k: number): number => distance(params) + 3 * (noise[k] as number);
      const sampler = cmaes({ learningRateAdaptation, restarts: "none" });
      const trials = feedback(core, sampler, box(4, -5, 5), noisy, { seed, trials: 5000 }).slice(-200);
      return sum(trials.map((trial) => distance(trial.params))) / 200;
    };
    const [adapted, plain] = [true, false].map((adapt) => median(over(5, (seed) => last(adapt, seed)))) as [
      number,
      number,
    ];
    expect(adapted).toBeLessThan(0.5 * plain);
  });
});

describe("cmaes with a start", () => {
  const space = box(4, -5, 5);
  const shifted =
    (c: number) =>
    (params: unknown): number =>
      sphere(vector(params as never).map((x, i) => x - c - 0.5 * i));

  test("from a similar study is ahead", () => {
    const value = (warm: boolean, seed: number): number => {
      const warmStart = feedback(core, cmaes(), space, shifted(2), { seed: seed + 50, trials: 60 });
      return best(warm ? { warmStart } : {}, space, shifted(2.2), seed, 25);
    };
    const [warm, cold] = [true, false].map((warm) => median(over(9, (seed) => value(warm, seed)))) as [number, number];
    expect(warm).toBeLessThan(0.25 * cold);
  });

  test("from x0 draws around it, and where nothing is said around the middle", () => {
    const flat = flattenSpace({ x: float(-10, 10), k: int(1, 40), lr: float(1e-6, 1, { log: true }) });
    const draws = over(64, (trial) =>
      ask(core, cmaes({ x0: { x: 8, k: 5 }, sigma0: 0.02 }), flat, [], trial, { seed: 3 }),
    );
    const mean = (name: string, of = (v: number): number => v): number =>
      sum(draws.map((drawn) => of(drawn?.[name] as number))) / 64;
    expect(mean("x")).toBeCloseTo(8, 1);
    expect(Math.abs(mean("k") - 5)).toBeLessThan(0.3);
    expect(mean("lr", Math.log10)).toBeCloseTo(-3, 1);
  });

  test("from startup trials takes the best of them", () => {
    const trials = feedback(core, cmaes({ startup: 12, sigma0: 1e-6 }), space, shifted(1), { seed: 2, trials: 14 });
    const first = trials.slice(0, 12).toSorted((a, b) => (a.values?.[0] as number) - (b.values?.[0] as number));
    for (const name of Object.keys(space)) {
      expect(trials[13]?.internal[name]).toBeCloseTo(first[0]?.internal[name] as number, 3);
    }
  });
});

describe("cmaes as a sampler", () => {
  const space = { x: float(-2, 3), y: float(0, 1), k: int(0, 9), act: choice(["a", "b"]) };
  const flat = flattenSpace(space);
  const value = (params: unknown): number => {
    const { x, y, k, act } = params as { x: number; y: number; k: number; act: string };
    return x * x + (y - 0.3) ** 2 + (k - 6) ** 2 / 50 + (act === "b" ? 0 : 0.2);
  };

  test("a power of two in a parameter's range changes the internal search in nothing", () => {
    const run = (scale: number): TrialRecord[] => {
      const scaled = { x: float(-2 * scale, 2 * scale), y: float(0, scale) };
      const own = ({ x = 0, y = 0 }: Record<string, number>): number => (x / scale) ** 2 + (y / scale - 0.3) ** 2;
      return feedback(core, cmaes(), scaled, (params) => own(params as never), { seed: 4, trials: 60 });
    };
    const plain = run(1);
    for (const scale of [2 ** 40, 2 ** -40]) {
      const scaled = run(scale).map(({ internal }) => Object.values(internal).map((v) => v / scale));
      expect(scaled).toEqual(plain.map(({ internal }) => Object.values(internal)));
    }
  });

  test("only the order of values within a generation matters", () => {
    const lambda = defaultPopulation(core, 3);
    const plain = feedback(
      core,
      cmaes(),
      { x: float(-2, 3), y: float(0, 1), z: float(0, 1) },
      (p) => sphere(Object.values(p) as number[]),
      {
        seed: 5,
        trials: 6 * lambda,
      },
    );
    const flat = flattenSpace({ x: float(-2, 3), y: float(0, 1), z: float(0, 1) });
    const next = (history: readonly TrialRecord[]): unknown =>
      ask(core, cmaes(), flat, history, 6 * lambda, { seed: 5 });
    const warped = plain.map((trial) => ({ ...trial, values: [Math.exp((trial.values?.[0] as number) / 3)] }));
    expect(next(warped)).toEqual(next(plain));
    // Who of a generation came first does not matter either.
    const turned = plain.map((trial, k) => {
      const other = plain[lambda * Math.floor(k / lambda) + ((k + 2) % lambda)] as TrialRecord;
      return { ...other, number: trial.number };
    });
    expect(next(turned)).toEqual(next(plain));
    const swapped = plain.map((trial, k) => ({
      ...trial,
      values: (plain[k === 3 ? 11 : k === 11 ? 3 : k] as TrialRecord).values,
    }));
    expect(next(swapped)).not.toEqual(next(plain));
  });

  test("maximizing is minimizing the negative", () => {
    const down = feedback(core, cmaes(), space, value, { seed: 6, trials: 50 });
    const up = feedback(core, cmaes(), space, (params) => -value(params), {
      seed: 6,
      trials: 50,
      direction: "maximize",
    });
    expect(up.map((trial) => trial.internal)).toEqual(down.map((trial) => trial.internal));
  });

  test("failed trials, and those of another space, teach it nothing", () => {
    const trials = feedback(core, cmaes(), space, value, { seed: 7, trials: 40 });
    const failed = trials.map((trial) => ({ ...trial, state: "fail" as const, values: null }));
    const nothing = ask(core, cmaes(), flat, [], 40, { seed: 7 });
    expect(ask(core, cmaes(), flat, failed, 40, { seed: 7 })?.["x"]).toBe(nothing?.["x"]);
    const wider = flattenSpace({ ...space, more: float(0, 1) });
    const fresh = ask(core, cmaes(), wider, [], 40, { seed: 7 });
    expect(ask(core, cmaes(), wider, trials, 40, { seed: 7 })?.["x"]).toBe(fresh?.["x"]);
    expect(ask(core, cmaes(), flat, trials, 40, { seed: 7 })?.["x"]).not.toBe(nothing?.["x"]);
  });

  test("trials that violate constraints rank last", () => {
    const limit = 1.2;
    const trials = feedback(core, cmaes(), box(2, -2, 3), (params) => sphere(vector(params)), {
      seed: 8,
      trials: 120,
      finish: (trial) => ({ ...trial, systemAttrs: { constraints: [limit - (trial.internal["x0"] as number)] } }),
    });
    const late = trials.slice(-40);
    expect(late.filter((trial) => (trial.internal["x0"] as number) >= limit).length).toBeGreaterThan(15);
    for (const trial of late) expect(Math.abs((trial.internal["x0"] as number) - limit)).toBeLessThan(0.5);
  });

  test("does about as well with four trials at a time", () => {
    const at = (lag: number, seed: number): number =>
      regretTrace(core, cmaes(), objectives["hartmann6"] as Objective, seed, 120, lag).at(-1) as number;
    const [one, four] = [0, 3].map((lag) => median(over(15, (seed) => at(lag, seed)))) as [number, number];
    expect(four).toBeLessThan(Math.max(3 * one, 0.3));
  });

  test("goes on for as long as it is asked, past the precision of numbers", () => {
    for (const learningRateAdaptation of [false, true]) {
      const sampler = cmaes({ restarts: "none", learningRateAdaptation });
      const trials = feedback(core, sampler, box(2, -1, 2), (params) => sphere(vector(params)), {
        seed: 3,
        trials: 4000,
      });
      const late = trials.slice(-100).map((trial) => trial.internal["x0"] as number);
      expect(late.every((x) => Math.abs(x) < 1e-3)).toBe(true);
    }
  });

  test("refuses what it cannot do", () => {
    const bad =
      (options: unknown): (() => unknown) =>
      () =>
        cmaes(options as CmaesOptions);
    expect(bad({ sigma0: 0 })).toThrow(/"sigma0": expected a number > 0 and <= 1, got 0/);
    expect(bad({ population: 3 })).toThrow(/"population": expected a whole number from 4/);
    expect(bad({ restarts: "often" })).toThrow(/"restarts": expected one of "none", "ipop", "bipop", got "often"/);
    expect(bad({ separable: 1 })).toThrow(/"separable": expected one of true, false, got 1/);
    expect(bad({ margin: "auto" })).toThrow(/"margin"/);
    expect(bad({ startup: -1 })).toThrow(/"startup"/);
    expect(bad({ startup: 4, x0: { x: 1 } })).toThrow(/expected one of warmStart, x0 and startup/);
    const check =
      (options: CmaesOptions, directions = 1) =>
      (): void =>
        cmaes(options).check?.(flat, new Array(directions).fill("minimize"));
    expect(check({}, 2)).toThrow(/"directions": expected one objective for cmaes\(\), got 2/);
    expect(check({ x0: { z: 1 } })).toThrow(/"x0": expected names among "x", "y", "k", got "z"/);
    expect(check({ x0: { k: 1.5 } })).toThrow(/"x0.k": expected a whole number from 0 to 9/);
    expect(check({ x0: { k: 4 } })).not.toThrow();
    const source = feedback(core, cmaes(), { x: float(-2, 3) }, value, { seed: 1, trials: 3 });
    expect(check({ warmStart: source })).toThrow(/"warmStart": expected finished trials with "x", "y", "k", got none/);
  });
});

describe("regret", () => {
  test("is no worse than the other CMA-ES's on nine of eleven objectives", () => {
    const { peers } = JSON.parse(readFileSync(new URL("../../bench/regret/peers.json", import.meta.url), "utf8"));
    const medians = peers["CMA-ES"].medians as Record<string, Record<string, number>>;
    const traces = Object.entries(objectives).map(([name, objective]) => ({
      name,
      runs: over(40, (seed) => regretTrace(core, cmaes(), objective, seed, 100)),
    }));
    for (const evaluations of [50, 100]) {
      const wins = traces.filter(({ name, runs }) => {
        const theirs = medians[evaluations]?.[name] as number;
        return median(runs.map((run) => run[evaluations - 1] as number)) <= Math.max(theirs, 1e-3);
      });
      expect(wins.length).toBeGreaterThanOrEqual(9);
    }
  });
});
