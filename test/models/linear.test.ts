import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { elasticNet, lasso, linearRegression, ridge } from "../../src/models/index.ts";
import { dense } from "../support/dense.ts";
import { meanArea } from "../support/mean-area.ts";
import { rowsOf } from "../support/tables.ts";

const makers = {
  linearRegression,
  ridge: () => ridge({ alpha: 0.5 }),
  lasso: () => lasso({ alpha: 0.05 }),
  elasticNet,
};
const each = Object.entries(makers).map(([name, make]) => [name, make()] as const);

const X = dense(30, 4, 1);
const y = X.data.filter((_, at) => at % 4 === 0).map((x, i) => 3 * x + (X.data[4 * i + 2] as number) + (i % 3) / 5);
const close = (a: ArrayLike<number>, b: ArrayLike<number>, digits: number): void => {
  expect(a.length).toBe(b.length);
  Array.from(a).forEach((value, i) => expect(value).toBeCloseTo(b[i] as number, digits));
};

describe.each(each)("%s", (_, model) => {
  test("a weight of 2 is a row that is there twice, one of 0 a row that is not there", () => {
    const weights = Array.from({ length: 30 }, (__, i) => i % 3);
    const rows = weights.flatMap((weight, i) => Array.from({ length: weight }, () => i));
    const weighted = model.fit(X, y, { sampleWeight: weights });
    const repeated = model.fit(
      rowsOf(X, rows),
      rows.map((i) => y[i] as number),
    );
    close(weighted.coef, repeated.coef, 11);
    expect(weighted.intercept).toBeCloseTo(repeated.intercept, 11);
    expect(model.fit(X, y, { sampleWeight: y.map(() => 1) }).coef).toEqual(model.fit(X, y).coef);
  });

  test("constant columns get no weight", () => {
    const fitted = model.fit(
      [
        [1, 7],
        [2, 7],
        [3.5, 7],
        [4, 7],
      ],
      [1, 2, 3, 5],
    );
    expect(fitted.coef[1]).toBe(0);
    const constant = model.fit([[7], [7], [7]], [1, 2, 6]);
    expect([...constant.coef, constant.intercept]).toEqual([0, 3]);
  });

  test("a constant y is met by the intercept alone, and one row is enough", () => {
    for (const fitted of [model.fit([[1], [2], [4]], [5, 5, 5]), model.fit([[3]], [5])]) {
      expect([...fitted.coef, fitted.intercept]).toEqual([0, 5]);
    }
  });

  test("a table fitted again and again gives the same bits", () => {
    const wide = dense(40, 20, 3);
    const target = dense(40, 1, 4).data;
    const first = model.fit(wide, target);
    for (let i = 0; i < 3; i++) expect(model.fit(wide, target).coef).toEqual(first.coef);
    const fresh = model.fit({ ...wide, data: wide.data.slice() }, target);
    expect(fresh.coef).toEqual(first.coef);
    // Written to in between: what was kept no longer counts.
    wide.data[0] = 5;
    expect(model.fit(wide, target).coef).toEqual(model.fit({ ...wide, data: wide.data.slice() }, target).coef);
  });

  test("predictions are X w + b", () => {
    const fitted = model.fit(X, y);
    const by = Array.from({ length: 30 }, (__, i) =>
      fitted.coef.reduce((sum, w, j) => sum + w * (X.data[4 * i + j] as number), fitted.intercept),
    );
    close(fitted.predict(X), by, 12);
    expect(model.with({ fitIntercept: false }).fit(X, y).intercept).toBe(0);
  });

  test("bad data are refused", () => {
    expect(() => model.fit(X, [1, 2])).toThrow('"y": expected 30 numbers');
    expect(() => model.fit([[1]], ["a"] as never)).toThrow('"y": expected finite numbers, got "a" at position 0');
    expect(() => model.fit(X, y, { sampleWeight: [1] })).toThrow('"sampleWeight": expected 30 numbers');
    expect(() => model.fit([[1e200], [-1e200]], [1, 2])).toThrow("got an overflow; scale them");
  });
});

test("without a penalty all are least squares", () => {
  const least = linearRegression().fit(X, y);
  for (const model of [ridge({ alpha: 0 }), lasso({ alpha: 0 }), elasticNet({ alpha: 0 })]) {
    expect(model.fit(X, y).coef).toEqual(least.coef);
  }
  const residuals = least.predict(X).map((value, i) => (y[i] as number) - value);
  for (let j = 0; j < 4; j++) {
    expect(residuals.reduce((sum, e, i) => sum + e * (X.data[4 * i + j] as number), 0)).toBeCloseTo(0, 12);
  }
});

test("the elastic net's ends are the lasso, and ridge with alpha n", () => {
  const mixed = (l1Ratio: number): Float64Array => elasticNet({ alpha: 0.1, l1Ratio }).fit(X, y).coef;
  expect(mixed(1)).toEqual(lasso({ alpha: 0.1 }).fit(X, y).coef);
  expect(mixed(0)).toEqual(ridge({ alpha: 3 }).fit(X, y).coef);
});

test("a fit that was stopped says so", () => {
  const task = meanArea();
  const whole = lasso({ alpha: 0.001 }).fit(task.X, task.y);
  const stopped = lasso({ alpha: 0.001, maxIterations: 3 }).fit(task.X, task.y);
  expect([whole.converged, stopped.converged, stopped.iterations]).toEqual([true, false, 3]);
  expect(stopped.dualGap).toBeGreaterThan(whole.dualGap);
});

test("the bits of the coefficients are pinned", () => {
  const task = meanArea();
  const hash = createHash("sha256");
  for (const model of [linearRegression(), ridge(), lasso({ alpha: 0.01 }), elasticNet({ alpha: 0.01 })]) {
    hash.update(new Uint8Array(model.fit(task.X, task.y).coef.buffer));
  }
  hash.update(new Uint8Array(linearRegression().fit(dense(6, 9, 2), dense(6, 1, 3).data).coef.buffer));
  expect(hash.digest("hex")).toBe("d5f80cb13a3809b3b729d53d60fda7014e221dbac475145f092fa6db36bec475");
});

describe("wrong settings", () => {
  test.each([
    [ridge, { alpha: -1 }, /"alpha": expected a finite number >= 0, got -1/],
    [ridge, { alpha: "1" }, /"alpha": expected a finite number >= 0, got "1"/],
    [ridge, { tol: 1 }, /"ridge parameter": expected one of "alpha", "fitIntercept", got "tol"/],
    [lasso, { tol: 0 }, /"tol": expected a finite number > 0, got 0/],
    [lasso, { maxIterations: 0.5 }, /"maxIterations": expected a whole number from 1/],
    [lasso, { l1Ratio: 1 }, /"lasso parameter"/],
    [elasticNet, { l1Ratio: 1.5 }, /"l1Ratio": expected a number from 0 to 1, got 1.5/],
    [elasticNet, { alpha: Number.POSITIVE_INFINITY }, /"alpha"/],
    [linearRegression, { alpha: 1 }, /"linearRegression parameter": expected one of "fitIntercept"/],
    [linearRegression, { fitIntercept: 1 }, /"fitIntercept": expected one of true, false, got 1/],
  ])("%o refuses %o", (make, params, message) => {
    expect(() => make(params as never)).toThrow(message);
    expect(() => make().with(params)).toThrow(message);
  });
});
