import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Matrix } from "../../src/core/matrix.ts";
import { breastCancer } from "../../src/datasets/breast-cancer.ts";
import { digits } from "../../src/datasets/digits.ts";
import { iris } from "../../src/datasets/iris.ts";
import { kNeighborsClassifier, kNeighborsRegressor, loadModel } from "../../src/models/index.ts";
import type { NeighborsParams } from "../../src/models/neighbors/neighbors-params.ts";
import { sha256Hex } from "../../src/wasm/sha256.ts";
import { core } from "../support/cores.ts";
import { rowsOf } from "../support/tables.ts";

const flowers = iris();
const metrics = ["euclidean", "manhattan", "minkowski", "chebyshev", "cosine"] as const;
const fresh = (X: Matrix): Matrix => ({ ...X, data: X.data.slice() });
const hash = (values: Float64Array | Int32Array): string => sha256Hex(core, new Uint8Array(values.buffer));

describe("parameters", () => {
  test("defaults are those of scikit-learn", () => {
    const params = { k: 5, weights: "uniform", metric: "euclidean", p: 2 };
    expect(kNeighborsClassifier().params).toEqual(params);
    expect(kNeighborsRegressor().params).toEqual(params);
  });

  test.each<[Record<string, unknown>, string]>([
    [{ neighbors: 3 }, 'expected one of "k", "weights", "metric", "p", got "neighbors"'],
    [{ k: 0 }, '"k": expected a whole number >= 1, got 0'],
    [{ k: 2.5 }, '"k": expected a whole number >= 1, got 2.5'],
    [{ weights: "linear" }, '"weights": expected one of "uniform", "distance", got "linear"'],
    [{ metric: "hamming" }, '"metric": expected one of "euclidean", "manhattan"'],
    [{ p: 0.5 }, '"p": expected a finite number >= 1, got 0.5'],
    [{ p: Number.POSITIVE_INFINITY }, '"p": expected a finite number >= 1, got Infinity'],
  ])("%o is refused", (params, message) => {
    expect(() => kNeighborsClassifier(params as Partial<NeighborsParams>)).toThrow(message);
    expect(() => kNeighborsRegressor().with(params)).toThrow(message);
  });

  test("k may be all rows, and no more", () => {
    const X = [[0], [1], [4]];
    expect([
      ...kNeighborsRegressor({ k: 3 })
        .fit(X, [1, 2, 6])
        .predict([[9]]),
    ]).toEqual([3]);
    const message = '"k": expected at most the 3 rows of the training data, got 4';
    expect(() => kNeighborsRegressor({ k: 4 }).fit(X, [1, 2, 6])).toThrow(message);
    expect(() => kNeighborsClassifier({ k: 4 }).fit(X, [1, 2, 2])).toThrow(message);
  });

  test("sample weights are refused", () => {
    const message = '"sampleWeight": expected none for a nearest-neighbor model';
    expect(() => kNeighborsClassifier({ k: 1 }).fit([[0], [1]], [0, 1], { sampleWeight: [1, 2] })).toThrow(message);
  });
});

