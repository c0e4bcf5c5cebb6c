import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Matrix } from "../../src/core/matrix.ts";
import { fitLinear, type LinearProblem, linearGram } from "../../src/wasm/linear.ts";
import { modelsCores } from "../support/cores.ts";
import { dense } from "../support/dense.ts";
import { meanArea } from "../support/mean-area.ts";
import { vectors } from "../support/vectors.ts";

interface Case {
  readonly model: "ridge" | "lasso" | "elasticnet";
  readonly params: { readonly alpha: number; readonly l1_ratio?: number };
  readonly coef: number[];
  readonly intercept: number;
}
const golden = vectors<{ readonly linear: Case[] }>("regression.json").linear;
const settings = { intercept: true, tolerance: 1e-13, maxIterations: 10_000 };
const plain = { weights: null };

/** What is left of the optimality conditions at w, b, relative to the terms that cancel; in plain JavaScript. */
function violation(
  X: Matrix,
  y: Float64Array,
  weights: Float64Array | null,
  { l1, l2, intercept }: Pick<LinearProblem, "l1" | "l2" | "intercept">,
  w: Float64Array,
  b: number,
): number {
  const { rows: n, cols: d, data } = X;
  const share = (i: number): number => (weights === null ? 1 : (weights[i] as number));
  const e = Array.from({ length: n }, (_, i) => {
    let z = b;
    for (let j = 0; j < d; j++) z += (data[i * d + j] as number) * (w[j] as number);
    return share(i) * ((y[i] as number) - z);
  });
  let worst = intercept ? Math.abs(e.reduce((sum, v) => sum + v, 0)) : 0;
  for (let j = 0; j < d; j++) {
    const g = e.reduce((sum, v, i) => sum - v * (data[i * d + j] as number), 0) + l2 * (w[j] as number);
    const wj = w[j] as number;
    worst = Math.max(worst, wj === 0 ? Math.max(Math.abs(g) - l1, 0) : Math.abs(g + l1 * Math.sign(wj)));
  }
  return worst;
}

