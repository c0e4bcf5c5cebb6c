import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Label } from "../../src/core/labels.ts";
import { iris } from "../../src/datasets/index.ts";
import { svc } from "../../src/models/svm/svc.ts";
import type { Fold, Splitter } from "../../src/selection/fold.ts";
import {
  crossValidate,
  groupKFold,
  groupShuffleSplit,
  kFold,
  leaveOneGroupOut,
  leaveOneOut,
  leavePGroupsOut,
  leavePOut,
  predefinedSplit,
  repeatedKFold,
  repeatedStratifiedKFold,
  shuffleSplit,
  stratifiedGroupKFold,
  stratifiedKFold,
  stratifiedShuffleSplit,
  timeSeriesSplit,
} from "../../src/selection.ts";
import { core } from "../support/cores.ts";
import { chiSquared, chiSquaredScore } from "../support/statistics.ts";
import { sha256Hex } from "../../src/wasm/sha256.ts";

const refused = (message: string): object =>
  expect.objectContaining({ name: "VernierError", code: "invalid-argument", message });
const testRows = (folds: readonly Fold[]): number[][] => folds.map(({ test }) => [...test]);
const sides = (folds: readonly Fold[]): number[][][] => folds.map(({ train, test }) => [[...train], [...test]]);
const zeros = (n: number): number[] => Array<number>(n).fill(0);

describe("by hand", () => {
  test("groups go to the lightest fold, the largest first", () => {
    // Sizes a 1, b 3, c 2, d 2: b to fold 0, then d and c (the last of equals first) to fold 1, a to fold 0.
    const groups = ["b", "c", "a", "b", "d", "c", "b", "d"];
    expect(testRows(groupKFold({ groups, splits: 2 }).split(zeros(8)))).toEqual([
      [0, 2, 3, 6],
      [1, 4, 5, 7],
    ]);
  });

  test("stratified groups even out the classes", () => {
    // Of classes 0 and 1, five members each, p has 3 and 0, r 0 and 2, s 1 and 2, q 1 and 1: they come in this order.
    // p and r find both folds alike and take the first and the emptier one. s makes the deviations of the shares
    // 0.4 and 0 in fold 0, 0.2 and 0.4 in fold 1; q makes them 0.5 and 0.1, or 0.3 and 0.1.
    const groups = ["p", "p", "p", "q", "q", "r", "r", "s", "s", "s"];
    const y = [0, 0, 0, 0, 1, 1, 1, 0, 1, 1];
    const folds = testRows(stratifiedGroupKFold({ groups, splits: 2 }).split(y));
    expect(folds).toEqual([
      [0, 1, 2, 7, 8, 9],
      [3, 4, 5, 6],
    ]);
  });

  test("in the order of time", () => {
    expect(sides(timeSeriesSplit({ splits: 3, gap: 1, maxTrainSize: 3, testSize: 2 }).split(zeros(9)))).toEqual([
      [
        [0, 1],
        [3, 4],
      ],
      [
        [1, 2, 3],
        [5, 6],
      ],
      [
        [3, 4, 5],
        [7, 8],
      ],
    ]);
  });

  test("leaving out", () => {
    expect(testRows(leaveOneOut().split(zeros(3)))).toEqual([[0], [1], [2]]);
    expect(testRows(leavePOut({ p: 2 }).split(zeros(3)))).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
    const groups = [2, 0, 2, 1];
    expect(testRows(leaveOneGroupOut({ groups }).split(zeros(4)))).toEqual([[1], [3], [0, 2]]);
    expect(testRows(leavePGroupsOut({ groups, p: 2 }).split(zeros(4)))).toEqual([
      [1, 3],
      [0, 1, 2],
      [0, 2, 3],
    ]);
  });

  test("predefined", () => {
    expect(sides(predefinedSplit({ testFold: [1, -1, 0, 1] }).split(zeros(4)))).toEqual([
      [[0, 1, 3], [2]],
      [
        [1, 2],
        [0, 3],
      ],
    ]);
  });
});

