import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PowerMethod, powerInvert, powerTransform, withPowerLoss } from "../../src/wasm/power.ts";
import { modelsCores } from "../support/cores.ts";

// The definitions, in this runtime's own functions.
const boxCox = (x: number, lambda: number): number => (lambda === 0 ? Math.log(x) : (x ** lambda - 1) / lambda);
const powers: Record<PowerMethod, (x: number, lambda: number) => number> = {
  boxCox,
  yeoJohnson: (x, lambda) => (x < 0 ? -boxCox(1 - x, 2 - lambda) : boxCox(x + 1, lambda)),
};
const lambdas = [-2, -0.5, 0, 0.3, 1, 2, 3.5];
const value = fc.integer({ min: 1, max: 2000 }).map((k) => k / 100);
const signed = fc.integer({ min: -1000, max: 1000 }).map((k) => k / 100);

describe.each(modelsCores)("power transforms, $build build", ({ core }) => {
  test.each(["boxCox", "yeoJohnson"] as const)("%s is as defined, and comes back", (method) => {
    fc.assert(
      fc.property(fc.array(method === "boxCox" ? value : signed, { minLength: 7, maxLength: 7 }), (row) => {
        const X = { data: Float64Array.from(row), rows: 1, cols: 7 };
        const Z = powerTransform(core, method, X, Float64Array.from(lambdas));
        const back = powerInvert(core, method, Z, Float64Array.from(lambdas));
        row.forEach((x, j) => {
          const wanted = powers[method](x, lambdas[j] as number);
          expect(Math.abs((Z.data[j] as number) - wanted)).toBeLessThan(1e-12 * Math.max(1, Math.abs(wanted)));
          // Where the curve is flat, the way back is steep.
          expect(Math.abs((back.data[j] as number) - x)).toBeLessThan(1e-6 * Math.max(1, Math.abs(x)));
        });
      }),
    );
  });

  test("NaN stays NaN, and is what has no number to come from", () => {
    const X = { data: Float64Array.of(Number.NaN), rows: 1, cols: 1 };
    for (const method of ["boxCox", "yeoJohnson"] as const) {
      expect(powerTransform(core, method, X, Float64Array.of(0.5)).data).toEqual(Float64Array.of(Number.NaN));
      const Z = { data: Float64Array.of(3), rows: 1, cols: 1 };
      expect(powerInvert(core, method, Z, Float64Array.of(-1)).data).toEqual(Float64Array.of(Number.NaN));
    }
  });

  test.each<[PowerMethod, fc.Arbitrary<number>]>([
    ["boxCox", value],
    ["yeoJohnson", signed],
    ["yeoJohnson", value],
    ["yeoJohnson", value.map((x) => -x)],
  ])("the loss of %s differs between two exponents as the likelihood does", (method, entry) => {
    const likelihood = (column: readonly number[], lambda: number): number => {
      const z = column.map((x) => powers[method](x, lambda));
      const mean = z.reduce((sum, x) => sum + x, 0) / z.length;
      const variance = z.reduce((sum, x) => sum + (x - mean) ** 2, 0) / z.length;
      const slope = column.reduce((sum, x) => {
        return sum + (method === "boxCox" ? Math.log(x) : Math.sign(x) * Math.log1p(Math.abs(x)));
      }, 0);
      return (z.length / 2) * Math.log(variance) - (lambda - 1) * slope;
    };
    fc.assert(
      fc.property(
        fc.uniqueArray(entry, { minLength: 3, maxLength: 20 }),
        fc.constantFrom(...lambdas),
        (column, lambda) => {
          const loss = withPowerLoss(core, method, Float64Array.from(column), (of) => of(lambda) - of(1));
          expect(loss).toBeCloseTo(likelihood(column, lambda) - likelihood(column, 1), 6);
        },
      ),
    );
  });

  test("the loss is Infinity where powers overflow or nothing varies", () => {
    const column = Float64Array.of(-1e300, 1e300);
    expect(withPowerLoss(core, "yeoJohnson", column, (of) => of(40))).toBe(Number.POSITIVE_INFINITY);
    expect(withPowerLoss(core, "boxCox", Float64Array.of(2, 2), (of) => of(1))).toBe(Number.POSITIVE_INFINITY);
  });
});
