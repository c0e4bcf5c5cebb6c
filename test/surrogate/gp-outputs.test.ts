import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gpFits } from "../../src/surrogate/gp-fit.ts";
import { excess, standardise, unwarped } from "../../src/surrogate/gp-outputs.ts";
import { type GpParameter, gpPredict } from "../../src/wasm/gp.ts";
import { surrogate as core } from "../support/cores.ts";

const losses = fc
  .array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 12 })
  .map((list) => Float64Array.from(list, (value) => value / 8));
const line: GpParameter = { type: "real", count: 0, levels: [], parent: -1, parentValue: 0 };

describe("unwarped", () => {
  test("gives back the losses' differences from what the core makes of them", () => {
    const property = fc.property(losses, (list) => {
      const count = list.length;
      const points = Float64Array.from(list, (_, i) => i / count);
      const fit = gpFits({ kernel: "matern52", warp: true, deterministic: false });
      const model = fit(core, { kernel: "matern52", parameters: [line], count, points, losses: list });
      const { outputs } = gpPredict(core, model, points);
      const valueOf = unwarped(core, list, model.theta[4] as number);
      const first = valueOf(outputs[0] as number);
      list.forEach((loss, i) => {
        expect(valueOf(outputs[i] as number) - first).toBeCloseTo(loss - (list[0] as number), 7);
      });
    });
    fc.assert(property, { numRuns: 50 });
  });

  test("says that equal losses differ by nothing", () => {
    const valueOf = unwarped(core, Float64Array.of(3, 3, 3), 0);
    expect(valueOf(2) - valueOf(-2)).toBe(0);
  });
});

test("an excess is counted in medians", () => {
  expect(Array.from(excess(core, Float64Array.of(5, 1, 3, 9, 2)).values)).toEqual([2, 0, 1, 4, 0.5]);
});

test.each([0.1, 1 / 3, 1e200])("equal losses of %d have no deviation", (loss) => {
  const { values, deviation } = standardise(new Float64Array(20).fill(loss));
  expect(deviation).toBe(0);
  expect(new Set(values)).toEqual(new Set([0]));
});
