import { describe, expect, test } from "vitest";
import type { Fold, Splitter } from "../../src/selection/fold.ts";
import {
  groupKFold,
  groupShuffleSplit,
  leaveOneGroupOut,
  leavePGroupsOut,
  leavePOut,
  shuffleSplit,
  stratifiedGroupKFold,
  stratifiedShuffleSplit,
  timeSeriesSplit,
} from "../../src/selection.ts";
import { vectors } from "../support/vectors.ts";

type Sides = [train: number[], test: number[]][];
type Params = Readonly<Record<"n_splits" | "test_size" | "train_size" | "max_train_size" | "gap", number>>;

interface Golden {
  readonly grouped: {
    readonly y: number[];
    readonly groups: number[];
    readonly splits: number;
    readonly groupKFold: number[][];
    readonly stratifiedGroupKFold: number[][];
  }[];
  readonly timeSeriesSplit: { readonly n: number; readonly params: Partial<Params>; readonly folds: Sides }[];
  readonly sizes: {
    readonly splitter: "shuffleSplit" | "groupShuffleSplit";
    readonly n: number;
    readonly params: Partial<Params>;
    readonly train: number;
    readonly test: number;
  }[];
  readonly strata: {
    readonly counts: number[];
    readonly params: Partial<Params>;
    readonly train: number[];
    readonly test: number[];
  }[];
  readonly leavePOut: Sides;
  readonly leavePGroupsOut: Sides;
  readonly leaveOneGroupOut: Sides;
}

const golden = vectors<Golden>("folds-more.json");
const sidesOf = (folds: readonly Fold[]): Sides => folds.map(({ train, test }) => [[...train], [...test]]);
const testRows = (splitter: Splitter, y: number[]): number[][] => splitter.split(y).map(({ test }) => [...test]);

// The parameters by their names here; only those that are given.
const named = ({ n_splits, test_size, train_size, max_train_size, gap }: Partial<Params>): Record<string, number> => {
  const all = { splits: n_splits, testSize: test_size, trainSize: train_size, maxTrainSize: max_train_size, gap };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, number] => entry[1] !== undefined));
};

test("there are cases", () => {
  expect([golden.grouped, golden.timeSeriesSplit, golden.sizes, golden.strata].map(({ length }) => length)).toEqual([
    5, 7, 18, 4,
  ]);
});

describe.each(golden.grouped)(
  "$splits folds of groups, as scikit-learn has them",
  ({ y, groups, splits, ...folds }) => {
    test("by size", () => {
      expect(testRows(groupKFold({ groups, splits }), y)).toEqual(folds.groupKFold);
    });

    test("by the classes' shares", () => {
      expect(testRows(stratifiedGroupKFold({ groups, splits }), y)).toEqual(folds.stratifiedGroupKFold);
    });
  },
);

test.each(golden.timeSeriesSplit)("folds in the order of time, n = $n, $params", ({ n, params, folds }) => {
  expect(sidesOf(timeSeriesSplit(named(params)).split(Array<number>(n).fill(0)))).toEqual(folds);
});

test.each(golden.sizes)("sizes of $splitter, n = $n, $params", ({ splitter, n, params, train, test }) => {
  const groups = Array.from({ length: n }, (_, i) => i);
  const made =
    splitter === "shuffleSplit" ? shuffleSplit(named(params)) : groupShuffleSplit({ ...named(params), groups });
  const [fold] = made.split(groups);
  expect([fold?.train.length, fold?.test.length]).toEqual([train, test]);
});

test.each(golden.strata)("sizes of the strata of $counts, $params", ({ counts, params, train, test }) => {
  const y = counts.flatMap((count, k) => Array<number>(count).fill(k));
  const [fold] = stratifiedShuffleSplit(named(params)).split(y);
  const tally = (rows: Int32Array | undefined): number[] => {
    return counts.map((_, k) => [...(rows ?? [])].filter((row) => y[row] === k).length);
  };
  expect([tally(fold?.train), tally(fold?.test)]).toEqual([train, test]);
});

test("leaving samples and groups out", () => {
  const groups = golden.grouped[0]?.groups as number[];
  expect(sidesOf(leavePOut({ p: 2 }).split([0, 0, 0, 0, 0]))).toEqual(golden.leavePOut);
  expect(sidesOf(leavePGroupsOut({ groups, p: 2 }).split(groups))).toEqual(golden.leavePGroupsOut);
  expect(sidesOf(leaveOneGroupOut({ groups }).split(groups))).toEqual(golden.leaveOneGroupOut);
});
