import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { takeRows } from "../../src/core/matrix.ts";
import { breastCancer } from "../../src/datasets/breast-cancer.ts";
import { digits } from "../../src/datasets/digits.ts";
import { iris } from "../../src/datasets/iris.ts";
import { decisionTreeClassifierKind, decisionTreeRegressorKind } from "../../src/models/trees/decision-tree.ts";
import { extraTreesClassifierKind, extraTreesRegressorKind } from "../../src/models/trees/extra-trees.ts";
import {
  decisionTreeClassifier,
  decisionTreeRegressor,
  type EstimatorParams,
  extraTreesClassifier,
  extraTreesRegressor,
  randomForestClassifier,
  randomForestRegressor,
} from "../../src/models/index.ts";
import { randomForestClassifierKind, randomForestRegressorKind } from "../../src/models/trees/random-forest.ts";
import { treeClassifierOn, type TreeKind, treeRegressorOn } from "../../src/models/trees/tree-estimator.ts";
import { sha256Hex } from "../../src/wasm/sha256.ts";
import { core as search, treesCores } from "../support/cores.ts";

const flowers = iris();
const cells = breastCancer();
const numerals = digits();
const hash = (values: ArrayBuffer | Float64Array): string =>
  sha256Hex(search, new Uint8Array(values instanceof Float64Array ? values.buffer : values));
const rowsOf = (X: { readonly data: Float64Array; readonly rows: number; readonly cols: number }): number[][] =>
  Array.from({ length: X.rows }, (_, i) => [...X.data.subarray(i * X.cols, (i + 1) * X.cols)]);
/** The same numbers at another place, where nothing is kept of them. */
const fresh = <M extends { readonly data: Float64Array }>(X: M): M => ({ ...X, data: X.data.slice() });
/** What the table's first column is, from the next ones. */
const sizes = {
  X: takeRows(cells.X, [...Array(200).keys()]),
  y: rowsOf(cells.X)
    .slice(0, 200)
    .map((row) => (row[2] as number) + (row[20] as number)),
};

describe("parameters", () => {
  test("defaults are those of scikit-learn", () => {
    const size = {
      maxDepth: null,
      minSamplesSplit: 2,
      minSamplesLeaf: 1,
      minWeightFractionLeaf: 0,
      maxFeatures: null,
      maxLeafNodes: null,
      minImpurityDecrease: 0,
      ccpAlpha: 0,
      seed: 0,
    };
    const forest = { trees: 100, maxSamples: null, oobScore: false };
    expect(decisionTreeClassifier().params).toEqual({
      ...size,
      splitter: "best",
      criterion: "gini",
      classWeight: null,
    });
    expect(decisionTreeRegressor().params).toEqual({ ...size, splitter: "best" });
    const classes = { ...size, ...forest, criterion: "gini", classWeight: null, maxFeatures: "sqrt" };
    expect(randomForestClassifier().params).toEqual({ ...classes, bootstrap: true });
    expect(extraTreesClassifier().params).toEqual({ ...classes, bootstrap: false });
    expect(randomForestRegressor().params).toEqual({ ...size, ...forest, bootstrap: true });
    expect(extraTreesRegressor().params).toEqual({ ...size, ...forest, bootstrap: false });
  });

  test.each<[Record<string, unknown>, string]>([
    [{ nEstimators: 5 }, '"randomForestClassifier parameter": expected one of "trees", "bootstrap"'],
    [{ trees: 0 }, '"trees": expected a whole number from 1 to 1000000, got 0'],
    [{ bootstrap: 1 }, '"bootstrap": expected one of true, false, got 1'],
    [{ maxSamples: 1.5 }, '"maxSamples": expected a whole number >= 2 or a share > 0 and <= 1, got 1.5'],
    [{ bootstrap: false, maxSamples: 0.5 }, '"maxSamples": expected null without bootstrap, got 0.5'],
    [{ bootstrap: false, oobScore: true }, '"oobScore": expected false without bootstrap, got true'],
    [{ criterion: "mse" }, '"criterion": expected one of "gini", "entropy", "logLoss", got "mse"'],
    [{ classWeight: "even" }, '"classWeight": expected one of null, "balanced", "balancedSubsample", got "even"'],
    [{ maxDepth: 0 }, '"maxDepth": expected a whole number >= 1, got 0'],
    [{ minSamplesSplit: 1 }, '"minSamplesSplit": expected a whole number >= 2 or a share > 0 and < 1, got 1'],
    [{ minSamplesLeaf: 0 }, '"minSamplesLeaf": expected a whole number >= 1 or a share > 0 and < 1, got 0'],
    [{ minWeightFractionLeaf: 0.6 }, '"minWeightFractionLeaf": expected a number from 0 to 0.5, got 0.6'],
    [
      { maxFeatures: 0 },
      '"maxFeatures": expected a whole number >= 2, a share > 0 and <= 1, "sqrt", "log2" or null, got 0',
    ],
    [{ maxLeafNodes: 1 }, '"maxLeafNodes": expected a whole number >= 2, got 1'],
    [{ minImpurityDecrease: -1 }, '"minImpurityDecrease": expected a finite number >= 0, got -1'],
    [{ ccpAlpha: Number.NaN }, '"ccpAlpha": expected a finite number >= 0, got NaN'],
    [{ seed: -1 }, '"seed": expected a whole number >= 0, got -1'],
  ])("%o is refused", (params, message) => {
    expect(() => randomForestClassifier(params)).toThrow(message);
    expect(() => randomForestClassifier().with(params)).toThrow(message);
  });

  test("only forests are drawn by subsample, only trees have a splitter", () => {
    expect(() => decisionTreeClassifier({ classWeight: "balancedSubsample" as never })).toThrow('"classWeight"');
    expect(() => decisionTreeClassifier({ splitter: "worst" as never })).toThrow('"splitter": expected one of');
    expect(() => extraTreesRegressor().with({ splitter: "best" })).toThrow('"extraTreesRegressor parameter"');
  });

  test("shares and counts name the same trees", () => {
    const model = (params: Record<string, unknown>): string =>
      hash(
        randomForestClassifier({ trees: 3, ...params })
          .fit(flowers.X, flowers.y)
          .predictProba(flowers.X).data,
      );
    expect(model({ maxFeatures: "sqrt" })).toBe(model({ maxFeatures: 0.5 }));
    expect(model({ maxFeatures: "log2" })).toBe(model({ maxFeatures: 2 }));
    expect(model({ maxFeatures: null })).toBe(model({ maxFeatures: 1 }));
    expect(model({ minSamplesLeaf: 0.02 })).toBe(model({ minSamplesLeaf: 3 }));
    expect(model({ minSamplesSplit: 0.1 })).toBe(model({ minSamplesSplit: 15 }));
    expect(model({ maxSamples: 0.5 })).toBe(model({ maxSamples: 75 }));
    expect(model({ criterion: "logLoss" })).toBe(model({ criterion: "entropy" }));
    expect(model({ maxSamples: 0.5 })).not.toBe(model({}));
    expect(model({ seed: 1 })).not.toBe(model({}));
  });
});

