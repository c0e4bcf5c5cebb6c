import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Matrix, takeRows } from "../../src/core/matrix.ts";
import { breastCancer } from "../../src/datasets/breast-cancer.ts";
import { digits } from "../../src/datasets/digits.ts";
import type { ModelsCore } from "../../src/wasm/core.ts";
import {
  fitLogistic,
  type LogisticProblem,
  type LogisticSolution,
  logisticProbabilities,
  logisticScores,
} from "../../src/wasm/logistic.ts";
import { models as release, modelsCores } from "../support/cores.ts";
import { numbers } from "../support/dense.ts";
import { standardized } from "../support/standardized.ts";

const l2: LogisticProblem = { C: 1, l1: 0, l2: 1, intercept: true, tolerance: 1e-10, maxIterations: 500 };
const l1: LogisticProblem = { ...l2, l1: 1, l2: 0 };
const none: LogisticProblem = { ...l2, l2: 0 };

interface Table {
  readonly X: Matrix;
  readonly codes: Int32Array;
  readonly classes: number;
}

/** Features in (-1, 1), classes by noisy linear scores; each class occurs. */
function table(n: number, d: number, classes: number, seed: number, noise: number): Table {
  const data = numbers(n * d, seed);
  const W = numbers(classes * d, seed + 1);
  const errors = numbers(n * classes, seed + 2);
  const codes = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    let best = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < classes; k++) {
      let score = noise * (errors[i * classes + k] as number);
      for (let j = 0; j < d; j++) score += (W[k * d + j] as number) * (data[i * d + j] as number);
      if (score <= best) continue;
      best = score;
      codes[i] = k;
    }
    if (i < classes) codes[i] = i;
  }
  return { X: { data, rows: n, cols: d }, codes, classes };
}

const fit = (core: ModelsCore, { X, codes, classes }: Table, problem: LogisticProblem): LogisticSolution =>
  fitLogistic(core, X, codes, classes, null, problem);

const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/** The largest difference of two lists; NaN when their lengths differ. */
const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  a.length === b.length ? largest(Array.from(a, (x, i) => x - (b[i] as number))) : Number.NaN;

/** Objective and the largest subgradient entry, in plain JavaScript from the problem's statement. */
function check({ X, codes, classes }: Table, problem: LogisticProblem, { coef, intercept }: LogisticSolution) {
  const { C } = problem;
  const K = coef.rows;
  const d = X.cols;
  let loss = 0;
  const residuals: number[][] = [];
  for (let i = 0; i < X.rows; i++) {
    const z = Array.from({ length: K }, (_, k) => {
      let sum = intercept[k] as number;
      for (let j = 0; j < d; j++) sum += (coef.data[k * d + j] as number) * (X.data[i * d + j] as number);
      return sum;
    });
    const scores = K === 1 ? [0, z[0] as number] : z;
    const most = Math.max(...scores);
    const total = scores.reduce((sum, s) => sum + Math.exp(s - most), 0);
    loss += Math.log(total) + most - (scores[codes[i] as number] as number);
    const r = scores.map((s, k) => Math.exp(s - most) / total - (codes[i] === k ? 1 : 0));
    residuals.push(K === 1 ? r.slice(1) : r);
  }
  let penalty = 0;
  let worst = 0;
  for (let k = 0; k < K; k++) {
    const slope = (feature: (i: number) => number): number =>
      C * residuals.reduce((sum, r, i) => sum + (r[k] as number) * feature(i), 0);
    if (problem.intercept) worst = Math.max(worst, Math.abs(slope(() => 1)));
    for (let j = 0; j < d; j++) {
      const w = coef.data[k * d + j] as number;
      penalty += problem.l1 * Math.abs(w) + 0.5 * problem.l2 * w * w;
      const g = slope((i) => X.data[i * d + j] as number) + problem.l2 * w;
      worst = Math.max(
        worst,
        w === 0 ? Math.max(0, Math.abs(g) - problem.l1) : Math.abs(g + problem.l1 * Math.sign(w)),
      );
    }
  }
  return { classes, objective: C * loss + penalty, worst: worst / (C * X.rows) };
}

