import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { takeRows } from "../../src/core/matrix.ts";
import { breastCancer } from "../../src/datasets/breast-cancer.ts";
import { gpRegressor } from "../../src/models/index.ts";
import { gprLikelihood } from "../../src/wasm/gpr.ts";
import { sha256Hex } from "../../src/wasm/sha256.ts";
import { core, models } from "../support/cores.ts";
import { numbers } from "../support/dense.ts";
import sklearn from "../vectors/gp-sklearn.json" with { type: "json" };

const fixed = { optimizer: "none", normalizeY: false } as const;
const kernels = ["matern52", "rbf"] as const;

/** A wave in the first of d columns, a slope in the second, and some noise. */
function wave(n: number, d: number, seed: number): { readonly X: number[][]; readonly y: number[] } {
  const u = numbers(n * d, seed);
  const e = numbers(n, seed + 1);
  const X = Array.from({ length: n }, (_, i) => [...u.subarray(i * d, (i + 1) * d)]);
  return { X, y: X.map((row, i) => Math.sin(3 * (row[0] as number)) + (row[1] ?? 0) + 0.05 * (e[i] as number)) };
}

describe("parameters and data", () => {
  test.each<[Record<string, unknown>, string]>([
    [{ lengthscale: 1 }, 'expected one of "kernel", "ard", "optimizer", "lengthScale"'],
    [{ kernel: "anova" }, '"kernel": expected one of "matern52", "rbf", got "anova"'],
    [{ optimizer: "adam" }, '"optimizer": expected one of "map", "ml", "none", got "adam"'],
    [{ lengthScale: 0 }, '"lengthScale": expected a finite number > 0 or "scale", got 0'],
    [{ amplitude: -1 }, '"amplitude": expected a finite number > 0, got -1'],
    [{ noise: 0 }, '"noise": expected a finite number > 0, got 0'],
    [{ nRestarts: -1 }, '"nRestarts": expected a whole number from 0 to 1000, got -1'],
    [{ seed: 0.5 }, '"seed": expected a whole number >= 0, got 0.5'],
    [{ ard: 1 }, '"ard": expected one of true, false, got 1'],
  ])("%o is refused", (params, message) => {
    expect(() => gpRegressor().with(params)).toThrow(message);
  });

  test("weights, too many rows, overflows and singular covariances are refused", () => {
    const X = [[0], [0], [1]];
    const y = [1, 2, 3];
    expect(() => gpRegressor().fit(X, y, { sampleWeight: y })).toThrow('"sampleWeight": expected none');
    const many = { data: new Float64Array(8193), rows: 8193, cols: 1 };
    expect(() => gpRegressor().fit(many, many.data)).toThrow('"X": expected at most 8192 rows, got 8193');
    expect(() => gpRegressor().fit([[1e200], [-1e200]], [0, 1])).toThrow('"X": expected features whose variances');
    expect(() => gpRegressor().fit([[0], [1]], [1e200, -1e200])).toThrow('"y": expected values whose variance');
    expect(() => gpRegressor({ optimizer: "none", noise: 1e-300 }).fit(X, y)).toThrow("raise the noise");
  });
});

describe("predictions", () => {
  test.each(sklearn.cases.map((one, i) => ({ ...one, i })))("are scikit-learn's, case $i ($kernel)", (one) => {
    // Length scales of 1 between columns in units of theirs.
    const inScales = (rows: number[][]): number[][] =>
      rows.map((row) => row.map((value, j) => value / (one.lengthscale[j] as number)));
    const params = { ...fixed, lengthScale: 1, amplitude: one.amplitude2, noise: one.noise };
    const model = gpRegressor({ ...params, kernel: one.kernel as "rbf" }).fit(inScales(one.X), one.y);
    expect(model.logMarginalLikelihood).toBeCloseTo(one.lml, 5);
    const Z = inScales(one.Z);
    model.predict(Z).forEach((mean, i) => expect(mean).toBeCloseTo(one.mean[i] as number, 6));
    model.predictStd(Z).forEach((sd, i) => expect(sd).toBeCloseTo(one.sd_of_y[i] as number, 6));
    model.predictStd(Z, { noise: false }).forEach((sd, i) => expect(sd).toBeCloseTo(one.sd_of_f[i] as number, 6));
  });

  test("far away they are the mean, as unsure as before", () => {
    const { X, y } = wave(20, 1, 3);
    const model = gpRegressor({ kernel: "rbf" }).fit(X, y);
    const mean = y.reduce((sum, value) => sum + value, 0) / 20;
    const unit = Math.sqrt(y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 20);
    expect(model.predict([[1e6]])[0]).toBeCloseTo(mean, 12);
    expect(model.predictStd([[1e6]])[0]).toBeCloseTo(unit * Math.sqrt(model.amplitude + model.noise), 12);
    expect(model.predictStd([[1e6]], { noise: false })[0]).toBeCloseTo(unit * Math.sqrt(model.amplitude), 12);
  });

  test("follow y's unit and origin, the columns' units, and not the order of the rows", () => {
    const cases = fc.tuple(fc.nat(1e5), fc.constantFrom(...kernels), fc.boolean());
    const property = fc.property(cases, ([seed, kernel, ard]) => {
      const { X, y } = wave(25, 2, seed);
      const model = gpRegressor({ kernel, ard, nRestarts: 0 });
      const at = X.slice(0, 5).map((row) => row.map((value) => value + 0.1));
      const fitted = model.fit(X, y);
      const moved = model.fit(
        X,
        y.map((value) => 4 * value - 8),
      );
      const grown = model.fit(
        X.map((row) => row.map((value) => 8 * value)),
        y,
      );
      const turned = model.fit(X.toReversed(), y.toReversed());
      const [means, deviations] = [fitted.predict(at), fitted.predictStd(at)];
      const grownAt = at.map((row) => row.map((value) => 8 * value));
      means.forEach((mean, i) => {
        const deviation = deviations[i] as number;
        expect(moved.predict(at)[i]).toBeCloseTo(4 * mean - 8, 3);
        expect(moved.predictStd(at)[i]).toBeCloseTo(4 * deviation, 3);
        expect(grown.predict(grownAt)[i]).toBeCloseTo(mean, 3);
        expect(turned.predict(at)[i]).toBeCloseTo(mean, 3);
        expect(turned.predictStd(at)[i]).toBeCloseTo(deviation, 3);
      });
    });
    fc.assert(property, { numRuns: 12 });
  });
});