test("as many folds as groups take one each, though the classes be spread unevenly", () => {
  const grouped = fc.integer({ min: 2, max: 8 }).chain((splits) =>
    fc.record({
      splits: fc.constant(splits),
      sizes: fc.array(fc.tuple(fc.integer({ min: splits, max: 20 }), fc.nat(2)), {
        minLength: splits,
        maxLength: splits,
      }),
    }),
  );
  fc.assert(
    fc.property(grouped, ({ splits, sizes }) => {
      const y = sizes.flatMap(([size, label]) => Array<number>(size).fill(label));
      const groups = sizes.flatMap(([size], group) => Array<number>(size).fill(group));
      const folds = stratifiedGroupKFold({ groups, splits }).split(y);
      expect(folds.map(({ test }) => new Set([...test].map((row) => groups[row])).size)).toEqual(sizes.map(() => 1));
    }),
  );
});

describe("repeats", () => {
  const { y } = iris();
  test("begin with the single shuffle of the seed, and are all different", () => {
    const makers = [
      [repeatedKFold, kFold],
      [repeatedStratifiedKFold, stratifiedKFold],
    ] as const;
    for (const [repeated, once] of makers) {
      const folds = repeated({ splits: 4, repeats: 3, seed: 9 }).split(y);
      expect(folds).toHaveLength(12);
      expect(folds.slice(0, 4)).toEqual(once({ splits: 4, shuffle: true, seed: 9 }).split(y));
      expect(new Set(folds.map(({ test }) => test.join())).size).toBe(12);
      expect(repeated().split(y)).toHaveLength(50);
    }
  });
});