describe("what a tree learns", () => {
  const table = fc
    .tuple(
      fc.integer({ min: 4, max: 30 }),
      fc.integer({ min: 1, max: 3 }),
      fc.infiniteStream(fc.integer({ min: 0, max: 999 })),
    )
    .map(([n, d, stream]) => {
      const next = (): number => stream.next().value as number;
      const X = Array.from({ length: n }, () => Array.from({ length: d }, next));
      const values = X.map(() => next() / 7);
      return {
        X,
        values,
        labels: values.map((value, i) => (i < 2 ? i : Math.floor(value) % 3)),
        w: X.map(() => 1 + (next() % 3)),
      };
    });
  const shown = (values: ArrayLike<number>): number[] => Array.from(values);

  test("a weight of 2 is a row that is there twice, in any order of the rows", () => {
    fc.assert(
      fc.property(table, ({ X, values, labels, w }) => {
        const copies = w.flatMap((weight, i) => Array<number>(weight).fill(i)).toReversed();
        const doubled = copies.map((i) => X[i] as number[]);
        const sampleWeight = w;
        for (const criterion of ["gini", "entropy"] as const) {
          const weighted = decisionTreeClassifier({ criterion }).fit(X, labels, { sampleWeight });
          const repeated = decisionTreeClassifier({ criterion }).fit(
            doubled,
            copies.map((i) => labels[i] as number),
          );
          expect(shown(weighted.predictProba(X).data)).toEqual(shown(repeated.predictProba(X).data));
          expect(new Uint8Array(weighted.save())).toEqual(new Uint8Array(repeated.save()));
        }
        const weighted = decisionTreeRegressor().fit(X, values, { sampleWeight });
        const repeated = decisionTreeRegressor().fit(
          doubled,
          copies.map((i) => values[i] as number),
        );
        expect(new Uint8Array(weighted.save())).toEqual(new Uint8Array(repeated.save()));
      }),
    );
  });

  test("weights in other units, and rows of weight 0, change nothing", () => {
    fc.assert(
      fc.property(table, fc.constantFrom(0.3, 1e-9, 1e12), ({ X, values, w }, unit) => {
        const params = { minSamplesLeaf: 2 };
        const plain = decisionTreeRegressor(params).fit(X, values, { sampleWeight: w });
        const scaled = decisionTreeRegressor(params).fit(X, values, { sampleWeight: w.map((one) => one * unit) });
        const more = decisionTreeRegressor(params).fit(
          [...X, ...X.map((row) => row.map((x) => x + 0.5))],
          [...values, ...values.map(() => 1e6)],
          {
            sampleWeight: [...w, ...w.map(() => 0)],
          },
        );
        expect(new Uint8Array(more.save())).toEqual(new Uint8Array(plain.save()));
        const expected = plain.predict(X);
        scaled.predict(X).forEach((value, i) => expect(value).toBeCloseTo(expected[i] as number, 8));
      }),
    );
  });

  test("an increasing map of a feature changes no prediction on the training rows", () => {
    fc.assert(
      fc.property(table, ({ X, values, labels }) => {
        const mapped = X.map((row) => row.map((x, j) => (j === 0 ? x * x * x - 5e8 : x)));
        expect(shown(decisionTreeRegressor({ minSamplesLeaf: 2 }).fit(mapped, values).predict(mapped))).toEqual(
          shown(decisionTreeRegressor({ minSamplesLeaf: 2 }).fit(X, values).predict(X)),
        );
        const deep = { maxDepth: 3 };
        expect(decisionTreeClassifier(deep).fit(mapped, labels).predict(mapped)).toEqual(
          decisionTreeClassifier(deep).fit(X, labels).predict(X),
        );
      }),
    );
  });

  test("grown to the end it knows its rows, unless equal ones differ", () => {
    const model = decisionTreeClassifier().fit(numerals.X, numerals.y);
    expect(model.predict(numerals.X)).toEqual(numerals.y);
    expect(model.depth).toBeGreaterThan(8);
    const stump = decisionTreeClassifier().fit([[0], [0], [0]], ["a", "b", "a"]);
    expect([stump.leaves, stump.depth]).toEqual([1, 0]);
    expect([...stump.featureImportances]).toEqual([0]);
    expect([...stump.predictProba([[7]]).data]).toEqual([2 / 3, 1 / 3]);
  });

  test("balanced classes weigh alike", () => {
    const X = Array.from({ length: 12 }, () => [0]);
    const y = X.map((_, i) => (i < 9 ? "often" : "rare"));
    for (const make of [decisionTreeClassifier, extraTreesClassifier]) {
      const [often] = make({ classWeight: "balanced" })
        .fit(X, y)
        .predictProba([[0]]).data;
      expect(often).toBeCloseTo(0.5, 12);
    }
    const forest = randomForestClassifier({ classWeight: "balancedSubsample", trees: 20 }).fit(X, y);
    // A tree that drew only one class says so; all others say one half.
    expect([...forest.predictProba([[0]]).data].map((share) => Math.abs(share - 0.5) <= 0.1)).toEqual([true, true]);
    const plain = randomForestClassifier({ trees: 20 })
      .fit(X, y)
      .predictProba([[0]]).data;
    expect(Math.abs((plain[0] as number) - 0.75)).toBeLessThan(0.15);
  });
});