describe.each(modelsCores)("logisticFit, $build core", ({ core }) => {
  test.each([
    ["L2", { ...l2, C: 3 }],
    ["L1", { ...l1, C: 3 }],
    ["L1, more coordinates than the limit", { ...l1, C: 3, setLimit: 1 }],
    ["none", none],
  ] as const)("%s: a weight of 3 is a row that is there three times", (_, problem) => {
    for (const classes of [2, 3]) {
      const data = table(41, 4, classes, 11, 5);
      const weights = Float64Array.from(data.codes, (__, i) => 1 + (i % 3));
      const rows = [...data.codes.keys()].flatMap((i) => Array.from({ length: weights[i] as number }, () => i));
      const repeated = {
        ...data,
        X: takeRows(data.X, rows),
        codes: Int32Array.from(rows, (i) => data.codes[i] as number),
      };
      const weighted = fitLogistic(core, data.X, data.codes, classes, weights, problem);
      const whole = fit(core, repeated, problem);
      expect([weighted.converged, whole.converged]).toEqual([true, true]);
      expect(Math.abs(weighted.objective - whole.objective)).toBeLessThan(1e-12 * whole.objective);
      expect(distance(weighted.coef.data, whole.coef.data)).toBeLessThan(1e-7);
      expect(distance(weighted.intercept, whole.intercept)).toBeLessThan(1e-7);
    }
  });

  test("ends at the optimum of random problems", () => {
    fc.assert(
      fc.property(
        fc.record({
          n: fc.integer({ min: 12, max: 60 }),
          d: fc.integer({ min: 1, max: 7 }),
          classes: fc.integer({ min: 2, max: 5 }),
          seed: fc.integer({ min: 1, max: 1e6 }),
          noise: fc.constantFrom(0.1, 1, 5),
          C: fc.constantFrom(1e-3, 0.1, 1, 30, 1e4),
          share: fc.constantFrom(0, 0.2, 0.8, 1),
          intercept: fc.boolean(),
        }),
        ({ n, d, classes, seed, noise, C, share, intercept }) => {
          const data = table(n, d, classes, seed, noise);
          const problem = { ...l2, C, l1: share, l2: 1 - share, intercept };
          const solution = fit(core, data, problem);
          const { objective, worst } = check(data, problem, solution);
          expect(solution.converged).toBe(true);
          expect(worst).toBeLessThan(1e-9);
          expect(Math.abs(solution.objective - objective)).toBeLessThan(1e-11 * objective);
          expect(intercept || largest(solution.intercept) === 0).toBe(true);
          const sum = classes > 2 ? solution.intercept.reduce((total, b) => total + b, 0) : 0;
          expect(Math.abs(sum)).toBeLessThan(1e-9);
        },
      ),
      { numRuns: 150, seed: 11 },
    );
  });

  test("without a penalty: overlapping classes have an optimum, in any units", () => {
    for (const classes of [2, 4]) {
      const data = table(300, 4, classes, 5, 4);
      const solution = fit(core, data, none);
      expect(solution.converged).toBe(true);
      expect(check(data, none, solution).worst).toBeLessThan(1e-10);
      const units = [2 ** 20, 2 ** -20, 1, 2 ** 5];
      const X = { ...data.X, data: data.X.data.map((x, at) => x * (units[at % 4] as number)) };
      const scaled = fit(core, { ...data, X }, none);
      expect(scaled.converged).toBe(true);
      expect(
        distance(
          scaled.coef.data.map((w, at) => w * (units[at % 4] as number)),
          solution.coef.data,
        ),
      ).toBeLessThan(1e-8);
    }
  });

  test("two features without intercept: no point around is better", () => {
    const data = table(40, 2, 2, 9, 2);
    const problem = { ...l2, C: 2, l1: 0.5, l2: 0.5, intercept: false };
    const solution = fit(core, data, problem);
    for (let step = 1; step > 1e-6; step /= 4) {
      for (const [a, b] of [
        [1, 0],
        [0, 1],
        [1, 1],
        [1, -1],
      ] as const) {
        for (const sign of [step, -step]) {
          const [w0, w1] = solution.coef.data as unknown as [number, number];
          const coef = { ...solution.coef, data: Float64Array.of(w0 + sign * a, w1 + sign * b) };
          expect(check(data, problem, { ...solution, coef }).objective).toBeGreaterThan(solution.objective);
        }
      }
    }
  });

  test("steps with and without the Hessian at hand lead to the same weights", () => {
    for (const classes of [2, 3]) {
      const data = table(80, 9, classes, 21, 1);
      for (const share of [0.3, 1]) {
        const problem = { ...l2, C: 5, l1: share, l2: 1 - share };
        const explicit = fit(core, data, problem);
        const implicit = fit(core, data, { ...problem, setLimit: 1 });
        expect(implicit.converged).toBe(true);
        expect(distance(implicit.coef.data, explicit.coef.data)).toBeLessThan(1e-7);
        expect(distance(implicit.intercept, explicit.intercept)).toBeLessThan(1e-7);
      }
    }
  });

  test("more columns than the block preconditioner takes, and than samples", () => {
    const data = table(30, 1100, 3, 2, 0.5);
    for (const problem of [l2, { ...l1, C: 10 }]) {
      const solution = fit(core, data, problem);
      expect(solution.converged).toBe(true);
      expect(check(data, problem, solution).worst).toBeLessThan(1e-9);
    }
  });

  test.each([l2, { ...l2, C: 1e6 }, l1, { ...l1, C: 1e6 }, none])("dependent and constant columns: %o", (problem) => {
    const { X, codes, classes } = table(120, 3, 3, 4, 4);
    const cols = 6;
    const data = new Float64Array(X.rows * cols);
    for (let i = 0; i < X.rows; i++) {
      const [a, b, c] = X.data.subarray(3 * i, 3 * i + 3) as unknown as [number, number, number];
      data.set([a, b, c, a, a + b, 0.1], cols * i);
    }
    const wide = { X: { data, rows: X.rows, cols }, codes, classes };
    const solution = fit(core, wide, problem);
    expect(solution.converged).toBe(true);
    expect(check(wide, problem, solution).worst).toBeLessThan(1e-9);
    expect(largest(solution.coef.data)).toBeLessThan(50);
    for (let k = 0; k < classes; k++) expect(solution.coef.data[k * cols + 5]).toBeCloseTo(0, 12);
  });

  test("separable classes without a penalty have no optimum, and the fit ends all the same", () => {
    const separable = { X: { data: Float64Array.of(0, 1, 2, 3), rows: 4, cols: 1 }, classes: 2 };
    const solution = fit(core, { ...separable, codes: Int32Array.of(0, 0, 1, 1) }, none);
    expect(solution.converged).toBe(false);
    expect(solution.iterations).toBeLessThan(60);
    expect(solution.objective).toBeLessThan(1e-8);
    expect(Number.isFinite(solution.coef.data[0])).toBe(true);
  });

  test("nor have classes that are separable in one direction only", () => {
    // Where the first feature is 1, all samples are of class 1; the others overlap.
    const noise = numbers(40, 3);
    const data = new Float64Array(80);
    const codes = new Int32Array(40);
    for (let i = 0; i < 40; i++) {
      data.set([i % 4 === 0 ? 1 : 0, noise[i] as number], 2 * i);
      codes[i] = i % 4 === 0 ? 1 : i % 2;
    }
    const solution = fit(core, { X: { data, rows: 40, cols: 2 }, codes, classes: 2 }, none);
    expect(solution.converged).toBe(false);
    expect(solution.iterations).toBeLessThan(60);
    expect([...solution.coef.data].every(Number.isFinite)).toBe(true);
  });

  test("another order of the classes permutes the rows of weights", () => {
    const data = table(90, 4, 3, 8, 1);
    const order = [2, 0, 1];
    const codes = data.codes.map((code) => order[code] as number);
    for (const problem of [l2, l1]) {
      const one = fit(core, data, problem);
      const other = fit(core, { ...data, codes }, problem);
      const expected = Array.from({ length: 12 }, (_, at) => {
        const from = order.indexOf(Math.floor(at / 4));
        return one.coef.data[4 * from + (at % 4)] as number;
      });
      expect(distance(other.coef.data, expected)).toBeLessThan(1e-8);
    }
  });

  test("changing sides of two classes changes the sign of the weights", () => {
    const data = table(50, 3, 2, 31, 1);
    const turned = fit(core, { ...data, codes: data.codes.map((code) => 1 - code) }, { ...l1, C: 3 });
    const plain = fit(core, data, { ...l1, C: 3 });
    expect(
      distance(
        plain.coef.data,
        turned.coef.data.map((w) => -w),
      ),
    ).toBeLessThan(1e-8);
    expect(turned.intercept[0]).toBeCloseTo(-(plain.intercept[0] as number), 8);
  });

  test("iterations are limited", () => {
    const data = table(100, 4, 3, 1, 0.1);
    for (const problem of [l2, l1]) {
      const solution = fit(core, data, { ...problem, C: 100, maxIterations: 2 });
      expect([solution.iterations, solution.converged]).toEqual([2, false]);
    }
  });

  test.each([1e160, 1e308])("features of size %d are refused, not computed with", (size) => {
    const data = table(20, 2, 2, 1, 1);
    const X = { ...data.X, data: data.X.data.map((x) => size * x) };
    expect(() => fit(core, { ...data, X }, l2)).toThrow(/"X": expected features whose weighted sums are finite/);
  });

  test("scores and probabilities", () => {
    const X = { data: Float64Array.of(1, 2, 3, 4, 5, 6), rows: 3, cols: 2 };
    const W = { data: Float64Array.of(1, -1, 0.5, 2, 0, 1), rows: 3, cols: 2 };
    const scores = logisticScores(core, X, W, Float64Array.of(0.25, 0, -1));
    expect([...scores.data]).toEqual([-0.75, 4.5, 1, -0.75, 9.5, 3, -0.75, 14.5, 5]);
    const proba = logisticProbabilities(core, scores);
    for (let i = 0; i < 3; i++) {
      const row = scores.data.subarray(3 * i, 3 * i + 3);
      const total = row.reduce((sum, z) => sum + Math.exp(z), 0);
      row.forEach((z, k) => expect(proba.data[3 * i + k]).toBeCloseTo(Math.exp(z) / total, 14));
    }
  });

  test("probabilities of extreme scores are numbers, and each row sums to 1", () => {
    const ends = [-1e308, -800, -36, -1e-17, 0, 1e-17, 36, 800, 1e308];
    const binary = logisticProbabilities(core, { data: Float64Array.from(ends), rows: ends.length, cols: 1 });
    expect([...binary.data.subarray(0, 2)]).toEqual([1, 0]);
    expect([...binary.data.subarray(-2)]).toEqual([0, 1]);
    const pairs = ends.flatMap((a) => ends.map((b) => [a, b, 0]));
    const multi = logisticProbabilities(core, { data: Float64Array.from(pairs.flat()), rows: pairs.length, cols: 3 });
    for (const [proba, cols] of [
      [binary.data, 2],
      [multi.data, 3],
    ] as const) {
      for (let at = 0; at < proba.length; at += cols) {
        const row = proba.subarray(at, at + cols);
        expect(row.every((p) => p >= 0 && p <= 1)).toBe(true);
        expect(Math.abs(row.reduce((sum, p) => sum + p, 0) - 1)).toBeLessThan(1e-15);
      }
    }
  });
});