describe.each(modelsCores)("linear kernels, $build", ({ core }) => {
  test.each(golden)("$model $params: the reference's coefficients to 1e-8", (it) => {
    const { X, y } = meanArea();
    const { alpha, l1_ratio: ratio = it.model === "lasso" ? 1 : 0 } = it.params;
    const scale = it.model === "ridge" ? 1 : X.rows;
    const penalty = { l1: alpha * ratio * scale, l2: alpha * (1 - ratio) * scale };
    const solution = fitLinear(core, { X, y, ...plain }, { ...settings, ...penalty });
    expect(solution.converged).toBe(true);
    it.coef.forEach((value, j) => expect(Math.abs((solution.coef[j] as number) - value)).toBeLessThan(1e-8));
    expect(Math.abs(solution.intercept - it.intercept)).toBeLessThan(1e-14);
    const gram = linearGram(core, X, true);
    expect(fitLinear(core, { X, y, ...plain, gram }, { ...settings, ...penalty })).toEqual(solution);
  });

  test("random problems end where no subgradient is left, whatever their shape", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 1e6 }),
        fc.constantFrom(0, 0.01, 0.4, 5),
        fc.constantFrom(0, 0.01, 3),
        fc.boolean(),
        fc.boolean(),
        (n, d, seed, l1, l2, intercept, weighted) => {
          const X = dense(n, d, seed);
          const y = dense(n, 1, seed + 1).data;
          const weights = weighted ? dense(n, 1, seed + 2).data.map((x) => Math.abs(x) + 0.1) : null;
          const problem = { ...settings, l1, l2, intercept };
          const { coef, intercept: b, converged } = fitLinear(core, { X, y, weights }, problem);
          expect(converged).toBe(true);
          expect(violation(X, y, weights, problem, coef, b)).toBeLessThan(1e-6 * Math.max(1, l1));
        },
      ),
      { numRuns: 300, seed: 5 },
    );
  });

  test("more columns than all inner products are formed of", () => {
    const X = dense(14, 2100, 3);
    const y = dense(14, 1, 4).data;
    for (const l1 of [0.2, 1, 4]) {
      const problem = { ...settings, l1, l2: 0 };
      const { coef, intercept, converged } = fitLinear(core, { X, y, ...plain }, problem);
      expect(converged).toBe(true);
      expect(violation(X, y, null, problem, coef, intercept)).toBeLessThan(1e-7);
      expect(coef.filter((value) => value !== 0).length).toBeLessThanOrEqual(13);
    }
    const none = fitLinear(core, { X, y, ...plain }, { ...settings, l1: 1e4, l2: 0 });
    expect([...none.coef].every((value) => value === 0)).toBe(true);
    expect([none.converged, none.gap, none.iterations]).toEqual([true, 0, 0]);
  });

  test("the gap bounds how far the objective is above the optimum", () => {
    const { X, y } = meanArea();
    const problem = { ...settings, l1: 1, l2: 0.5 };
    const objective = ({ coef, intercept }: { coef: Float64Array; intercept: number }): number => {
      let value = 0;
      for (let i = 0; i < X.rows; i++) {
        let z = intercept;
        for (let j = 0; j < X.cols; j++) z += (X.data[i * X.cols + j] as number) * (coef[j] as number);
        value += ((y[i] as number) - z) ** 2 / 2;
      }
      return coef.reduce((sum, w) => sum + problem.l1 * Math.abs(w) + (problem.l2 * w * w) / 2, value);
    };
    const best = objective(fitLinear(core, { X, y, ...plain }, problem));
    for (const maxIterations of [1, 2, 5, 10]) {
      const early = fitLinear(core, { X, y, ...plain }, { ...problem, maxIterations });
      expect(early.iterations).toBeLessThanOrEqual(maxIterations);
      const above = objective(early) - best;
      expect(above).toBeGreaterThan(-1e-12);
      expect(early.gap).toBeGreaterThan(above - 1e-12);
    }
  });

  test("another start, the same optimum", () => {
    const { X, y } = meanArea();
    const problem = { ...settings, l1: 5, l2: 0 };
    const cold = fitLinear(core, { X, y, ...plain }, problem);
    const warm = fitLinear(core, { X, y, ...plain, start: dense(29, 1, 9).data }, problem);
    cold.coef.forEach((value, j) => expect(warm.coef[j]).toBeCloseTo(value, 9));
    expect(fitLinear(core, { X, y, ...plain, start: cold.coef }, problem).iterations).toBe(0);
  });

  test("of many best fits the shortest", () => {
    const base = dense(9, 3, 6);
    // Columns a, b, c, a, a + b, 0.
    const wide = Float64Array.from({ length: 9 * 6 }, (_, at) => {
      const [a, b, c] = base.data.subarray(Math.floor(at / 6) * 3) as unknown as [number, number, number];
      return [a, b, c, a, a + b, 0][at % 6] as number;
    });
    const y = dense(9, 1, 7).data;
    const problem = { ...settings, l1: 0, l2: 0 };
    const whole = fitLinear(core, { X: base, y, ...plain }, problem);
    const { coef, intercept } = fitLinear(core, { X: { data: wide, rows: 9, cols: 6 }, y, ...plain }, problem);
    const [a, b, c, again, sum, nothing] = coef as unknown as [number, number, number, number, number, number];
    expect(a + again + sum).toBeCloseTo(whole.coef[0] as number, 12);
    expect(b + sum).toBeCloseTo(whole.coef[1] as number, 12);
    expect(c).toBeCloseTo(whole.coef[2] as number, 12);
    expect(intercept).toBeCloseTo(whole.intercept, 12);
    expect(again).toBeCloseTo(a, 12);
    expect(sum).toBeCloseTo(a + b, 12);
    expect(nothing).toBe(0);
  });

  test("more columns than rows: an exact fit, and the limit of ever smaller penalties", () => {
    const X = dense(5, 11, 8);
    const y = dense(5, 1, 9).data;
    for (const intercept of [true, false]) {
      const problem = { ...settings, l1: 0, intercept };
      const exact = fitLinear(core, { X, y, ...plain }, { ...problem, l2: 0 });
      expect(violation(X, y, null, { ...problem, l2: 0 }, exact.coef, exact.intercept)).toBeLessThan(1e-12);
      const nearly = fitLinear(core, { X, y, ...plain }, { ...problem, l2: 1e-9 });
      exact.coef.forEach((value, j) => expect(nearly.coef[j]).toBeCloseTo(value, 7));
    }
  });

  test("an overflow is an error", () => {
    const X = { data: Float64Array.of(1e200, -1e200, 1e200, 0), rows: 4, cols: 1 };
    for (const l1 of [0, 1]) {
      expect(() =>
        fitLinear(core, { X, y: new Float64Array([1, 2, 3, 4]), ...plain }, { ...settings, l1, l2: 0 }),
      ).toThrow('"X": expected features and values whose squares stay within double precision');
    }
  });
});
