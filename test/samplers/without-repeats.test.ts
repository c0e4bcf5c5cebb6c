import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choice, flattenSpace, float, int } from "../../src/core/space.ts";
import { cmaes } from "../../src/samplers/cmaes.ts";
import { gp } from "../../src/samplers/gp.ts";
import { gridSize } from "../../src/samplers/grid.ts";
import { partialFixed } from "../../src/samplers/partial-fixed.ts";
import { random } from "../../src/samplers/random.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import { tpe } from "../../src/samplers/tpe.ts";
import { withoutRepeats } from "../../src/samplers/without-repeats.ts";
import { core } from "../support/cores.ts";
import { ask, feedback } from "../support/feedback.ts";
import { discreteSpace } from "../support/spaces.ts";
import { trialRecord } from "../support/trials.ts";

const space = {
  n: int(1, 3),
  model: choice({ svm: { C: int(1, 4) }, trees: { depth: int(2, 3), s: choice([1, 2]) }, none: {} }),
};
const samplers: Readonly<Record<string, () => Sampler>> = {
  random: () => withoutRepeats(random()),
  tpe: () => withoutRepeats(tpe({ nStartupTrials: 5 })),
  cmaes: () => withoutRepeats(cmaes()),
  gp: () => gp({ repeats: false }),
  "partialFixed inside": () => withoutRepeats(partialFixed({}, random())),
};

describe.each(Object.entries(samplers))("without repeats: %s", (_, make) => {
  test("every point once, then nothing", () => {
    const value = (params: Readonly<Record<string, unknown>>): number => params["n"] as number;
    const trials = feedback(core, make(), space, value, { seed: 4, trials: 100, lag: 2 });
    expect(trials.length).toBe(gridSize(space));
    expect(new Set(trials.map(({ internal }) => JSON.stringify(internal))).size).toBe(27);
  });

  test("failed trials took their point as well", () => {
    const finish = <T extends { readonly number: number }>(trial: T): T =>
      trial.number % 2 === 0 ? trial : { ...trial, state: "fail", values: null };
    const trials = feedback(core, make(), space, () => 1, { seed: 4, trials: 100, finish });
    expect(new Set(trials.map(({ internal }) => JSON.stringify(internal))).size).toBe(27);
    expect(trials.length).toBe(27);
  });
});

test("points come in the sampler's own order until it repeats itself", () => {
  const options = { seed: 9, trials: 27 };
  const own = feedback(core, random(), space, () => 1, options).map(({ internal }) => JSON.stringify(internal));
  const first = own.findIndex((point, i) => own.indexOf(point) < i);
  const kept = feedback(core, withoutRepeats(random()), space, () => 1, options);
  expect(first).toBeGreaterThan(2);
  expect(kept.slice(0, first).map(({ internal }) => JSON.stringify(internal))).toEqual(own.slice(0, first));
});

test("when the sampler insists, the next free point in the grid's order is taken", () => {
  const line = flattenSpace({ k: int(0, 9) });
  const stubborn: Sampler = { name: "stubborn", suggest: () => ({ k: 4 }) };
  const tried: number[] = [];
  for (;;) {
    const history = tried.map((k, number) => trialRecord(line, number, { k }, 0));
    const next = ask(core, withoutRepeats(stubborn), line, history, tried.length);
    if (next === null) break;
    tried.push(next["k"] as number);
  }
  expect(tried).toEqual([4, 5, 3, 6, 2, 7, 1, 8, 0, 9]);
});

test("a continuous parameter leaves everything to the sampler", () => {
  const mixed = { x: float(0, 1), k: choice(["a", "b"]) };
  const options = { seed: 2, trials: 20 };
  expect(feedback(core, withoutRepeats(tpe()), mixed, () => 1, options)).toEqual(
    feedback(core, tpe(), mixed, () => 1, options),
  );
});

test("no space of up to 30 points has a repeat or is left before its end", () => {
  const property = fc.property(discreteSpace, fc.maxSafeNat(), (small, seed) => {
    const size = gridSize(small);
    fc.pre(size <= 30);
    for (const sampler of [gp({ repeats: false }), withoutRepeats(tpe())]) {
      const trials = feedback(core, sampler, small, (_, number) => (number * 7) % 5, { seed, trials: 40 });
      expect(trials.length).toBe(size);
      expect(new Set(trials.map(({ internal }) => JSON.stringify(internal))).size).toBe(size);
    }
  });
  fc.assert(property, { numRuns: 40 });
});

test("gp finds the best of 144 points in few trials, each of which is another", () => {
  const wells = { a: int(0, 11), b: choice(["p", "q", "r"]), c: float(0, 0.75, { step: 0.25 }) };
  const value = (params: Readonly<Record<string, unknown>>): number => {
    const { a, b, c } = params as { a: number; b: string; c: number };
    return (a - 7) ** 2 / 20 + (b === "q" ? 0 : 1) + (c - 0.5) ** 2;
  };
  for (const seed of [1, 2, 3, 4, 5]) {
    const trials = feedback(core, gp({ repeats: false }), wells, value, { seed, trials: 40 });
    expect(trials.findIndex(({ values }) => values?.[0] === 0)).toBeGreaterThan(-1);
    expect(new Set(trials.map(({ internal }) => JSON.stringify(internal))).size).toBe(40);
  }
});