describe("forests", () => {
  test("importances sum to 1 and find the columns that matter", () => {
    for (const make of [randomForestClassifier, extraTreesClassifier]) {
      const { featureImportances } = make({ trees: 20 }).fit(flowers.X, flowers.y);
      expect(featureImportances.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      const petal = (featureImportances[2] as number) + (featureImportances[3] as number);
      expect(petal).toBeGreaterThan(0.7);
    }
  });

  test("the score out of bag is near that of other data, below that of the training rows", () => {
    const rows = [...numerals.y.keys()];
    const train = rows.filter((row) => row % 3 !== 0);
    const held = rows.filter((row) => row % 3 === 0);
    const labels = (of: number[]): number[] => of.map((row) => numerals.y[row] as number);
    const model = randomForestClassifier({ trees: 60, oobScore: true }).fit(takeRows(numerals.X, train), labels(train));
    const predicted = model.predict(takeRows(numerals.X, held));
    const accuracy = predicted.filter((label, i) => label === numerals.y[held[i] as number]).length / held.length;
    expect(Math.abs((model.oobScore as number) - accuracy)).toBeLessThan(0.03);
    expect(model.oobScore).toBeLessThan(1);
    const r2 = randomForestRegressor({ trees: 60, oobScore: true }).fit(sizes.X, sizes.y).oobScore as number;
    expect(r2).toBeGreaterThan(0.9);
    expect(r2).toBeLessThan(1);
    expect(randomForestRegressor({ trees: 2 }).fit(sizes.X, sizes.y).oobScore).toBe(null);
  });

  test("rows that every tree drew are left out of the score", () => {
    const model = randomForestClassifier({ trees: 1, oobScore: true, seed: 2 }).fit(flowers.X, flowers.y);
    expect(model.oobScore).toBeGreaterThan(0.85);
    expect(model.oobScore).toBeLessThanOrEqual(1);
  });

  test("tree t is the same in a forest of any size", () => {
    const X = fresh(flowers.X);
    const proba = (trees: number): Float64Array =>
      randomForestClassifier({ trees, minSamplesLeaf: 5 }).fit(fresh(X), flowers.y).predictProba(X).data;
    const [two, three, one] = [proba(2), proba(3), proba(1)];
    const second = two.map((share, i) => 2 * share - (one[i] as number));
    const third = three.map((share, i) => 3 * share - 2 * (two[i] as number));
    for (const tree of [second, third]) {
      expect(tree.every((share) => share > -1e-12 && share < 1 + 1e-12)).toBe(true);
      expect(new Set(tree.map((share) => Math.round(share * 1e9))).size).toBeGreaterThan(3);
    }
    expect(hash(second)).not.toBe(hash(third));
  });

  test("what a search keeps of a table changes no bit, whatever it asks for", () => {
    const kept = fresh(flowers.X);
    const other = flowers.y.toReversed();
    const sampleWeight = flowers.y.map((_, i) => 1 + (i % 3));
    const asked: [Record<string, unknown>, readonly (string | number)[], object][] = [
      [{ trees: 4 }, flowers.y, {}],
      [{ trees: 4 }, flowers.y, {}],
      [{ trees: 9 }, flowers.y, {}],
      [{ trees: 2, oobScore: true }, flowers.y, {}],
      [{ trees: 9 }, other, {}],
      [{ trees: 9 }, flowers.y, { sampleWeight }],
      [{ trees: 9, seed: 3 }, flowers.y, {}],
      [{ trees: 9, minSamplesLeaf: 4 }, flowers.y, {}],
      [{ trees: 11 }, flowers.y, {}],
      [{ trees: 11, classWeight: "balancedSubsample" }, flowers.y, {}],
    ];
    for (const make of [randomForestClassifier, extraTreesClassifier]) {
      for (const [params, y, options] of asked) {
        const settings = { bootstrap: true, ...params };
        const warm = make(settings)
          .fit(kept, y as string[], options)
          .save();
        const cold = make(settings)
          .fit(fresh(kept), y as string[], options)
          .save();
        expect(new Uint8Array(warm)).toEqual(new Uint8Array(cold));
      }
    }
    kept.data[0] = 9;
    const warm = randomForestClassifier({ trees: 4 }).fit(kept, flowers.y).save();
    expect(new Uint8Array(warm)).toEqual(
      new Uint8Array(randomForestClassifier({ trees: 4 }).fit(fresh(kept), flowers.y).save()),
    );
  });
});

describe.each(treesCores)("$build: the bits of a fit are pinned", ({ core }) => {
  const rows = [...Array(300).keys()];
  const X = takeRows(numerals.X, rows);
  const y = rows.map((row) => numerals.y[row] as number);
  const classifier = <P extends EstimatorParams>(kind: TreeKind<P>, params: Record<string, unknown>): string =>
    hash(
      treeClassifierOn(kind, () => core, kind.check(params))
        .fit(fresh(X), y)
        .save(),
    );
  const regressor = <P extends EstimatorParams>(kind: TreeKind<P>, params: Record<string, unknown>): string =>
    hash(
      treeRegressorOn(kind, () => core, kind.check(params))
        .fit(fresh(sizes.X), sizes.y)
        .save(),
    );

  test("decision trees", () => {
    expect(classifier(decisionTreeClassifierKind, { criterion: "entropy", maxFeatures: 0.5 })).toBe(
      "f69060eb8a6e8eae8f4710602745a3401771bc907070551ce2e1ca12d12175bd",
    );
    expect(regressor(decisionTreeRegressorKind, { minSamplesLeaf: 2 })).toBe(
      "ef939f0b1b298c56807a51584d4f758f66a01c0993dac6feb3155fa6619756bd",
    );
  });

  test("random forests", () => {
    expect(classifier(randomForestClassifierKind, { trees: 7, classWeight: "balanced" })).toBe(
      "20dd76fee930571dd54ebe7e88e149e6133d69572ca23ecfc977729bd74254c4",
    );
    expect(regressor(randomForestRegressorKind, { trees: 7, maxFeatures: "sqrt" })).toBe(
      "d73dad96b4ab9407e1324910a8e782834ead1ea5e69a1e2cce59133c76653526",
    );
  });

  test("extra trees", () => {
    expect(classifier(extraTreesClassifierKind, { trees: 7 })).toBe(
      "23ba0a3e1fe79776fcc01ba82d3ca3d71a5830ac6175535c5043f34bb4f793e0",
    );
    expect(regressor(extraTreesRegressorKind, { trees: 7, maxLeafNodes: 30 })).toBe(
      "6421aafef9b7c48e3f85efd18201579b49b82e3be585018fa10133b93b199e4f",
    );
  });
});
