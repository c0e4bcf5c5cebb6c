import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classifierParams, regressorParams } from "../../src/models/boosting/boost-params.ts";
import { gradientBoostingClassifierOn } from "../../src/models/boosting/gradient-boosting-classifier.ts";
import { gradientBoostingRegressorOn } from "../../src/models/boosting/gradient-boosting-regressor.ts";
import { boostQuantile } from "../../src/wasm/boost.ts";
import { uniforms } from "../../src/wasm/random.ts";
import { trees, treesCores } from "../support/cores.ts";
import { oracleRaw, type OracleSettings } from "../support/boost-oracle.ts";

interface Row {
  readonly x: readonly [number, number, number];
  readonly y: number;
  readonly w: number;
}

// Tables of three columns (a few values, many values, categories), one value in six missing, and targets and weights
// from the whole interval, so that different splits do not tie.
const tables: fc.Arbitrary<Row[]> = fc
  .record({ seed: fc.nat(), n: fc.integer({ min: 40, max: 90 }) })
  .map(({ seed, n }) => {
    const draws = uniforms(trees, { seed, trial: 0, purpose: "table" }, 8 * n);
    return Array.from({ length: n }, (_, i): Row => {
      const [a, b, c, d, e, f, y, w] = draws.subarray(8 * i, 8 * i + 8) as unknown as Row["x"] & number[];
      const cell = (u: number, hole: number, values: number): number =>
        hole < 1 / 6 ? Number.NaN : Math.floor(u * values);
      return {
        x: [cell(a, b, 4), cell(c, d as number, 60), cell(e as number, f as number, 3)],
        y: 6 * (y as number) - 3,
        w: 0.1 + 2 * (w as number),
      };
    });
  });
const growth = fc.record({
  trees: fc.integer({ min: 1, max: 4 }),
  maxLeafNodes: fc.integer({ min: 2, max: 8 }),
  maxDepth: fc.integer({ min: 1, max: 4 }),
  minSamplesLeaf: fc.integer({ min: 1, max: 8 }),
  l2: fc.constantFrom(0, 0.5),
});

describe.each(treesCores)("$build: boosting by the definition", ({ core }) => {
  const paramsOf = (settings: OracleSettings): Record<string, unknown> => ({
    trees: settings.trees,
    learningRate: settings.learningRate,
    maxLeafNodes: settings.maxLeafNodes,
    maxDepth: settings.maxDepth,
    minSamplesLeaf: settings.minSamplesLeaf,
    l2Regularization: settings.l2,
    categoricalFeatures: "2",
  });
  const gap = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
    Math.max(...Array.from(a, (value, i) => Math.abs(value - (b[i] as number))));

  test("squared error", () => {
    fc.assert(
      fc.property(tables, growth, (rows, grow) => {
        const settings: OracleSettings = { ...grow, loss: "squaredError", learningRate: 0.7, categorical: [2] };
        const [X, y, w] = [rows.map(({ x }) => x), rows.map((r) => r.y), rows.map((r) => r.w)];
        const model = gradientBoostingRegressorOn(() => core, regressorParams(paramsOf(settings)));
        const raw = model.fit(X, y, { sampleWeight: w }).predict(X);
        expect(gap(raw, oracleRaw(X, y, w, settings))).toBeLessThan(1e-8);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test("log-loss", () => {
    fc.assert(
      fc.property(tables, growth, (rows, grow) => {
        const settings: OracleSettings = { ...grow, loss: "logistic", learningRate: 0.3, categorical: [2] };
        const [X, w] = [rows.map(({ x }) => x), rows.map((r) => r.w)];
        const y = rows.map((r, i) => (i === 0 ? 0 : i === 1 ? 1 : r.y > 0.5 ? 1 : 0));
        const model = gradientBoostingClassifierOn(() => core, classifierParams(paramsOf(settings)));
        const raw = model.fit(X, y, { sampleWeight: w }).decisionFunction(X).data;
        expect(gap(raw, oracleRaw(X, y, w, settings))).toBeLessThan(1e-7);
      }),
      { numRuns: 60, seed: 2 },
    );
  });

  test("the first stage's leaves are -G / (H + l2) times the learning rate", () => {
    const X = [[0], [0], [0], [1], [1]];
    const y = [1, 2, 3, 10, 14];
    const params = regressorParams({ trees: 1, learningRate: 0.5, l2Regularization: 1, minSamplesLeaf: 2 });
    const model = gradientBoostingRegressorOn(() => core, params).fit(X, y);
    const left = 6 + 0.5 * ((2 - 6) * (3 / 4));
    const right = 6 + 0.5 * ((12 - 6) * (2 / 3));
    expect(gap(model.predict(X), [left, left, left, right, right])).toBeLessThan(1e-12);
  });

  test("quantiles with weights are those of rows repeated", () => {
    const values = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 3 })), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(values, fc.constantFrom(0.1, 0.25, 0.5, 0.8), (pairs, q) => {
        const repeated = pairs.flatMap(([value, times]) => Array<number>(times).fill(value)).sort((a, b) => a - b);
        if (repeated.length === 0) return;
        const reached = q * repeated.length;
        const at = Math.max(Math.ceil(reached) - 1, 0);
        const next = Number.isInteger(reached) ? at + 1 : at;
        const expected = ((repeated[at] as number) + (repeated[next] as number)) / 2;
        const x = Float64Array.from(pairs, ([value]) => value);
        expect(
          boostQuantile(
            core,
            x,
            Float64Array.from(pairs, ([, times]) => times),
            q,
          ),
        ).toBe(expected);
        expect(boostQuantile(core, Float64Array.from(repeated), null, q)).toBe(expected);
      }),
      { numRuns: 300, seed: 3 },
    );
  });
});
