import { describe, expect, test } from "vitest";
import { random } from "../../src/samplers/random.ts";
import { core } from "./cores.ts";
import { feedback } from "./feedback.ts";
import { moreObjectives, publishedObjectives } from "./more-objectives.ts";
import type { Objective } from "./objectives.ts";

const point = (values: readonly number[]): Record<string, number> =>
  Object.fromEntries(values.map((value, i) => [`x${i}`, value]));

/** A minimizer of each, to the digits that its optimum needs. */
const minimizers: Record<string, Readonly<Record<string, unknown>>> = {
  camel: point([0.08984201368301331, -0.7126564032704135]),
  griewank4: point([17.3, -42.1, 8.8, 61.4]),
  michalewicz5: point([2.2029055201726, 1.5707963267949, 1.2849915705697, 1.9230584698663, 1.7204697725053]),
  dixonprice4: point([1, Math.SQRT1_2, 2 ** -0.75, 2 ** -0.875]),
  wells_mixed: { k0: -3, k1: -3, x0: -2.903534027771178, x1: -2.903534027771178, kind: "steep" },
  three_branches: { model: { kind: "net", rate: 10 ** -2.5, width: 64, decay: 1e-4 }, scale: 0.3 },
  bowl12: point(Array.from({ length: 12 }, (_, i) => ((i * 7) % 12) / 12 - 0.4)),
  linear_rate: point([10 ** -2.2, 0.3, 0.6]),
  linear_rates: point([0, 1, 2, 3].map((i) => 10 ** (-1.5 - 0.4 * i))),
  hartmann3_noisy: point([0.114614335, 0.555648852, 0.852546955]),
  ackley20: point(Array.from({ length: 20 }, () => 0)),
};

describe.each(Object.entries({ ...moreObjectives, ...publishedObjectives }))("%s", (name, objective: Objective) => {
  test("has its optimum where it is said to be", () => {
    const value = objective.value(minimizers[name] as Record<string, unknown>);
    expect(Math.abs(value - objective.optimum)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(objective.optimum)));
  });

  test("is nowhere less among 5,000 points", () => {
    let least = Number.POSITIVE_INFINITY;
    feedback(core, random(), objective.space, (params) => (least = Math.min(least, objective.value(params))), {
      seed: 1,
      trials: 5000,
    });
    expect(least).toBeGreaterThanOrEqual(objective.optimum);
  });
});