test("both builds give the same bits", () => {
  const [one, other] = modelsCores.map(({ core }) => fit(core, table(70, 6, 3, 13, 1), { ...l1, C: 4 }));
  expect(one).toEqual(other);
});

describe("raw tables, whose columns differ in scale by up to a million", () => {
  const cancer = breastCancer();
  const digit = digits();
  const tables = {
    cancer: { X: cancer.X, codes: Int32Array.from(cancer.y, (label) => (label === "malignant" ? 1 : 0)), classes: 2 },
    digits: { X: digit.X, codes: Int32Array.from(digit.y), classes: 10 },
  };

  // Objectives that an independent implementation (Newton's method in numpy) reaches as well.
  test.each([
    ["cancer", l2, 53.794611230483234],
    ["cancer", { ...l1, C: 100 }, 2678.612897022225],
    ["digits", l2, 17.0323521815986],
    ["digits", l1, 66.55542240393878],
    ["digits", { ...l2, C: 0.01, l1: 0.5, l2: 0.5 }, 8.7340467008135],
  ] as const)("%s %o", (name, problem, objective) => {
    const solution = fit(release, tables[name], problem);
    expect(solution.converged).toBe(true);
    expect(Math.abs(solution.objective / objective - 1)).toBeLessThan(1e-12);
  });

  test("the unpenalized fit does not depend on standardization, except in units", () => {
    const some = (X: Matrix): Table => {
      const data = new Float64Array(X.rows * 3);
      for (let i = 0; i < X.rows; i++)
        for (let j = 0; j < 3; j++) data[3 * i + j] = X.data[i * X.cols + j + 8] as number;
      return { ...tables.cancer, X: { data, rows: X.rows, cols: 3 } };
    };
    const raw = fit(release, some(cancer.X), none);
    const scaled = fit(release, some(standardized(cancer.X)), none);
    expect([raw.converged, scaled.converged]).toEqual([true, true]);
    expect(raw.objective).toBeCloseTo(scaled.objective, 8);
  });
});
