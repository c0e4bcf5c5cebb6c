import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choice, flattenSpace, float, int, type Space } from "../../src/core/space.ts";
import type { TrialRecord } from "../../src/core/trial.ts";
import { type GridOptions, grid, gridSize } from "../../src/samplers/grid.ts";
import { core } from "../support/cores.ts";
import { ask, feedback, running } from "../support/feedback.ts";
import { trialRecord } from "../support/trials.ts";

const mixed: Space = {
  model: choice({
    svm: { C: float(0.01, 10), kernel: choice(["linear", "rbf"]) },
    trees: { depth: int(2, 8) },
    none: {},
  }),
  scale: choice([true, false]),
};
const lists = { "model.svm.C": [0.01, 0.1, 1, 10], "model.trees.depth": [8, 2, 4] };

/** The points by brute force: nested loops over the values, the first parameter outermost. */
function expectedPoints(): object[] {
  const points: object[] = [];
  for (const C of [0.01, 0.1, 1, 10]) {
    for (const kernel of ["linear", "rbf"]) {
      for (const scale of [true, false]) {
        points.push({ model: "svm", "model.svm.C": C, "model.svm.kernel": kernel, scale });
      }
    }
  }
  for (const depth of [8, 2, 4]) {
    for (const scale of [true, false]) points.push({ model: "trees", "model.trees.depth": depth, scale });
  }
  for (const scale of [true, false]) points.push({ model: "none", scale });
  return points;
}

const points = (space: Space, options: GridOptions = {}): object[] =>
  feedback(core, grid(options), space, () => 0, { seed: 1, trials: 1000 }).map((trial) => trial.params);

describe("the points", () => {
  test("are a product within a branch, a sum over branches, the first parameter slowest", () => {
    expect(points(mixed, { values: lists })).toEqual(expectedPoints());
    expect(gridSize(mixed, { values: lists })).toBe(24);
  });

  test("are all values of stepped floats and of ints", () => {
    const space = { x: float(-1, 1, { step: 0.5 }), n: int(10, 30, { step: 10 }), k: int(1, 3, { log: true }), c: 7 };
    expect(gridSize(space)).toBe(5 * 3 * 3);
    expect(points({ x: space.x })).toEqual([-1, -0.5, 0, 0.5, 1].map((x) => ({ x })));
    expect(points(space)).toContainEqual({ x: 0.5, n: 30, k: 2, c: 7 });
  });

  test("of a space without parameters are one", () => {
    expect(gridSize({})).toBe(1);
    expect(points({})).toEqual([{}]);
  });

  test("a list may leave out branches", () => {
    expect(gridSize(mixed, { values: { model: ["none", "trees"], "model.svm.C": [1] } })).toBe((1 + 7) * 2);
  });

  test("of a huge grid are numbered without listing them", () => {
    const space = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`x${i}`, int(1, 1000)]));
    expect(gridSize(space)).toBe(Number.POSITIVE_INFINITY);
    const flat = flattenSpace(space);
    const sampler = grid();
    const first = ask(core, sampler, flat, [], 0) as Record<string, number>;
    const later = ask(core, sampler, flat, [], 1_000_500) as Record<string, number>;
    expect(Object.values(first).every((value) => value === 1)).toBe(true);
    expect([later["x396"], later["x397"], later["x398"], later["x399"]]).toEqual([1, 2, 1, 501]);
    const second = ask(core, sampler, flat, [trialRecord(flat, 0, first, 0)], 1) as Record<string, number>;
    expect(second).toEqual({ ...first, x399: 2 });
  });
});

describe("trials and points", () => {
  const space = { a: choice(["p", "q"]), n: int(1, 3) };
  const flat = flattenSpace(space);
  const all = points(space);

  test("trial k of a fresh study takes point k, known or not", () => {
    for (let k = 0; k < 6; k++) {
      const internal = ask(core, grid(), flat, [], k) as Record<string, number>;
      expect(trialRecord(flat, k, internal, 0).params).toEqual(all[k]);
    }
    expect(ask(core, grid(), flat, [], 6)).toBeNull();
  });

  test("every point once, whatever is enqueued, fails or lags behind", () => {
    const property = fc.property(
      fc.integer({ min: 0, max: 5 }),
      fc.array(fc.record({ a: fc.integer({ min: 0, max: 1 }), n: fc.integer({ min: 1, max: 3 }) }), { maxLength: 4 }),
      fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 4 }),
      fc.boolean(),
      (lag, enqueued, places, fresh) => {
        const queue = new Map(places.map((place, i) => [place, enqueued[i]]));
        let sampler = grid();
        const trials: TrialRecord[] = [];
        const suggested: object[] = [];
        for (let number = 0; number < 20; number++) {
          if (fresh) sampler = grid();
          const known = Math.max(0, number - lag);
          const pending = trials.slice(known).map(running);
          const fixed = queue.get(number);
          const internal = fixed ?? ask(core, sampler, flat, trials.slice(0, known), number, { pending });
          if (internal === null) break;
          const state = number % 3 === 1 ? "fail" : number % 3 === 2 ? "pruned" : "complete";
          trials.push(trialRecord(flat, number, internal, state === "fail" ? null : 0, { state }));
          if (fixed === undefined) suggested.push(trials.at(-1)?.params as object);
        }
        const seen = trials.map((trial) => JSON.stringify(trial.params));
        // Nothing is suggested twice, nothing is suggested that was tried, and in the end all were tried.
        expect(new Set(suggested.map((params) => JSON.stringify(params))).size).toBe(suggested.length);
        for (const params of suggested) {
          const text = JSON.stringify(params);
          expect(seen.indexOf(text)).toBe(trials.findIndex((trial) => trial.params === params));
        }
        expect(new Set(seen).size).toBe(6);
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  test("numbers asked out of order get different points", () => {
    const asked: TrialRecord[] = [];
    for (const number of [2, 0, 5, 1, 4, 3]) {
      const pending = asked.toSorted((x, y) => x.number - y.number);
      const internal = ask(core, grid(), flat, [], number, { pending }) as Record<string, number>;
      asked.push(trialRecord(flat, number, internal, null, { state: "running" }));
    }
    for (const trial of asked) expect(trial.params).toEqual(all[trial.number]);
  });
});

describe("refuses", () => {
  const check = (space: Space, options: GridOptions) => () => grid(options).check?.(flattenSpace(space), ["minimize"]);

  test.each<[string, Space, GridOptions, string]>([
    [
      "a continuous parameter",
      { C: float(0.1, 10) },
      {},
      '"C": expected a step, or a list in grid({ values: { "C": [...] } }), got every number from 0.1 to 10',
    ],
    [
      "an unknown name",
      { C: int(1, 3) },
      { values: { D: [1] } },
      '"values": expected names of parameters ("C"), got "D"',
    ],
    ["an empty list", { C: int(1, 3) }, { values: { C: [] } }, '"values.C": expected a list of values, got []'],
    [
      "a value out of range",
      { C: int(1, 3) },
      { values: { C: [1, 4] } },
      '"C": expected a whole number from 1 to 3 in steps of 1, got 4',
    ],
    ["a value that is no choice", { C: choice(["a"]) }, { values: { C: ["b"] } }, '"C": expected one of "a", got "b"'],
    [
      "a repeated value",
      { C: float(0, 1) },
      { values: { C: [0.5, 1, 0.5] } },
      '"values.C": expected different values, got 0.5 twice',
    ],
  ])("%s", (_, space, options, message) => {
    expect(check(space, options)).toThrow(message);
    expect(() => gridSize(space, options)).toThrow(message);
  });
});
