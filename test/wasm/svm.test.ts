import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type SvmKernel,
  type SvmProblem,
  type SvmSettings,
  svmDecide,
  svmDecideLinear,
  svmFit,
  svmKernels,
  svmProducts,
  svmWeights,
} from "../../src/wasm/svm.ts";
import { modelsCores } from "../support/cores.ts";
import { dense, numbers } from "../support/dense.ts";
import { betaOf, dualOf, exhaustive, kernelOf, objective, violation } from "../support/svm-oracle.ts";

const settings: SvmSettings = { tolerance: 1e-6, cacheBytes: 1 << 26, maxIterations: 1e7, shrinking: true };
const NO_MATRIX = 1;

/** Classes of the given sizes, whose centers lie apart by `spread`; every sample has a bound of its own around C. */
function problemOf(sizes: readonly number[], d: number, seed: number, C: number, spread: number = 0.5): SvmProblem {
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const starts = Int32Array.from([
    0,
    ...sizes.map((_, c) => sizes.slice(0, c + 1).reduce((sum, size) => sum + size, 0)),
  ]);
  const X = dense(n, d, seed);
  sizes.forEach((_, c) => {
    for (let k = (starts[c] as number) * d; k < (starts[c + 1] as number) * d; k++)
      X.data[k] = (X.data[k] as number) + c * spread;
  });
  return { X, starts, C: numbers(n, seed + 1).map((u) => C * (1.5 + u)) };
}

// Kernels that are not nearly singular: on those the method needs millions of steps.
const kernel = fc.record<SvmKernel>({
  kind: fc.constantFrom(...svmKernels.filter((kind) => kind !== "sigmoid")),
  gamma: fc.double({ min: 0.05, max: 1, noNaN: true }),
  coef0: fc.double({ min: 0.5, max: 2, noNaN: true }),
  degree: fc.integer({ min: 1, max: 3 }),
});
const rbf: SvmKernel = { kind: "rbf", gamma: 0.7, coef0: 0, degree: 0 };
const seed = fc.integer({ min: 1, max: 2 ** 31 - 1 });

