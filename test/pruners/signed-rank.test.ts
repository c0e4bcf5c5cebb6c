import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { signedRankPValue } from "../../src/pruners/signed-rank.ts";
import { core, cores } from "../support/cores.ts";
import { vectors } from "../support/vectors.ts";

const golden = vectors<{ cases: { differences: number[]; p: number }[] }>("signed-rank.json");

describe("signedRankPValue", () => {
  test.each(cores)("gives SciPy's p-values ($build)", ({ core: build }) => {
    for (const { differences, p } of golden.cases) {
      expect(Math.abs(signedRankPValue(build, differences) - p)).toBeLessThan(1e-14);
    }
  });

  test("is the share of all choices of signs with as large a sum of positive ranks", () => {
    const differences = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(differences, (values) => {
        expect(signedRankPValue(core, values)).toBe(bySigns(values));
      }),
    );
  });
});

/** The same by trying every choice of signs, ranks found by counting. */
function bySigns(values: readonly number[]): number {
  const sizes = values.map(Math.abs);
  const rank = (size: number): number =>
    sizes.filter((other) => other < size).length + (sizes.filter((other) => other === size).length + 1) / 2;
  const sumOf = (signed: readonly number[]): number =>
    signed.reduce((sum, value) => sum + (value > 0 ? rank(value) : 0), 0);
  const least = sumOf(values);
  let ways = 0;
  for (let signs = 0; signs < 2 ** values.length; signs++) {
    if (sumOf(sizes.map((size, i) => ((signs >> i) & 1 ? size : -size))) >= least) ways++;
  }
  return ways / 2 ** values.length;
}
