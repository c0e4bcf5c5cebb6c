import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { VernierError } from "../../src/core/errors.ts";
import type { Label } from "../../src/core/labels.ts";
import type { Fold, Splitter } from "../../src/selection/fold.ts";

/** What a splitter is made for. */
export interface SplitterSamples {
  /** Two to four classes of at least four members each. */
  readonly y: readonly Label[];
  /** [n]: at least five groups. */
  readonly groups: readonly Label[];
  readonly seed: number;
}

export interface SplitterConformanceOptions {
  /** How often every sample is tested over all folds; null (default) where that is not promised. */
  readonly testedTimes?: number | null;
  /** Whether every sample is on one of the sides of every fold; default true. */
  readonly complete?: boolean;
  /** Whether it keeps the groups together; default false. */
  readonly grouped?: boolean;
  /** Whether the classes play a part; default false. */
  readonly stratified?: boolean;
  /** Whether another seed gives other folds; default false. */
  readonly random?: boolean;
  /** How many samples it is tried on; default 40. */
  readonly numRuns?: number;
}

/** What every splitter must keep: its interface's suite. `make` gets samples that it can divide. */
export function splitterConformance(
  name: string,
  make: (samples: SplitterSamples) => Splitter,
  options: SplitterConformanceOptions = {},
): void {
  const { testedTimes = null, complete = true, grouped = false, stratified = false, random = false } = options;
  const { numRuns = 40 } = options;

  describe(`${name} as a splitter`, () => {
    test("has a name", () => {
      expect(make(example).name).toMatch(/^[a-z][A-Za-z]+$/);
    });

    test("gives at least one fold of two sides that share no row, in rising order", () => {
      fc.assert(
        fc.property(samples, (given) => {
          const folds = make(given).split(given.y);
          expect(folds.length).toBeGreaterThan(0);
          for (const { train, test } of folds) {
            expect(Math.min(train.length, test.length)).toBeGreaterThan(0);
            for (const side of [train, test]) expect(side).toEqual(Int32Array.from(new Set(side)).sort());
            const rows = new Set([...train, ...test]);
            expect(rows.size).toBe(train.length + test.length);
            expect([...rows].every((row) => row >= 0 && row < given.y.length)).toBe(true);
            expect(!complete || rows.size === given.y.length).toBe(true);
          }
        }),
        { numRuns },
      );
    });

    test("divides the same samples alike, and leaves them as they are", () => {
      fc.assert(
        fc.property(samples, samples, (given, other) => {
          const y = Object.freeze([...given.y]);
          const splitter = make(given);
          const folds = splitter.split(y);
          make(other).split(other.y);
          expect(splitter.split(y)).toEqual(folds);
          expect(make(structuredClone(given)).split(y)).toEqual(folds);
        }),
        { numRuns },
      );
    });

    test("takes typed arrays of labels", () => {
      const y = Int32Array.from(example.y as number[]);
      expect(make(example).split(y)).toEqual(make(example).split([...y]));
    });

    test.runIf(testedTimes !== null)(`tests every sample ${testedTimes} times`, () => {
      fc.assert(
        fc.property(samples, (given) => {
          const counts = given.y.map(() => 0);
          for (const { test } of make(given).split(given.y)) for (const row of test) counts[row]! += 1;
          expect(counts).toEqual(given.y.map(() => testedTimes));
        }),
        { numRuns },
      );
    });

    test.runIf(grouped)("keeps every group on one side", () => {
      fc.assert(
        fc.property(samples, (given) => {
          for (const { train, test } of make(given).split(given.y)) {
            const trained = new Set([...train].map((row) => given.groups[row]));
            expect([...test].some((row) => trained.has(given.groups[row]))).toBe(false);
          }
        }),
        { numRuns },
      );
    });

    test.skipIf(stratified)("does not look at the labels", () => {
      fc.assert(
        fc.property(samples, (given) => {
          const others = given.y.map((_, i) => `${i}`);
          expect(make(given).split(others)).toEqual(make(given).split(given.y));
        }),
        { numRuns },
      );
    });

    test.runIf(stratified)("does not look at what the classes are called", () => {
      fc.assert(
        fc.property(samples, (given) => {
          const others = given.y.map((label) => `class ${label}`);
          expect(make(given).split(others)).toEqual(make(given).split(given.y));
        }),
        { numRuns },
      );
    });

    test.runIf(random)("depends on its seed", () => {
      const seeds = Array.from({ length: 20 }, (_, seed) => seed);
      const divisions = seeds.map((seed) => textOf(make({ ...example, seed }).split(example.y)));
      expect(new Set(divisions).size).toBeGreaterThan(1);
    });

    test("refuses what it cannot divide with an error that names the thing", () => {
      for (const y of [[], [1]]) {
        const refuse = (): unknown => make(example).split(y);
        expect(refuse).toThrow(VernierError);
        expect(refuse).toThrow(/^"[a-zA-Z]+": expected .*, got /);
      }
    });
  });
}

const textOf = (folds: readonly Fold[]): string =>
  folds.map(({ train, test }) => `${train.join()}|${test.join()}`).join("\n");

const labels = (distinct: number, members: number, most: number): fc.Arbitrary<number[]> =>
  fc
    .array(fc.nat(distinct - 1), { minLength: most, maxLength: most })
    .map((rest) => [...Array.from({ length: distinct * members }, (_, i) => i % distinct), ...rest]);

const samples: fc.Arbitrary<SplitterSamples> = fc
  .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 5, max: 8 }), fc.integer({ min: 0, max: 20 }), fc.nat())
  .chain(([classes, groups, more, seed]) => {
    // As many labels as groups, in any order.
    const n = Math.max(classes * 4, groups) + more;
    const shuffled = (list: fc.Arbitrary<number[]>): fc.Arbitrary<number[]> =>
      list.chain((all) => fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }));
    return fc.record({
      y: shuffled(labels(classes, 4, n - classes * 4)),
      groups: shuffled(labels(groups, 1, n - groups)),
      seed: fc.constant(seed),
    });
  });

const example: SplitterSamples = {
  y: [0, 1, 0, 1, 2, 0, 1, 2, 2, 0, 1, 2, 0, 0, 1, 1, 2, 2],
  groups: [3, 0, 1, 2, 2, 3, 4, 5, 5, 1, 0, 4, 4, 1, 2, 6, 6, 6],
  seed: 1,
};
