import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Matrix } from "../../src/core/matrix.ts";
import { svr } from "../../src/models/index.ts";
import { type SvrParams, svrOn, svrParams } from "../../src/models/svm/svr.ts";
import { modelsCores } from "../support/cores.ts";
import { dense } from "../support/dense.ts";
import { meanArea } from "../support/mean-area.ts";
import { rowsOf } from "../support/tables.ts";
import { vectors } from "../support/vectors.ts";

interface Case {
  readonly params: Partial<SvrParams>;
  readonly prediction_first20: number[];
}
const golden = vectors<{ readonly svr: Case[] }>("regression.json").svr;

const X = dense(40, 3, 1);
const y = Float64Array.from(
  { length: 40 },
  (_, i) => (X.data[3 * i] as number) * 2 + (X.data[3 * i + 1] as number) ** 2,
);
const close = (a: ArrayLike<number>, b: ArrayLike<number>, within: number): void => {
  expect(a.length).toBe(b.length);
  Array.from(a).forEach((value, i) => expect(Math.abs(value - (b[i] as number))).toBeLessThan(within));
};

describe.each(modelsCores)("support vector regression, $build", ({ core }) => {
  const make = (params: Partial<SvrParams>): ReturnType<typeof svr> => svrOn(() => core, svrParams(params));

  test.each(golden)("$params: the reference's predictions", ({ params, prediction_first20 }) => {
    const task = meanArea();
    const fitted = make({ ...params, tol: 1e-8 }).fit(task.X, task.y);
    expect(fitted.converged).toBe(true);
    // The reference keeps kernel values in single precision, which bounded kernels here are rounded to as well.
    const within = params.kernel === "linear" ? 4e-5 : 1e-12;
    close(fitted.predict(rowsOf(task.X, [...Array(20).keys()])), prediction_first20, within);
  });

  test.each(["linear", "rbf", "poly", "sigmoid"] as const)(
    "%s: every sample keeps the optimality conditions",
    (kernel) => {
      const params = { kernel, C: 0.7, epsilon: 0.2, gamma: 0.5, coef0: 0.1, tol: 1e-6 };
      for (const [cacheSize, shrinking] of [
        [200, true],
        [200, false],
        [0.001, true],
      ] as const) {
        const fitted = make({ ...params, cacheSize, shrinking }).fit(X, y);
        expect(fitted.converged).toBe(true);
        expectOptimal(
          fitted,
          X,
          y,
          fitted.params,
          y.map(() => 1),
        );
      }
    },
  );

  test("a weight multiplies C, and one of 0 drops the row", () => {
    const weights = y.map((_, i) => i % 3);
    const rows = [...weights.keys()].flatMap((i) => Array.from({ length: weights[i] as number }, () => i));
    const model = make({ tol: 1e-9, C: 2 });
    const weighted = model.fit(X, y, { sampleWeight: weights });
    const repeated = model.fit(
      rowsOf(X, rows),
      rows.map((i) => y[i] as number),
    );
    expect(weighted.gamma).toBeCloseTo(repeated.gamma, 14);
    close(weighted.predict(X), repeated.predict(X), 1e-7);
    expectOptimal(weighted, X, y, model.params, weights);
    expect([...weighted.support].every((row) => weights[row] !== 0)).toBe(true);
  });

  test("errors that are all free leave no support vector", () => {
    const fitted = make({ epsilon: 10 }).fit(X, y);
    expect(fitted.support.length).toBe(0);
    expect(new Set(fitted.predict(X)).size).toBe(1);
    const linear = make({ epsilon: 10, kernel: "linear" }).fit(X, y);
    expect([...(linear.coef as Float64Array)]).toEqual([0, 0, 0]);
  });

  test("a fit that was stopped says so", () => {
    const fitted = make({ maxIterations: 2 }).fit(X, y);
    expect([fitted.converged, fitted.iterations]).toEqual([false, 2]);
  });
});

test("a table fitted again and again gives the same bits", () => {
  const wide = dense(30, 20, 5);
  const target = dense(30, 1, 6).data;
  const first = svr().fit(wide, target).predict(wide);
  for (let i = 0; i < 3; i++) expect(svr().fit(wide, target).predict(wide)).toEqual(first);
});

test("the bits of the predictions are pinned", () => {
  const hash = createHash("sha256");
  for (const kernel of ["linear", "rbf", "poly"] as const) {
    hash.update(new Uint8Array(svr({ kernel }).fit(X, y).predict(X).buffer));
  }
  expect(hash.digest("hex")).toBe("16bc604284b0acfb2e37cdf460d6af6ad0396ecd88da02a06b3accca86dae4ca");
});

describe("wrong settings and data", () => {
  test.each([
    [{ epsilon: -1 }, /"epsilon": expected a finite number >= 0, got -1/],
    [{ C: 0 }, /"C": expected a finite number > 0, got 0/],
    [{ kernel: "cubic" }, /"kernel": expected one of "linear", "rbf", "poly", "sigmoid", got "cubic"/],
    [{ gamma: -1 }, /"gamma": expected a finite number >= 0, "scale" or "auto", got -1/],
    [{ maxIterations: 0 }, /"maxIterations": expected a whole number >= 1, or -1/],
    [{ probability: true }, /"svr parameter"/],
  ])("refuses %o", (params, message) => {
    expect(() => svr(params as never)).toThrow(message);
    expect(() => svr().with(params)).toThrow(message);
  });

  test("an overflow of the kernel is an error", () => {
    expect(() => svr({ kernel: "linear" }).fit([[1e200], [-1e200]], [1, 2])).toThrow("got an overflow");
  });
});

/** The conditions on every sample, from the problem's statement: |beta| and the error y - f decide each other. */
function expectOptimal(
  fitted: ReturnType<ReturnType<typeof svr>["fit"]>,
  table: Matrix,
  values: Float64Array,
  { C, epsilon }: SvrParams,
  weights: Float64Array,
): void {
  const predicted = fitted.predict(table);
  let sum = 0;
  values.forEach((value, i) => {
    if (weights[i] === 0) return;
    const bound = C * (weights[i] as number);
    const beta = fitted.dualCoef[fitted.support.indexOf(i)] ?? 0;
    sum += beta;
    const error = value - (predicted[i] as number);
    const slack = 2e-5;
    expect(Math.abs(beta)).toBeLessThanOrEqual(bound);
    // beta off 0: the error is epsilon or more, on its side; beta off its bound: it is epsilon or less.
    expect(beta === 0 || Math.sign(beta) * error > epsilon - slack).toBe(true);
    expect(Math.abs(beta) === bound || Math.abs(error) < epsilon + slack).toBe(true);
  });
  expect(Math.abs(sum)).toBeLessThan(1e-9);
}