describe("hyperparameters", () => {
  const { X, y } = wave(60, 3, 11);

  test.each(kernels)("%s: of most likelihood, where its slopes are 0", (kernel) => {
    const model = gpRegressor({ kernel, optimizer: "ml", normalizeY: false, nRestarts: 2 }).fit(X, y);
    const process = { ...model, kernel, X: { data: Float64Array.from(X.flat()), rows: 60, cols: 3 } };
    const { value, gradient } = gprLikelihood(models, process, Float64Array.from(y));
    expect(value).toBe(model.logMarginalLikelihood);
    // The third column says nothing: its length scale ends at its bound or where the likelihood is flat.
    for (const slope of [...gradient.subarray(0, 2), ...gradient.subarray(3)])
      expect(Math.abs(slope)).toBeLessThan(1e-2);
    expect(model.lengthScales[2]).toBeGreaterThan(10 * (model.lengthScales[0] as number));
    expect(Math.sqrt(model.noise)).toBeGreaterThan(0.01);
    expect(Math.sqrt(model.noise)).toBeLessThan(0.05);
    for (let i = 0; i < 20; i++) {
      const factors = numbers(5, 100 + i).map((u) => Math.exp(u));
      const other = {
        ...process,
        lengthScales: model.lengthScales.map((length, j) => length * (factors[j] as number)),
        amplitude: model.amplitude * (factors[3] as number),
        noise: model.noise * (factors[4] as number),
      };
      expect(gprLikelihood(models, other, Float64Array.from(y)).value).toBeLessThan(value + 1e-6);
    }
  });

  test("one length scale for all columns is counted in all of them", () => {
    const { lengthScales, logMarginalLikelihood } = gpRegressor({ ard: false, optimizer: "ml" }).fit(X, y);
    expect(new Set(lengthScales).size).toBe(1);
    for (const factor of [0.97, 1.03]) {
      const { amplitude, noise } = gpRegressor({ ard: false, optimizer: "ml" }).fit(X, y);
      const lengthScale = (lengthScales[0] as number) * factor;
      const near = gpRegressor({ optimizer: "none", lengthScale, amplitude, noise }).fit(X, y);
      expect(near.logMarginalLikelihood).toBeLessThan(logMarginalLikelihood);
    }
  });

  test("priors hold back what few rows leave open", () => {
    const few = wave(6, 3, 2);
    const likely = gpRegressor({ optimizer: "ml" }).fit(few.X, few.y);
    const probable = gpRegressor().fit(few.X, few.y);
    expect(likely.logMarginalLikelihood).toBeGreaterThan(probable.logMarginalLikelihood);
    expect(probable.noise).toBeGreaterThan(1e-6);
  });

  test("more restarts find no less likely ones; a seed always the same", () => {
    for (const seed of [1, 2, 3]) {
      const found = [0, 1, 4].map(
        (nRestarts) =>
          gpRegressor({ optimizer: "ml", lengthScale: 0.02, nRestarts, seed }).fit(X, y).logMarginalLikelihood,
      );
      expect(found).toEqual(found.toSorted((a, b) => a - b));
      const again = gpRegressor({ optimizer: "ml", lengthScale: 0.02, nRestarts: 4, seed }).fit(X, y);
      expect(again.logMarginalLikelihood).toBe(found[2]);
    }
  });

  test("constant columns and constant values do no harm", () => {
    const model = gpRegressor().fit(
      X.map((row) => [...row, 7]),
      y,
    );
    expect(model.predict(X.slice(0, 9).map((row) => [...row, 7])).every(Number.isFinite)).toBe(true);
    const flat = gpRegressor().fit(X, new Float64Array(60).fill(5));
    expect([...flat.predict(X.slice(0, 2))]).toEqual([5, 5]);
  });

  test("bits are pinned", () => {
    const cells = breastCancer().X;
    const rows = [...Array(80).keys()];
    const table = takeRows(cells, rows);
    const target = rows.map((i) => cells.data[i * cells.cols + 3] as number);
    const inputs = { ...table, data: table.data.map((value, at) => (at % cells.cols === 3 ? 0 : value)) };
    const model = gpRegressor().fit(inputs, target);
    const bits = Float64Array.of(...model.lengthScales, ...model.predict(inputs), ...model.predictStd(inputs));
    expect(sha256Hex(core, new Uint8Array(bits.buffer))).toBe(
      "7e50d7c1cf9db5b4e2eef41d7d0d575ceaa7d369c04950c899d58e229ed09f7e",
    );
  });
});
