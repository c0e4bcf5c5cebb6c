import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Label } from "../../src/core/labels.ts";
import { breastCancer, digits, iris } from "../../src/datasets/index.ts";
import type { Fold, Splitter } from "../../src/selection/fold.ts";
import { kFold } from "../../src/selection/k-fold.ts";
import { stratifiedKFold } from "../../src/selection/stratified-k-fold.ts";
import { toFolds } from "../../src/selection/to-folds.ts";
import { vectors } from "../support/vectors.ts";

interface GoldenFolds {
  readonly kfold5: number[][];
  readonly stratified5: number[][];
}

const golden = vectors<Record<"iris" | "digits" | "breast_cancer", GoldenFolds>>("folds.json");
const testRows = (folds: readonly Fold[]): number[][] => folds.map(({ test }) => [...test]);

describe.each([
  ["iris", iris().y, golden.iris],
  ["digits", digits().y, golden.digits],
  ["breast cancer", breastCancer().y, golden.breast_cancer],
] as [string, Label[], GoldenFolds][])("%s", (_, y, expected) => {
  test("k-fold is scikit-learn's", () => {
    expect(testRows(kFold().split(y))).toEqual(expected.kfold5);
  });

  test("stratified k-fold is scikit-learn's, whatever the classes are called", () => {
    expect(testRows(stratifiedKFold().split(y))).toEqual(expected.stratified5);
    const renamed = y.map((label) => `${9 - y.indexOf(label)}`);
    expect(testRows(stratifiedKFold({ splits: 5 }).split(renamed))).toEqual(expected.stratified5);
  });

  test("a number is so many stratified folds", () => {
    expect(testRows(toFolds(5, y))).toEqual(expected.stratified5);
  });
});

// Labels of 2 to 4 classes with at least `splits` members each.
const labeled = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.array(fc.nat(3), { minLength: 0, maxLength: 40 }))
  .map(([splits, extra]) => {
    const y = [
      ...extra,
      ...extra.flatMap((label) => Array<number>(splits).fill(label)),
      ...Array<number>(splits).fill(4),
    ];
    return { splits, y };
  });

