import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digits } from "../../src/datasets/digits.ts";
import { iris } from "../../src/datasets/iris.ts";
import { gaussianNbOn } from "../../src/models/bayes/gaussian-nb.ts";
import { gaussianNbParams } from "../../src/models/bayes/gaussian-nb-params.ts";
import { gaussianNb } from "../../src/models/index.ts";
import { sha256Hex } from "../../src/wasm/sha256.ts";
import { core, modelsCores } from "../support/cores.ts";
import { rowsOf } from "../support/tables.ts";

const flowers = iris();

describe("parameters and data", () => {
  test("varSmoothing is scikit-learn's", () => {
    expect(gaussianNb().params).toEqual({ varSmoothing: 1e-9 });
    const message = '"varSmoothing": expected a finite number >= 0, got -1';
    expect(() => gaussianNb({ varSmoothing: -1 })).toThrow(message);
    expect(() => gaussianNb().with({ priors: 1 })).toThrow('expected one of "varSmoothing", got "priors"');
  });

  test("a variance of 0, a class without weight, and rows beyond reach are refused", () => {
    const X = [
      [1, 0],
      [1, 1],
      [1, 2],
      [1, 4],
    ];
    const y = ["a", "a", "b", "b"];
    const message = '"X": expected a positive, finite variance in every class, got 0 in column 0';
    expect(() => gaussianNb({ varSmoothing: 0 }).fit(X, y)).toThrow(message);
    expect(gaussianNb().fit(X, y).epsilon).toBe(1e-9 * 2.1875);
    const weightless = { sampleWeight: [1, 1, 0, 0] };
    expect(() => gaussianNb().fit(X, y, weightless)).toThrow("expected a weight > 0 in every class, got only 0 in b");
    expect(() => gaussianNb().fit(X, y, { sampleWeight: [1, 1, 0, -1] })).toThrow("expected numbers >= 0, got -1");
    expect(() =>
      gaussianNb()
        .fit(X, y)
        .predict([[1e200, 0]]),
    ).toThrow("got a likelihood of 0 in row 0");
  });
});

describe.each(modelsCores)("$build: Gaussian naive Bayes", ({ core: models }) => {
  const make = (varSmoothing = 1e-9): ReturnType<typeof gaussianNb> =>
    gaussianNbOn(() => models, gaussianNbParams({ varSmoothing }));

  test("joint log-likelihoods and probabilities are those of the densities", () => {
    const columns = fc.integer({ min: 1, max: 7 });
    const sample = columns.chain((d) =>
      fc.array(
        fc.tuple(
          fc.integer({ min: 0, max: 2 }),
          fc.array(fc.integer({ min: -5, max: 5 }), { minLength: d, maxLength: d }),
        ),
        {
          minLength: 6,
          maxLength: 30,
        },
      ),
    );
    fc.assert(
      fc.property(sample, (rows) => {
        fc.pre(new Set(rows.map(([code]) => code)).size > 1);
        const X = rows.map(([, row], i) => row.map((value, j) => value + 0.1 * ((i * 7 + j) % 5)));
        const y = rows.map(([code]) => code);
        const model = make(0.05).fit(X, y);
        const joint = model.decisionFunction(X).data;
        const shares = model.predictProba(X).data;
        const K = model.classes.length;
        X.forEach((x, i) => {
          const densities = model.classes.map((_, k) =>
            x.reduce((product, value, j) => {
              const variance = model.variances.data[k * x.length + j] as number;
              const gap = value - (model.means.data[k * x.length + j] as number);
              return (product * Math.exp((-0.5 * gap * gap) / variance)) / Math.sqrt(2 * Math.PI * variance);
            }, model.priors[k] as number),
          );
          const sum = densities.reduce((total, density) => total + density, 0);
          densities.forEach((density, k) => {
            expect(joint[i * K + k]).toBeCloseTo(Math.log(density), 9);
            expect(shares[i * K + k]).toBeCloseTo(density / sum, 9);
          });
        });
      }),
      { numRuns: 60 },
    );
  });

  test("moments are those of each class, the smoothing that of the widest column", () => {
    const X = [
      [0, 10],
      [2, 30],
      [5, 5],
      [7, 5],
      [6, 5],
    ];
    const model = make(0.5).fit(X, [0, 0, 1, 1, 1]);
    const widest = [10, 30, 5, 5, 5].reduce((sum, value) => sum + (value - 11) ** 2, 0) / 5;
    expect(model.epsilon).toBe(0.5 * widest);
    expect(model.priors).toEqual([0.4, 0.6]);
    expect([...model.means.data]).toEqual([1, 20, 6, 5]);
    expect([...model.variances.data]).toEqual([1, 100, 2 / 3, 0].map((variance) => variance + model.epsilon));
  });

  test("a weight of 2 is a row that is there twice, a weight of 0 one that is not", () => {
    const weights = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 150, maxLength: 150 });
    fc.assert(
      fc.property(weights, (sampleWeight) => {
        const times = sampleWeight.flatMap((weight, i) => Array<number>(weight).fill(i));
        const weighted = make(0.01).fit(flowers.X, flowers.y, { sampleWeight });
        const repeated = make(0.01).fit(
          rowsOf(flowers.X, times),
          times.map((i) => flowers.y[i] as string),
        );
        const other = repeated.decisionFunction(flowers.X).data;
        weighted.decisionFunction(flowers.X).data.forEach((value, at) => {
          expect(Math.abs(value - (other[at] as number))).toBeLessThan(1e-9 * (1 + Math.abs(value)));
        });
      }),
      { numRuns: 20 },
    );
  });

  test("classes do not depend on the order of the rows, nor on the columns' units when there is no smoothing", () => {
    const order = [...flowers.y.keys()].toReversed();
    const turned = make(0).fit(
      rowsOf(flowers.X, order),
      order.map((i) => flowers.y[i] as string),
    );
    const scaled = { ...flowers.X, data: flowers.X.data.map((value, at) => value * [4, 0.5, 1024, 1][at % 4]!) };
    const model = make(0).fit(flowers.X, flowers.y);
    expect(turned.predict(flowers.X)).toEqual(model.predict(flowers.X));
    const inUnits = make(0).fit(scaled, flowers.y).predictProba(scaled).data;
    model.predictProba(flowers.X).data.forEach((share, at) => expect(inUnits[at]).toBeCloseTo(share, 9));
  });

  test("bits are pinned; what is shown can be written to", () => {
    const { X, y } = digits();
    const model = make().fit(X, y);
    model.means.data.fill(0);
    model.variances.data.fill(1);
    const some = rowsOf(X, [1, 10, 100, 1000]);
    expect(sha256Hex(core, new Uint8Array(model.decisionFunction(some).data.buffer))).toBe(
      "92a7cd9cc64573e6ad4739911f9e707fbc718ef2a99b4a68ee1e3bf9afd5ccea",
    );
    expect(sha256Hex(core, new Uint8Array(model.predictProba(some).data.buffer))).toBe(
      "8615a7b367c783387039eb463d4cdf6634fa6f32f9053f29076cf12123fdb28e",
    );
  });
});
