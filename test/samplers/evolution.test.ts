import { expect, test } from "vitest";
import { flattenSpace, float, int, choice } from "../../src/core/space.ts";
import { evolution } from "../../src/samplers/evolution.ts";
import { random } from "../../src/samplers/random.ts";
import { core } from "../support/cores.ts";
import { feedback } from "../support/feedback.ts";

const space = { a: float(0, 1), b: int(0, 20), c: choice(["x", "y", "z"]) };
const value = (params: unknown): number => {
  const { a, b, c } = params as { a: number; b: number; c: string };
  return (a - 0.3) ** 2 + ((b - 7) / 20) ** 2 + (c === "y" ? 0 : 0.2);
};

test("a child differs from a trial of the population in one parameter", () => {
  const trials = feedback(core, evolution({ population: 8, tournament: 3 }), space, value, { seed: 4, trials: 60 });
  for (let k = 8; k < 60; k++) {
    const differences = trials
      .slice(k - 8, k)
      .map((parent) => Object.keys(space).filter((name) => parent.internal[name] !== trials[k]?.internal[name]).length);
    expect(Math.min(...differences)).toBeLessThanOrEqual(1);
  }
});

test("finds better trials than random search on most seeds", () => {
  const best = (sampler: typeof random | typeof evolution, seed: number): number =>
    Math.min(
      ...feedback(core, sampler === evolution ? evolution({ population: 15, tournament: 5 }) : random(), space, value, {
        seed,
        trials: 120,
      }).map((trial) => trial.values?.[0] ?? 1),
    );
  const wins = Array.from({ length: 11 }, (_, seed) => Number(best(evolution, seed) < best(random, seed)));
  expect(wins.reduce((a, b) => a + b)).toBeGreaterThanOrEqual(7);
});

test("refuses a tournament larger than the population", () => {
  expect(() => evolution({ population: 5, tournament: 6 })).toThrow(
    /"tournament": expected a whole number from 1 to 5/,
  );
  expect(() => evolution().check?.(flattenSpace(space), ["minimize", "minimize"])).toThrow(/one objective/);
});