describe.each<[string, (splits: number, seed: number) => Splitter]>([
  ["k-fold", (splits) => kFold({ splits })],
  ["shuffled k-fold", (splits, seed) => kFold({ splits, shuffle: true, seed })],
  ["stratified k-fold", (splits) => stratifiedKFold({ splits })],
  ["shuffled stratified k-fold", (splits, seed) => stratifiedKFold({ splits, shuffle: true, seed })],
])("%s", (_, make) => {
  test("tests every sample once, and trains on the others", () => {
    fc.assert(
      fc.property(labeled, fc.nat(), ({ splits, y }, seed) => {
        const folds = make(splits, seed).split(y);
        const all = [...y.keys()];
        expect(folds).toHaveLength(splits);
        expect(
          testRows(folds)
            .flat()
            .sort((a, b) => a - b),
        ).toEqual(all);
        for (const { train, test } of folds) {
          expect([...train, ...test].sort((a, b) => a - b)).toEqual(all);
          expect([...train]).toEqual([...train].sort((a, b) => a - b));
        }
      }),
    );
  });

  test("has folds of one size, give or take a sample", () => {
    fc.assert(
      fc.property(labeled, fc.nat(), ({ splits, y }, seed) => {
        const sizes = make(splits, seed)
          .split(y)
          .map(({ test }) => test.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("divides the same samples alike", () => {
    fc.assert(
      fc.property(labeled, fc.nat(), ({ splits, y }, seed) => {
        const splitter = make(splits, seed);
        expect(splitter.split(y)).toEqual(splitter.split(y));
        expect(splitter.split(y)).toEqual(make(splits, seed).split(y));
      }),
    );
  });
});

test.each([false, true])("stratified k-fold gives every fold its share of each class (shuffled: %s)", (shuffle) => {
  fc.assert(
    fc.property(labeled, fc.nat(), ({ splits, y }, seed) => {
      const folds = stratifiedKFold(shuffle ? { splits, shuffle, seed } : { splits }).split(y);
      for (const label of new Set(y)) {
        const counts = folds.map(({ test }) => [...test].filter((row) => y[row] === label).length);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }
    }),
  );
});

describe("a shuffle", () => {
  const { y } = iris();
  test.each([kFold, stratifiedKFold])("depends on its seed", (make) => {
    const folds = (seed: number): number[][] => testRows(make({ shuffle: true, seed }).split(y));
    expect(folds(1)).toEqual(folds(1));
    expect(folds(1)).not.toEqual(folds(2));
    expect(folds(1)).not.toEqual(testRows(make().split(y)));
    expect(testRows(make({ shuffle: true }).split(y))).toEqual(folds(0));
  });

  test("gives a sample any fold", () => {
    const foldsOfFirst = new Set<number>();
    for (let seed = 0; seed < 60; seed++) {
      const folds = stratifiedKFold({ shuffle: true, seed }).split(y);
      foldsOfFirst.add(folds.findIndex(({ test }) => test.includes(0)));
    }
    expect([...foldsOfFirst].sort()).toEqual([0, 1, 2, 3, 4]);
  });
});

describe("splitters refuse", () => {
  const refused = (message: string): object =>
    expect.objectContaining({ name: "VernierError", code: "invalid-argument", message });

  test.each([kFold, stratifiedKFold])("fewer than two folds, and a seed without shuffle", (make) => {
    expect(() => make({ splits: 1 })).toThrow(refused('"splits": expected a whole number >= 2, got 1'));
    expect(() => make({ splits: 2.5 })).toThrow(refused('"splits": expected a whole number >= 2, got 2.5'));
    expect(() => make({ seed: 3 })).toThrow(refused('"seed": expected none without shuffle: true, got 3'));
    expect(() => make({ shuffle: true, seed: -1 })).toThrow(refused('"seed": expected a whole number >= 0, got -1'));
  });

  test("more folds than samples", () => {
    expect(() => kFold({ splits: 4 }).split([0, 1, 0])).toThrow(
      refused('"splits": expected at most one fold a sample, 3, got 4'),
    );
  });

  test("more folds than a class has members", () => {
    expect(() => stratifiedKFold({ splits: 3 }).split(["a", "b", "a", "a", "b"])).toThrow(
      refused('"splits": expected no more folds than class "b" has members, 2, got 3'),
    );
  });

  test("no labels", () => {
    expect(() => stratifiedKFold().split([])).toThrow(/"y": expected at least one label, got none/);
  });
});

describe("folds given as they are", () => {
  const y = [0, 1, 0, 1];
  const refused = (message: string): object => expect.objectContaining({ code: "invalid-argument", message });

  test("are taken over", () => {
    expect(toFolds([{ train: [3, 0, 1], test: [2] }], y)).toEqual([
      { train: Int32Array.of(3, 0, 1), test: Int32Array.of(2) },
    ]);
  });

  test("must be lists of rows that do not overlap", () => {
    expect(() => toFolds([], y)).toThrow(refused('"cv": expected at least one fold, got none'));
    expect(() => toFolds([{ train: [0, 4], test: [1] }], y)).toThrow(
      refused('"cv[0].train": expected a whole number from 0 to 3, got 4'),
    );
    expect(() => toFolds([{ train: [0, 1], test: [] }], y)).toThrow(
      refused('"cv[0].test": expected a list of row numbers, got []'),
    );
    expect(() => toFolds([{ train: [0, 1], test: [2, 1] }], y)).toThrow(
      refused('"cv[0]": expected rows on one side only, got row 1 on both'),
    );
    expect(() => toFolds([{ train: [0, 1], test: "2" as never }], y)).toThrow(
      refused('"cv[0].test": expected a list of row numbers, got "2"'),
    );
  });
});