describe("random splits", () => {
  test("draw every pair of samples equally often", () => {
    const folds = shuffleSplit({ splits: 3000, testSize: 2, seed: 4 }).split(zeros(6));
    const pairs = new Map<string, number>();
    for (const { test } of folds) pairs.set(test.join(), (pairs.get(test.join()) ?? 0) + 1);
    expect(pairs.size).toBe(15);
    expect(chiSquaredScore(chiSquared([...pairs.values()]), 14)).toBeLessThan(3.09);
  });

  test("a longer list of splits begins with the shorter one", () => {
    const y = iris().y;
    for (const make of [shuffleSplit, stratifiedShuffleSplit]) {
      const folds = make({ splits: 8, seed: 2 }).split(y);
      expect(make({ splits: 3, seed: 2 }).split(y)).toEqual(folds.slice(0, 3));
      expect(new Set(folds.map(({ test }) => test.join())).size).toBe(8);
    }
  });

  test("strata have their share, give or take a sample, and equal ones take turns", () => {
    const sized = fc.record({
      counts: fc.array(fc.integer({ min: 4, max: 20 }), { minLength: 2, maxLength: 4 }),
      testSize: fc.double({ min: 0.3, max: 0.6, noNaN: true }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(sized, ({ counts, testSize, seed }) => {
        const y = counts.flatMap((count, k) => Array<number>(count).fill(k));
        for (const fold of stratifiedShuffleSplit({ testSize, splits: 2, seed }).split(y)) {
          for (const side of [fold.train, fold.test]) {
            counts.forEach((count, k) => {
              const members = [...side].filter((row) => y[row] === k).length;
              expect(Math.abs(members - (count * side.length) / y.length)).toBeLessThan(1);
            });
          }
        }
      }),
    );
    // Three of ten places are left for either class: one has two of them, by chance.
    const y = Array.from({ length: 20 }, (_, i) => i % 2);
    const firsts = stratifiedShuffleSplit({ testSize: 3, splits: 200 })
      .split(y)
      .map(({ test }) => [...test].filter((row) => y[row] === 0).length);
    expect(new Set(firsts)).toEqual(new Set([1, 2]));
    expect(Math.abs(firsts.filter((k) => k === 1).length - 100)).toBeLessThan(30);
  });

  test("groups have their share of the groups, not of the samples", () => {
    const groups = [...zeros(90), 1, 2, 3, 4];
    for (const { train, test } of groupShuffleSplit({ groups, splits: 20, testSize: 0.4 }).split(groups)) {
      expect(new Set([...test].map((row) => groups[row])).size).toBe(2);
      expect(new Set([...train].map((row) => groups[row])).size).toBe(3);
    }
  });
});

test("the folds of a seed stay what they are", () => {
  const y = iris().y;
  const groups = y.map((_, i) => (i * i) % 23);
  const splitters: Splitter[] = [
    kFold({ shuffle: true, seed: 7 }),
    stratifiedKFold({ shuffle: true, seed: 7 }),
    repeatedKFold({ seed: 7 }),
    repeatedStratifiedKFold({ seed: 7 }),
    groupKFold({ groups, shuffle: true, seed: 7 }),
    stratifiedGroupKFold({ groups, shuffle: true, seed: 7 }),
    shuffleSplit({ seed: 7 }),
    groupShuffleSplit({ groups, seed: 7 }),
    stratifiedShuffleSplit({ seed: 7 }),
  ];
  const digest = (splitter: Splitter): string => {
    const text = JSON.stringify(sides(splitter.split(y)));
    return sha256Hex(core, new TextEncoder().encode(text)).slice(0, 8);
  };
  expect(splitters.map((splitter) => `${splitter.name} ${digest(splitter)}`)).toMatchInlineSnapshot(`
    [
      "kFold 5dee3cf7",
      "stratifiedKFold dc3c8cbe",
      "repeatedKFold 03bae8a6",
      "repeatedStratifiedKFold 9579aced",
      "groupKFold 8a6e46c8",
      "stratifiedGroupKFold 7bacc3a2",
      "shuffleSplit 994641a7",
      "groupShuffleSplit 562a2806",
      "stratifiedShuffleSplit c4fe7daa",
    ]
  `);
});

test("cross-validation takes any splitter", () => {
  const { X, y } = iris();
  const groups = y.map((_, i) => i % 10);
  const { scores } = crossValidate(svc({ kernel: "linear" }), X, y, { cv: leaveOneGroupOut({ groups }) });
  expect(scores).toHaveLength(10);
  expect(Math.min(...scores)).toBeGreaterThan(0.8);
});

describe("splitters refuse", () => {
  const groups: Label[] = ["a", "a", "b", "b"];
  const y = [0, 1, 0, 1];

  test.each([
    ["groupKFold", () => groupKFold({ groups, splits: 2 })],
    ["stratifiedGroupKFold", () => stratifiedGroupKFold({ groups, splits: 2 })],
    ["groupShuffleSplit", () => groupShuffleSplit({ groups })],
    ["leaveOneGroupOut", () => leaveOneGroupOut({ groups })],
    ["leavePGroupsOut", () => leavePGroupsOut({ groups, p: 1 })],
  ])("other than a group a sample: %s", (_, make) => {
    expect(() => make().split([...y, 0])).toThrow(
      refused('"groups": expected a group for each of the 5 samples, got 4'),
    );
    expect(make().split(y).length).toBeGreaterThan(0);
  });

  test("groups that are none", () => {
    expect(() => groupKFold({ groups: [] })).toThrow(/"groups": expected at least one label, got none/);
    expect(() => leaveOneGroupOut({ groups: [1, Number.NaN] })).toThrow(/"groups": .*got NaN at position 1/);
  });

  test("more folds than groups, or than a class has members", () => {
    for (const make of [groupKFold, stratifiedGroupKFold]) {
      expect(() => make({ groups, splits: 3 }).split(y)).toThrow(
        refused('"splits": expected at most one fold a group, 2, got 3'),
      );
    }
    expect(() => stratifiedGroupKFold({ groups, splits: 2 }).split([0, 0, 0, 1])).toThrow(
      refused('"splits": expected no more folds than class 1 has members, 1, got 2'),
    );
  });

  test("options out of range", () => {
    expect(() => repeatedKFold({ repeats: 0 })).toThrow(refused('"repeats": expected a whole number >= 1, got 0'));
    expect(() => shuffleSplit({ splits: 0 })).toThrow(refused('"splits": expected a whole number >= 1, got 0'));
    expect(() => shuffleSplit({ seed: 0.5 })).toThrow(refused('"seed": expected a whole number >= 0, got 0.5'));
    for (const testSize of [0, -0.1, 1.5, Number.NaN]) {
      expect(() => shuffleSplit({ testSize })).toThrow(
        refused(`"testSize": expected a share between 0 and 1 or a whole number, got ${testSize}`),
      );
    }
    expect(() => stratifiedShuffleSplit({ trainSize: "half" as never })).toThrow(
      refused('"trainSize": expected a share between 0 and 1 or a whole number, got "half"'),
    );
    expect(() => leavePOut({ p: 0 })).toThrow(refused('"p": expected a whole number >= 1, got 0'));
    expect(() => timeSeriesSplit({ splits: 1 })).toThrow(refused('"splits": expected a whole number >= 2, got 1'));
    expect(() => timeSeriesSplit({ gap: -1 })).toThrow(refused('"gap": expected a whole number >= 0, got -1'));
    expect(() => timeSeriesSplit({ testSize: 0 })).toThrow(refused('"testSize": expected a whole number >= 1, got 0'));
    expect(() => timeSeriesSplit({ maxTrainSize: 0 })).toThrow(
      refused('"maxTrainSize": expected a whole number >= 1, got 0'),
    );
  });

  test("sizes that leave a side empty or need too many", () => {
    expect(() => shuffleSplit({ testSize: 4 }).split(y)).toThrow(
      refused('"testSize": expected at least one of 4 samples on either side, got testSize 4, trainSize "the rest"'),
    );
    expect(() => shuffleSplit({ trainSize: 0.1 }).split(y)).toThrow(
      refused('"testSize": expected at least one of 4 samples on either side, got testSize "the rest", trainSize 0.1'),
    );
    expect(() => groupShuffleSplit({ groups, trainSize: 2, testSize: 1 }).split(y)).toThrow(
      refused('"testSize": expected at least one of 2 groups on either side, got testSize 1, trainSize 2'),
    );
  });

  test("strata that cannot be shared", () => {
    expect(() => stratifiedShuffleSplit().split([0, 0, 0, 1])).toThrow(
      refused('"y": expected at least two members of every class, got one of 1'),
    );
    expect(() => stratifiedShuffleSplit({ testSize: 1 }).split(y)).toThrow(
      refused('"testSize": expected places for all 2 classes on either side, got 1 to test and 3 to train'),
    );
  });

  test("nothing left to train on", () => {
    expect(() => leaveOneOut().split([1])).toThrow(refused('"y": expected at least 2 samples, got 1'));
    expect(() => leavePOut({ p: 4 }).split(y)).toThrow(refused('"y": expected at least 5 samples, got 4'));
    expect(() => leavePGroupsOut({ groups, p: 2 }).split(y)).toThrow(
      refused('"groups": expected at least 3 groups, got 2'),
    );
    expect(() => timeSeriesSplit({ splits: 3, testSize: 1, gap: 1 }).split(y)).toThrow(
      refused('"splits": expected more than splits x testSize + gap = 3 x 1 + 1 samples, got 4'),
    );
    expect(() => timeSeriesSplit({ splits: 4 }).split(y)).toThrow(
      refused('"splits": expected more than splits x testSize + gap = 4 x 1 + 0 samples, got 4'),
    );
  });

  test("more folds than fit into memory", () => {
    expect(() => leavePOut({ p: 5 }).split(zeros(200))).toThrow(
      refused('"y": expected at most 268435456 rows over all folds, got 2535650040 folds of 200'),
    );
    expect(() => leavePOut({ p: 2 }).split(zeros(1000))).toThrow(
      refused('"y": expected at most 268435456 rows over all folds, got 499500 folds of 1000'),
    );
  });

  test("fold numbers that are none", () => {
    expect(() => predefinedSplit({ testFold: [0, -2] })).toThrow(
      refused('"testFold[1]": expected a whole number from -1 to 2147483647, got -2'),
    );
    expect(() => predefinedSplit({ testFold: [-1, -1] })).toThrow(
      refused('"testFold": expected at least one sample in a fold, got none'),
    );
    expect(() => predefinedSplit({ testFold: [3, 3] })).toThrow(
      refused('"testFold": expected samples outside of the only fold, got none'),
    );
    expect(() => predefinedSplit({ testFold: [0, 1] }).split(y)).toThrow(
      refused('"testFold": expected a fold for each of the 4 samples, got 2'),
    );
  });
});
