import { expect, test } from "vitest";
import { choice, flattenSpace, float, int } from "../../src/core/space.ts";
import { bruteForce } from "../../src/samplers/brute-force.ts";
import { gridSize } from "../../src/samplers/grid.ts";
import { partialFixed } from "../../src/samplers/partial-fixed.ts";
import { qmc } from "../../src/samplers/qmc.ts";
import { core } from "../support/cores.ts";
import { feedback } from "../support/feedback.ts";

const space = {
  n: int(1, 3),
  model: choice({ svm: { C: int(1, 4) }, trees: { depth: int(2, 3), s: choice([1, 2]) }, none: {} }),
};
const seen = (trials: ReturnType<typeof feedback>): string[] => trials.map((trial) => JSON.stringify(trial.internal));

test.each(["random", "tree"] as const)("tries every combination once in %s order, then ends", (order) => {
  const trials = feedback(core, bruteForce({ order }), space, () => 1, { seed: 2, trials: 100, lag: 3 });
  expect(trials.length).toBe(gridSize(space));
  expect(trials.length).toBe(27);
  expect(new Set(seen(trials)).size).toBe(27);
});

test("goes through the combinations in another order with another seed", () => {
  const [a, b] = [1, 2].map((seed) => seen(feedback(core, bruteForce(), space, () => 1, { seed, trials: 100 })));
  expect(a).not.toEqual(b);
  expect(a?.toSorted()).toEqual(b?.toSorted());
});

test("refuses a continuous parameter", () => {
  expect(() => bruteForce().check?.(flattenSpace({ x: float(0, 1) }), ["minimize"])).toThrow(/"x": expected a step/);
});

test("partialFixed leaves the wrapped sampler the rest of the space", () => {
  const sampler = partialFixed({ model: "trees", "model.trees.s": 2 }, bruteForce());
  const trials = feedback(core, sampler, space, () => 1, { seed: 2, trials: 100 });
  expect(trials.length).toBe(3 * 2);
  for (const { internal } of trials) expect(internal).toMatchObject({ model: 1, "model.trees.s": 1 });
  expect(new Set(seen(trials)).size).toBe(6);
});

test("partialFixed refuses names and values that the space does not have", () => {
  const flat = flattenSpace(space);
  expect(() => partialFixed({ m: 1 }, qmc()).check?.(flat, ["minimize"])).toThrow(/"fixed": expected names/);
  expect(() => partialFixed({ n: 9 }, qmc()).check?.(flat, ["minimize"])).toThrow(/"n": expected a whole number/);
});