describe("predictions", () => {
  const X = [[0], [1], [2], [10]];

  test("votes: the first of tied classes, nearer rows first among equally far ones", () => {
    const model = kNeighborsClassifier({ k: 2 }).fit(X, ["b", "a", "c", "c"]);
    expect([...model.neighbors([[1]]).rows]).toEqual([1, 0]);
    expect(model.predict([[1]])).toEqual(["a"]);
    expect([...model.predictProba([[1], [8]]).data]).toEqual([0.5, 0.5, 0, 0, 0, 1]);
  });

  test("by distance: reciprocals, and only rows at distance 0 where there are any", () => {
    const labels = kNeighborsClassifier({ k: 3, weights: "distance" }).fit(X, ["b", "a", "c", "c"]);
    expect([...labels.predictProba([[1]]).data]).toEqual([1, 0, 0]);
    const at = labels.predictProba([[4]]).data;
    // Distances 2, 3 and 4 to c, a and b.
    const sum = 1 / 2 + 1 / 3 + 1 / 4;
    [1 / 3 / sum, 1 / 4 / sum, 1 / 2 / sum].forEach((share, c) => expect(at[c]).toBeCloseTo(share, 14));
    const values = kNeighborsRegressor({ k: 3, weights: "distance" }).fit(X, [6, 12, 18, 24]);
    expect(values.predict([[4]])[0]).toBeCloseTo((18 / 2 + 12 / 3 + 6 / 4) / sum, 13);
    expect([...values.predict([[2]])]).toEqual([18]);
    const twice = kNeighborsRegressor({ k: 3, weights: "distance" }).fit([[1], [1], [3]], [4, 8, 100]);
    expect([...twice.predict([[1]])]).toEqual([6]);
  });

  test("cosine: 1 minus the cosine, 1 for rows of zeros, whatever the rows' lengths", () => {
    const rows = [
      [1, 0],
      [0, 2e200],
      [-3, 0],
      [0, 0],
      [1e-200, 1e-200],
    ];
    const model = kNeighborsRegressor({ k: 5, metric: "cosine" }).fit(rows, [0, 1, 2, 3, 4]);
    const { distances, rows: order } = model.neighbors([
      [5, 0],
      [0, 0],
    ]);
    expect([...order].slice(0, 5)).toEqual([0, 4, 1, 3, 2]);
    const expected = [0, 1 - Math.SQRT1_2, 1, 1, 2, 1, 1, 1, 1, 1];
    expected.forEach((distance, at) => expect(distances[at]).toBeCloseTo(distance, 14));
  });

  test("Minkowski of powers 1 and 2 has the bits of Manhattan and Euclid", () => {
    for (const [p, metric] of [
      [1, "manhattan"],
      [2, "euclidean"],
    ] as const) {
      const plain = kNeighborsRegressor({ metric }).fit(flowers.X, flowers.X.data.slice(0, 150)).neighbors(flowers.X);
      const power = kNeighborsRegressor({ metric: "minkowski", p }).fit(flowers.X, flowers.X.data.slice(0, 150));
      expect(power.neighbors(flowers.X)).toEqual(plain);
    }
  });

  test.each(metrics)("%s: do not depend on the order of the rows, nor on their unit", (metric) => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 3, maxLength: 3 }), {
          minLength: 12,
          maxLength: 30,
        }),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom("uniform" as const, "distance" as const),
        (rows, k, weights) => {
          const y = rows.map(([a, b]) => (a as number) + 2 * (b as number));
          const model = kNeighborsRegressor({ k, weights, metric, p: 3 });
          const { distances } = model
            .with({ k: k + 1 })
            .fit(rows, y)
            .neighbors(rows);
          // Where no two are equally far.
          const clear = rows.map((_, i) => {
            const own = distances.subarray(i * (k + 1), (i + 1) * (k + 1));
            return own.every((distance, j) => j === 0 || distance > 1.000001 * (own[j - 1] as number) + 1e-9);
          });
          const before = model.fit(rows, y).predict(rows);
          const turned = model.fit(rows.toReversed(), y.toReversed()).predict(rows);
          const scaled = model
            .fit(
              rows.map((row) => row.map((value) => 4 * value)),
              y,
            )
            .predict(rows.map((row) => row.map((value) => 4 * value)));
          before.forEach((value, i) => {
            if (!clear[i]) return;
            expect(turned[i]).toBeCloseTo(value, 8);
            expect(scaled[i]).toBeCloseTo(value, 8);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a model does not change after its data does, and shows copies", () => {
    const table = fresh(flowers.X);
    const model = kNeighborsClassifier({ k: 3 }).fit(table, flowers.y);
    const before = model.predict(flowers.X);
    table.data.fill(0);
    const shown = model.neighbors(flowers.X);
    shown.rows.fill(0);
    shown.distances.fill(0);
    expect(model.predict(flowers.X)).toEqual(before);
    expect(model.predict(flowers.X)).toEqual(before);
  });

  test("bits are pinned", () => {
    const { X: images, y } = digits();
    const train = rowsOf(images, [...Array(600).keys()]);
    const some = rowsOf(images, [700, 800, 900, 1000]);
    const model = kNeighborsClassifier({ k: 7, weights: "distance" }).fit(train, y.slice(0, 600));
    expect(hash(model.predictProba(some).data)).toBe(
      "977539166c72528e26b81aa152265eb21730a0d353d90a1d3bcda8ed6955e4e1",
    );
    const cells = breastCancer().X;
    const target = Float64Array.from({ length: cells.rows }, (_, i) => cells.data[i * cells.cols] as number);
    for (const [metric, digest] of [
      ["manhattan", "02c205b71abb09c379272e41eb7d183ef2edf3060b0c97f09c3f996757d70e67"],
      ["minkowski", "745bb1f8377c49a972674aad9cbdaf254490d07839c98441f56eba864b0c40e4"],
      ["chebyshev", "bda049fda08b52ca881e57cb876c4741a1cec1c0e4563c1758b41d4ec33eed73"],
      ["cosine", "4098a09d2d62658a2a0ee43f1cdf31582636123644ed686d30abf916be1f3404"],
    ] as const) {
      const fitted = kNeighborsRegressor({ k: 4, weights: "distance", metric, p: 3 }).fit(cells, target);
      const moved = { ...cells, data: cells.data.map((value) => value * 1.1) };
      expect([metric, hash(fitted.predict(moved))]).toEqual([metric, digest]);
    }
  });
});

describe("neighbors that are kept for all k", () => {
  const { X, y } = breastCancer();
  const asked = [5, 1, 40, 7, 33, 64, 3, 569];

  test.each(metrics)("%s: bits of a search of its own for every k and weighting", (metric) => {
    const table = fresh(X);
    const queries = rowsOf(
      X,
      [...Array(18).keys()].map((i) => 31 * i),
    );
    for (const k of asked) {
      for (const weights of ["uniform", "distance"] as const) {
        const model = kNeighborsClassifier({ k, weights, metric, p: 3 });
        const again = model.fit(table, y);
        const cold = model.fit(fresh(X), y);
        expect(again.neighbors(queries)).toEqual(cold.neighbors(fresh(queries)));
        expect(again.predictProba(queries)).toEqual(cold.predictProba(fresh(queries)));
      }
    }
  });

  test("tables that were written to are searched anew", () => {
    const table = fresh(X);
    const queries = rowsOf(X, [3, 33, 333]);
    const model = kNeighborsClassifier({ k: 6 });
    for (let i = 0; i < 3; i++) model.fit(table, y).predict(queries);
    queries.data.set(X.data.subarray(0, 90));
    expect(model.fit(table, y).neighbors(queries)).toEqual(model.fit(fresh(X), y).neighbors(fresh(queries)));
    const before = model.fit(table, y);
    const expected = before.neighbors(queries);
    table.data.reverse();
    expect(model.fit(table, y).neighbors(queries)).toEqual(model.fit(fresh(table), y).neighbors(fresh(queries)));
    expect(before.neighbors(queries)).toEqual(expected);
  });

  test("also of models from files", () => {
    const model = kNeighborsClassifier({ k: 3 }).fit(X, y);
    const loaded = loadModel(model.save()) as typeof model;
    for (let i = 0; i < 3; i++) expect(loaded.neighbors(X)).toEqual(model.neighbors(fresh(X)));
  });
});
