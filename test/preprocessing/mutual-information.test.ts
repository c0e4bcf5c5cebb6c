import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { selectKBest } from "../../src/preprocessing/index.ts";
import golden from "../vectors/mutual-information.json" with { type: "json" };

const scored = (score: "mutualInfoClassif" | "mutualInfoRegression", X: number[][], y: never): number[] =>
  Array.from(selectKBest({ score, k: "all" }).fit(X, y).scores);

/** A whole number of at least 2 from a hash of i, so that columns of them have ties. */
const coarse = (i: number, j: number): number => ((i * 2654435761 + j * 40503) >>> 7) % 9;

describe("mutual information", () => {
  test.each([
    ["mutualInfoClassif", golden.labels, golden.classif],
    ["mutualInfoRegression", golden.y, golden.regression],
  ] as const)("%s is scikit-learn's where values do not tie", (score, y, expected) => {
    const scores = scored(score, golden.X, y as never);
    expected.forEach((value, j) => expect(scores[j]).toBeCloseTo(value, 7));
    // What is no line: the F statistic ranks the first column's parabola low.
    expect(selectKBest({ score, k: 1 }).fit(golden.X, y as never).names).toEqual(["x0"]);
  });

  test("does not depend on the order of rows or the columns' scale, and is 0 for a constant", () => {
    const property = fc.property(fc.nat(1e6), fc.integer({ min: 8, max: 60 }), fc.boolean(), (seed, n, ties) => {
      const cell = (i: number, j: number): number =>
        ties ? coarse(i + seed, j) : Math.fround(Math.sin(seed + 7 * i + j));
      const X = Array.from({ length: n }, (_, i) => [cell(i, 1), cell(i, 2), 5]);
      const y = X.map(([a], i) => (a as number) + 0.25 * cell(i, 3));
      const labels = y.map((value) => (value > 0.5 ? "high" : "low"));
      fc.pre(new Set(labels).size === 2);
      const order = X.map((_, i) => (i * 7 + 3) % n);
      fc.pre(new Set(order).size === n);
      for (const [score, target] of [
        ["mutualInfoClassif", labels],
        ["mutualInfoRegression", y],
      ] as const) {
        const scores = scored(score, X, target as never);
        expect(scores[2]).toBeLessThan(1e-9);
        const turned = order.map((row) => target[row]);
        const other = order.map((row) => (X[row] as number[]).map((value) => 4 * value));
        scored(score, other, turned as never).forEach((value, j) => expect(value).toBeCloseTo(scores[j] as number, 9));
        expect(scores.every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
      }
    });
    fc.assert(property, { numRuns: 40 });
  });

  test("of a class with itself is its entropy or near it, of noise near none", () => {
    const n = 400;
    const X = Array.from({ length: n }, (_, i) => [i % 2, coarse(i, 5)]);
    const [own, noise] = scored("mutualInfoClassif", X, X.map(([a]) => a) as never);
    expect(own).toBeCloseTo(Math.log(2), 2);
    expect(noise).toBeLessThan(0.05);
  });

  test("the bad is refused, classes or numbers", () => {
    expect(() => scored("mutualInfoRegression", [[1], [2]], ["a", "b"] as never)).toThrow(
      '"y": expected finite numbers',
    );
    expect(() => scored("mutualInfoClassif", [[1], [2]], ["a", "a"] as never)).toThrow("expected at least two classes");
  });
});
