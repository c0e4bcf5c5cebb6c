import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { choice, flattenSpace, float, int, type Space } from "../../src/core/space.ts";
import type { TrialRecord } from "../../src/core/trial.ts";
import { auto } from "../../src/samplers/auto.ts";
import { cmaes } from "../../src/samplers/cmaes.ts";
import { gp } from "../../src/samplers/gp.ts";
import { gridSize } from "../../src/samplers/grid.ts";
import { tpe } from "../../src/samplers/tpe.ts";
import { core } from "../support/cores.ts";
import { ask, feedback } from "../support/feedback.ts";
import { objectives } from "../support/objectives.ts";
import { regretTrace } from "../support/regret.ts";
import { testStudy } from "../support/study.ts";

const space = { x: float(-1, 1), y: float(-1, 1), n: int(1, 9) };
const flat = flattenSpace(space);
const value = (params: Readonly<Record<string, unknown>>): number => {
  const { x, y, n } = params as Record<string, number>;
  return ((x as number) - 0.3) ** 2 + ((y as number) + 0.2) ** 2 + ((n as number) - 6) ** 2 / 50;
};
// Random points: cheap to come by.
const history = feedback(core, tpe({ nStartupTrials: 1000 }), space, value, { seed: 1, trials: 254 });

describe("auto picks", () => {
  test("gp alone for 250 trials, then in turns with cmaes, which sees its own trials alone", () => {
    const told = (count: number): readonly TrialRecord[] => history.slice(0, count);
    const own = history.filter(({ number }) => number < 250 || number % 2 === 0);
    for (const number of [40, 249, 251]) {
      expect(ask(core, auto(), flat, told(number), number)).toEqual(ask(core, gp(), flat, told(number), number));
    }
    expect(ask(core, auto(), flat, told(250), 250)).toEqual(ask(core, cmaes(), flat, told(250), 250));
    expect(ask(core, auto(), flat, told(254), 254)).toEqual(ask(core, cmaes(), flat, own, 252));
  });

  test("gp for as long as it lasts where every parameter is a choice or steps", () => {
    const steps = { a: int(0, 9), b: int(0, 9), c: int(0, 9) };
    const trials = feedback(core, tpe({ nStartupTrials: 1000 }), steps, () => 1, { seed: 1, trials: 252 });
    const inside = flattenSpace(steps);
    expect(ask(core, auto(), inside, trials, 252)).toEqual(ask(core, gp({ repeats: false }), inside, trials, 252));
  });

  test("cmaes for more than 64 parameters, tpe if none of them is a number", () => {
    const many = (node: () => Space[string]): Space =>
      Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`p${i}`, node()]));
    for (const [node, sampler] of [
      [() => float(0, 1), cmaes()],
      [() => choice(["a", "b", "c"]), tpe({ group: true })],
    ] as const) {
      const big = many(node);
      const trials = feedback(core, tpe({ nStartupTrials: 1000 }), big, (_, number) => number % 7, {
        seed: 1,
        trials: 20,
      });
      expect(ask(core, auto(), flattenSpace(big), trials, 20)).toEqual(
        ask(core, sampler, flattenSpace(big), trials, 20),
      );
    }
  });
});

test("a discrete space is searched without repeats, to its end", async () => {
  const small = { n: int(1, 4), kind: choice({ a: { k: int(0, 3) }, b: {} }) };
  const study = await testStudy({ space: small, seed: 1, sampler: auto() });
  await study.optimize(({ n }) => n, { trials: 100 });
  expect(study.stopReason).toBe("exhausted");
  expect(study.trials.length).toBe(gridSize(small));
  expect(new Set(study.trials.map(({ params }) => JSON.stringify(params))).size).toBe(20);
  await expect(study.ask()).rejects.toThrow(/"ask": expected something left to try, got an exhausted auto search/);
});

test("parameters asked for by name never exhaust, and may differ from trial to trial", async () => {
  const byName = await testStudy({ seed: 1, sampler: auto() });
  await byName.optimize((_, trial) => trial.suggestInt("n", 1, 3), { trials: 12, lag: 2 });
  expect(byName.trials.length).toBe(12);
  expect(byName.stopReason).toBe("trials");

  const branches = await testStudy({ seed: 1, sampler: auto() });
  await branches.optimize(
    (_, trial) => {
      const model = trial.suggestCategorical("model", ["svm", "forest", "net"]);
      if (model === "svm") return 1 + (trial.suggestFloat("C", -3, 3) - 1) ** 2;
      if (model === "net") return 2 + trial.suggestFloat("rate", 0, 1);
      return 0.5 + (trial.suggestInt("depth", 1, 40) - 17) ** 2 / 100;
    },
    { trials: 80 },
  );
  expect(branches.best.value).toBeLessThan(0.6);
});

test("gp for two and three objectives, tpe for more", () => {
  const sums = (m: number, trial: TrialRecord): TrialRecord => {
    const { x = 0, y = 0, n = 0 } = trial.internal;
    return { ...trial, values: [x * x + y, y * y - x, n * n - x, x + y + n].slice(0, m) };
  };
  for (const [m, sampler] of [
    [2, gp()],
    [3, gp()],
    [4, tpe({ group: true })],
  ] as const) {
    const told = history.slice(0, 20).map((trial) => sums(m, trial));
    const directions = Array.from({ length: m }, () => "minimize" as const);
    expect(ask(core, auto(), flat, told, 20, { directions })).toEqual(
      ask(core, sampler, flat, told, 20, { directions }),
    );
  }
});

test("two objectives", async () => {
  const study = await testStudy({ space, seed: 1, sampler: auto(), directions: ["minimize", "maximize"] });
  await study.optimize(({ x, y }) => [x * x + y * y, x - y], { trials: 30 });
  expect(study.paretoFront.length).toBeGreaterThan(5);
});

test("the regret after 50 trials is no worse than that of other tuners on nine of eleven objectives", () => {
  const { peers } = JSON.parse(readFileSync(new URL("../../bench/regret/peers.json", import.meta.url), "utf8"));
  const medians = Object.entries(objectives).map(([name, objective]) => {
    const regrets = [0, 1, 2, 3, 4].map((seed) => regretTrace(core, auto(), objective, seed, 50)[49] as number);
    return { name, median: regrets.sort((a, b) => a - b)[2] as number };
  });
  for (const peer of ["Optuna 5 TPE", "Optuna 5 GP", "CMA-ES", "hyperopt TPE"]) {
    const theirs = peers[peer].medians[50] as Record<string, number>;
    const wins = medians.filter(({ name, median }) => median <= Math.max(theirs[name] as number, 1e-3));
    expect({ peer, wins: wins.length }).toEqual({ peer, wins: Math.max(9, wins.length) });
  }
});
