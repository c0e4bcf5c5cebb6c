import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { breastCancer } from "../../src/datasets/breast-cancer.ts";
import { digits } from "../../src/datasets/digits.ts";
import { iris } from "../../src/datasets/iris.ts";
import { linearSvc } from "../../src/models/index.ts";
import { type LinearSvcParams, linearSvcOn, linearSvcParams } from "../../src/models/linear/linear-svc.ts";
import { modelsCores } from "../support/cores.ts";
import { dense, numbers } from "../support/dense.ts";
import { standardized } from "../support/standardized.ts";
import { vectors } from "../support/vectors.ts";

interface Case {
  readonly data: "iris" | "breast_cancer";
  readonly params: {
    readonly C: number;
    readonly fit_intercept?: boolean;
    readonly intercept_scaling?: number;
  };
  readonly coef: number[][];
  readonly intercept: number[];
}
const golden = vectors<{ readonly linear_svc: Case[] }>("linear.json").linear_svc;
const tables = {
  iris: { X: standardized(iris().X), y: iris().y },
  breast_cancer: { X: standardized(breastCancer().X), y: breastCancer().y },
};

/** |f'| at the solution for one class, over |w| and over the gradient at 0; in plain JavaScript. */
function gradient(
  fitted: ReturnType<ReturnType<typeof linearSvc>["fit"]>,
  X: { readonly data: Float64Array; readonly rows: number; readonly cols: number },
  y: readonly unknown[],
): number {
  const { C, fitIntercept, interceptScaling: scaling } = fitted.params;
  let worst = 0;
  for (let k = 0; k < fitted.coef.rows; k++) {
    const w = [...fitted.coef.data.subarray(k * X.cols, (k + 1) * X.cols)];
    const b = fitted.intercept[k] as number;
    const own = fitted.classes[fitted.coef.rows === 1 ? 1 : k];
    const g = [...w, fitIntercept ? b / scaling : 0];
    let size = 0;
    for (let i = 0; i < X.rows; i++) {
      const sign = y[i] === own ? 1 : -1;
      const z = w.reduce((sum, value, j) => sum + value * (X.data[i * X.cols + j] as number), b);
      const lacking = 1 - sign * z;
      if (lacking <= 0) continue;
      w.forEach((_, j) => {
        g[j] = (g[j] as number) - 2 * C * sign * lacking * (X.data[i * X.cols + j] as number);
      });
      if (fitIntercept) g[X.cols] = (g[X.cols] as number) - 2 * C * sign * lacking * scaling;
      size += 2 * C;
    }
    const norm = Math.sqrt(g.reduce((sum, value) => sum + value * value, 0));
    worst = Math.max(worst, norm / Math.max(1, size));
  }
  return worst;
}

describe.each(modelsCores)("linear support vector classification, $build", ({ core }) => {
  const make = (params: Partial<LinearSvcParams>): ReturnType<typeof linearSvc> =>
    linearSvcOn(() => core, linearSvcParams(params));

  test.each(golden)("$data $params: the reference's coefficients to 1e-8", ({ data, params, coef, intercept }) => {
    const { X, y } = tables[data];
    const { C, fit_intercept = true, intercept_scaling = 1 } = params;
    const fitted = make({
      C,
      fitIntercept: fit_intercept,
      interceptScaling: intercept_scaling,
    }).fit(X, y);
    expect(fitted.converged).toBe(true);
    coef.flat().forEach((value, at) => expect(Math.abs((fitted.coef.data[at] as number) - value)).toBeLessThan(1e-8));
    intercept.forEach((value, k) => expect(Math.abs((fitted.intercept[k] as number) - value)).toBeLessThan(1e-8));
  });

  test("random problems end where the gradient vanishes, whatever their shape", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 20 }),
        fc.integer({ min: 1, max: 25 }),
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 2, max: 3 }),
        fc.constantFrom(1e-3, 0.3, 50, 1e5),
        fc.boolean(),
        (n, d, seed, classes, C, fitIntercept) => {
          const X = dense(n, d, seed);
          const noise = numbers(n, seed + 1);
          const y = Array.from({ length: n }, (_, i) =>
            i < classes ? i : Math.floor(classes * Math.abs(noise[i] as number)),
          );
          const fitted = make({ C, fitIntercept, interceptScaling: 2 }).fit(X, y);
          expect(fitted.converged).toBe(true);
          expect(gradient(fitted, X, y)).toBeLessThan(1e-9);
        },
      ),
      { numRuns: 150, seed: 8 },
    );
  });

  test("a fit that was stopped says so", () => {
    const { X, y } = tables.breast_cancer;
    const fitted = make({ maxIterations: 2 }).fit(X, y);
    expect([fitted.converged, ...fitted.iterations]).toEqual([false, 2]);
  });
});

test("digits, raw and nearly separable, end at the optimum", () => {
  const { X, y } = digits();
  const fitted = linearSvc({ C: 1 }).fit(X, y);
  expect(fitted.converged).toBe(true);
  expect(gradient(fitted, X, y)).toBeLessThan(1e-9);
});

test("constant and repeated columns, and more columns than rows, are no obstacle", () => {
  const fitted = linearSvc().fit(
    [
      [0, 7, 0, 0],
      [1, 7, 1, 0],
      [2, 7, 2, 0],
    ],
    ["a", "a", "b"],
  );
  expect(fitted.coef.data[3]).toBe(0);
  expect(fitted.coef.data[2]).toBeCloseTo(fitted.coef.data[0] as number, 12);
  expect(
    fitted.predict([
      [0, 7, 0, 0],
      [2, 7, 2, 0],
    ]),
  ).toEqual(["a", "b"]);
});

test("the bits of the weights are pinned", () => {
  const hash = createHash("sha256");
  for (const { X, y } of Object.values(tables)) {
    hash.update(new Uint8Array(linearSvc().fit(X, y).coef.data.buffer));
  }
  expect(hash.digest("hex")).toBe("f4bf31cb3a9decc9ec66ac77874b0652c617a2702f406a40196f6dc47afac0d0");
});

describe("wrong settings and data", () => {
  test.each([
    [{ C: 0 }, /"C": expected a finite number > 0, got 0/],
    [{ interceptScaling: -1 }, /"interceptScaling": expected a finite number > 0, got -1/],
    [{ tol: "1" }, /"tol": expected a finite number > 0, got "1"/],
    [{ maxIterations: 0 }, /"maxIterations": expected a whole number from 1/],
    [{ fitIntercept: 0 }, /"fitIntercept": expected one of true, false, got 0/],
    [{ loss: "hinge" }, /"linearSvc parameter": expected one of "C", .* got "loss"/],
  ])("refuses %o", (params, message) => {
    expect(() => linearSvc(params as never)).toThrow(message);
    expect(() => linearSvc().with(params)).toThrow(message);
  });

  test("an overflow is an error", () => {
    expect(() => linearSvc().fit([[1e200], [2]], ["a", "b"])).toThrow("got an overflow; scale them");
  });
});