describe.each(modelsCores)("svm, $build", ({ core }) => {
  test("solutions meet the optimality conditions, from the matrix and from cached rows, shrinking or not", () => {
    fc.assert(
      fc.property(
        kernel,
        seed,
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 4 }),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(0.1, 1, 20),
        fc.constantFrom(settings.cacheBytes, NO_MATRIX, 2000),
        fc.boolean(),
        (kernel, seed, sizes, d, C, cacheBytes, shrinking) => {
          const problem = problemOf(sizes, d, seed, C);
          const n = problem.X.rows;
          const solution = svmFit(core, problem, kernel, { ...settings, tolerance: 1e-5, cacheBytes, shrinking });
          expect(solution.converged.every(Boolean)).toBe(true);
          let pair = 0;
          for (let a = 0; a < sizes.length; a++) {
            for (let b = a + 1; b < sizes.length; b++) {
              const dual = dualOf(problem, kernel, a, b);
              const beta = betaOf(solution, dual, n, a, b);
              const size = beta.reduce((sum, value) => sum + Math.abs(value), 0);
              beta.forEach((value, t) => {
                const alpha = value * (dual.y[t] as number);
                expect(alpha >= 0 && alpha <= (dual.C[t] as number)).toBe(true);
              });
              expect(Math.abs(beta.reduce((sum, value) => sum + value, 0))).toBeLessThanOrEqual(1e-12 * (1 + size));
              // rbf values are rounded to single precision.
              const largest = Math.max(...dual.K.flat().map(Math.abs));
              const slack = (kernel.kind === "rbf" ? 2 ** -24 : 2 ** -44) * 2 * (1 + size) * largest;
              expect(violation(dual, beta)).toBeLessThan(1e-5 + slack);
              expect(Number.isFinite(solution.intercepts[pair++] as number)).toBe(true);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test("tiny problems have the optimum that trying every active set finds", () => {
    fc.assert(
      fc.property(
        seed,
        fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
        fc.constantFrom(0.3, 2, 50),
        (seed, sizes, C) => {
          const problem = problemOf(sizes, 2, seed, C);
          const dual = dualOf(problem, rbf, 0, 1);
          const best = exhaustive(dual);
          const beta = betaOf(svmFit(core, problem, rbf, { ...settings, tolerance: 1e-9 }), dual, problem.X.rows, 0, 1);
          expect(objective(dual, beta)).toBeCloseTo(best.value, 5);
          expect(violation(dual, best.beta)).toBeLessThan(1e-6);
        },
      ),
      { numRuns: 25 },
    );
  });

  // 240 overlapping samples take thousands of steps, so that shrinking sets in (after 240) and rows are evicted.
  test("cache size and shrinking do not change the solution beyond the tolerance", () => {
    const problem = problemOf([130, 110], 3, 11, 30, 0.3);
    const tight = { ...settings, tolerance: 1e-8 };
    const probe = dense(50, 3, 5);
    const decide = (change: Partial<SvmSettings>): Float64Array => {
      const solution = svmFit(core, problem, rbf, { ...tight, ...change });
      expect(solution.converged).toEqual([true]);
      expect(solution.iterations[0]).toBeGreaterThan(1000);
      return svmDecide(core, { kernel: rbf, vectors: problem.X, starts: problem.starts, ...solution }, probe);
    };
    const plain = decide({ shrinking: false });
    for (const shrinking of [true, false]) {
      for (const cacheBytes of [settings.cacheBytes, 240 * 240 * 8 - 1, 20 * 240 * 8, NO_MATRIX]) {
        const other = decide({ shrinking, cacheBytes });
        plain.forEach((value, at) => expect(Math.abs(value - (other[at] as number))).toBeLessThan(1e-5));
      }
    }
  });

  test("three classes with shrinking use the shared matrix as well as rows", () => {
    const problem = problemOf([90, 70, 80], 3, 12, 30, 0.3);
    const tight = { ...settings, tolerance: 1e-8 };
    const whole = svmFit(core, problem, rbf, tight);
    const rows = svmFit(core, problem, rbf, { ...tight, cacheBytes: 50_000, shrinking: false });
    whole.intercepts.forEach((value, pair) => expect(value).toBeCloseTo(rows.intercepts[pair] as number, 5));
    whole.coef.forEach((value, at) => expect(Math.abs(value - (rows.coef[at] as number))).toBeLessThan(1e-3));
  });

  test("products known beforehand change no bit, and are the triple loop's", () => {
    // More rows than one strip of the matrix takes, of an odd number.
    for (const sizes of [
      [60, 71],
      [40, 50, 107],
    ]) {
      const problem = problemOf(sizes, 17, 31, 3);
      const { rows, cols, data } = problem.X;
      const products = svmProducts(core, problem.X);
      for (const [i, j] of [
        [0, 0],
        [5, 3],
        [100, 99],
        [rows - 1, 0],
        [rows - 1, rows - 1],
      ] as const) {
        let sum = 0;
        for (let p = 0; p < cols; p++) sum += (data[i * cols + p] as number) * (data[j * cols + p] as number);
        expect(products[(i * (i + 1)) / 2 + j]).toBe(sum);
      }
      for (const kind of svmKernels) {
        const kernel: SvmKernel = { kind, gamma: 0.1, coef0: 0.2, degree: 3 };
        expect(svmFit(core, { ...problem, products }, kernel, settings)).toEqual(
          svmFit(core, problem, kernel, settings),
        );
      }
    }
  });

  test("stops at maxIterations and says so", () => {
    const problem = problemOf([30, 30, 30], 3, 3, 10);
    const solution = svmFit(core, problem, rbf, { ...settings, maxIterations: 7 });
    expect(solution.converged).toEqual([false, false, false]);
    expect([...solution.iterations]).toEqual([7, 7, 7]);
  });

  test("ends where the gap is lost in rounding, and says so", () => {
    const problem = problemOf([40, 30], 2, 4, 5);
    const solution = svmFit(core, problem, rbf, { ...settings, tolerance: 1e-30, maxIterations: 2 ** 31 - 1 });
    expect(solution.converged).toEqual([false]);
    const dual = dualOf(problem, rbf, 0, 1);
    expect(violation(dual, betaOf(solution, dual, 70, 0, 1))).toBeLessThan(1e-5);
  });

  test("decision values are those of the definition, with two and with more classes", () => {
    for (const kind of svmKernels) {
      for (const sizes of [
        [3, 4],
        [5, 1, 2],
        [4, 0, 3, 6],
      ]) {
        const kernel: SvmKernel = { kind, gamma: 0.8, coef0: -0.4, degree: 3 };
        const { X: vectors, starts } = problemOf(sizes, 3, 21, 1);
        const [s, k] = [vectors.rows, sizes.length];
        const coef = numbers((k - 1) * s, 22);
        const intercepts = numbers((k * (k - 1)) / 2, 23);
        // More rows than one block takes.
        const X = dense(300, 3, 24);
        const machine = { kernel, vectors, starts, coef, intercepts };
        const values = svmDecide(core, machine, X);
        const row = (data: Float64Array, i: number): Float64Array => data.subarray(3 * i, 3 * i + 3);
        for (const i of [0, 1, 255, 256, 299]) {
          let pair = 0;
          for (let a = 0; a < k; a++) {
            for (let b = a + 1; b < k; b++) {
              let sum = intercepts[pair] as number;
              for (let t = 0; t < s; t++) {
                const inside = (c: number): boolean => t >= (starts[c] as number) && t < (starts[c + 1] as number);
                const line = inside(a) ? b - 1 : inside(b) ? a : -1;
                if (line < 0) continue;
                sum += (coef[line * s + t] as number) * kernelOf(kernel, row(X.data, i), row(vectors.data, t));
              }
              expect(values[i * intercepts.length + pair]).toBeCloseTo(sum, 12);
              pair++;
            }
          }
        }
        if (kind !== "linear") continue;
        const straight = svmDecideLinear(core, svmWeights(core, machine), intercepts, X);
        straight.forEach((value, at) => expect(value).toBeCloseTo(values[at] as number, 12));
      }
    }
  });

  test("the sigmoid kernel keeps its digits on both sides of the change of formula", () => {
    const kernel: SvmKernel = { kind: "sigmoid", gamma: 1, coef0: 0, degree: 0 };
    const x = Float64Array.from([0, 1e-300, -1e-9, 0.01, 0.3, 0.4999999, -0.5, 0.51, 1, -2.5, 18, 40, -900]);
    const machine = {
      kernel,
      vectors: { data: Float64Array.of(1), rows: 1, cols: 1 },
      starts: Int32Array.of(0, 1, 1),
      coef: Float64Array.of(1),
      intercepts: Float64Array.of(0),
    };
    const values = svmDecide(core, machine, { data: x, rows: x.length, cols: 1 });
    x.forEach((value, at) => {
      const exact = Math.tanh(value);
      expect(Math.abs((values[at] as number) - exact)).toBeLessThanOrEqual(2 ** -51 * Math.abs(exact));
    });
  });

  test("kernel values that overflow are an error", () => {
    const problem = problemOf([3, 3], 2, 5, 1);
    for (let k = 0; k < problem.X.data.length; k++) problem.X.data[k] = (problem.X.data[k] as number) * 1e200;
    for (const kind of ["linear", "poly", "rbf"] as const) {
      for (const cacheBytes of [settings.cacheBytes, NO_MATRIX]) {
        const fit = (): unknown =>
          svmFit(core, problem, { kind, gamma: 1, coef0: 0, degree: 2 }, { ...settings, cacheBytes });
        expect(fit).toThrow("expected features whose kernel values stay within double precision");
      }
    }
  });
});
