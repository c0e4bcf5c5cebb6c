import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { KernelsExports } from "../../src/wasm/core.ts";
import { expArray, logArray, logSumExp } from "../../src/wasm/math.ts";
import { allCores, cores, type SharedCore } from "../support/cores.ts";
import { bitsOf, ulpError } from "../support/ulp.ts";
import { vectors } from "../support/vectors.ts";

type Row = readonly [x: number, y: number, fraction: number];
type Scalar = (exports: KernelsExports) => (x: number) => number;

const golden = vectors<Record<string, readonly Row[]>>("math.json");
const { POSITIVE_INFINITY: infinity, NEGATIVE_INFINITY: minusInfinity, NaN: nan } = Number;

/** The errors that the comments in assembly/math promise, in ULP. */
const functions: readonly { name: string; bound: number; of: Scalar; edges: readonly (readonly [number, number])[] }[] =
  [
    {
      name: "exp",
      bound: 0.77,
      of: (e) => e.mathExp,
      edges: [
        [infinity, infinity],
        [minusInfinity, 0],
        [709.7827128933841, infinity],
        [-745.1332191019412, 0],
        [1e300, infinity],
        [-1e300, 0],
        [-0, 1],
      ],
    },
    {
      name: "log",
      bound: 0.53,
      of: (e) => e.mathLog,
      edges: [
        [0, minusInfinity],
        [-0, minusInfinity],
        [1, 0],
        [infinity, infinity],
        [minusInfinity, nan],
        [-1e-310, nan],
      ],
    },
    {
      name: "log1p",
      bound: 2.5,
      of: (e) => e.mathLog1p,
      edges: [
        [-1, minusInfinity],
        [0, 0],
        [-0, -0],
        [infinity, infinity],
        [-1.5, nan],
      ],
    },
    {
      name: "expm1",
      bound: 2.5,
      of: (e) => e.mathExpm1,
      edges: [
        [infinity, infinity],
        [minusInfinity, -1],
        [-0, -0],
        [800, infinity],
        [-800, -1],
      ],
    },
    {
      name: "erf",
      bound: 3,
      of: (e) => e.mathErf,
      edges: [
        [infinity, 1],
        [minusInfinity, -1],
        [-0, -0],
        [6, 1],
        [-7, -1],
      ],
    },
    {
      name: "normalCdf",
      bound: 8,
      of: (e) => e.mathNormalCdf,
      edges: [
        [infinity, 1],
        [minusInfinity, 0],
        [-1e200, 0],
        [1e200, 1],
        [0, 0.5],
      ],
    },
    {
      name: "normalLogCdf",
      bound: 7,
      of: (e) => e.mathNormalLogCdf,
      edges: [
        [infinity, 0],
        [minusInfinity, minusInfinity],
        [-1e200, minusInfinity],
        [1e200, 0],
      ],
    },
    {
      name: "normalQuantile",
      bound: 8,
      of: (e) => e.mathNormalQuantile,
      edges: [
        [0, minusInfinity],
        [1, infinity],
        [0.5, 0],
        [-0.1, nan],
        [1.1, nan],
        [infinity, nan],
      ],
    },
  ];

describe.each(cores)("math, $build build", ({ core }) => {
  test("the golden file covers every function and no other", () => {
    expect(Object.keys(golden).sort()).toEqual(functions.map((f) => f.name).sort());
  });

  describe.each(functions)("$name", ({ name, bound, of, edges }) => {
    const f = of(core.exports);

    test(`is within ${bound} ULP of the exact value`, () => {
      const rows = golden[name] ?? [];
      expect(rows.length).toBeGreaterThan(150);
      const off = rows.filter(([x, y, fraction]) => !(ulpError(f(x), y, fraction) < bound));
      expect(off.map(([x]) => [x, f(x)])).toEqual([]);
    });

    test.each([...edges, [nan, nan] as const])("of %d is %d", (x, y) => {
      expect(f(x)).toBe(y);
    });
  });

  test("exp is within 0.52 ULP where its result is normal", () => {
    const normal = (golden["exp"] ?? []).filter(([x]) => x > -708.39);
    expect(normal.length).toBeGreaterThan(500);
    expect(Math.max(...normal.map(([x, y, fraction]) => ulpError(core.exports.mathExp(x), y, fraction)))).toBeLessThan(
      0.52,
    );
  });
});

const arrays = [
  { name: "exp", array: expArray, of: ({ exports }: SharedCore) => exports.mathExp },
  { name: "log", array: logArray, of: ({ exports }: SharedCore) => exports.mathLog },
];
// Any double; numbers in the plain range; numbers next to the special ones.
const anyNumber = fc.oneof(
  fc.double(),
  fc.double({ min: -800, max: 800, noNaN: true }),
  fc.double({ min: 0.5, max: 2, noNaN: true }),
  fc.constantFrom(nan, infinity, minusInfinity, 0, -0, 5e-324, -745.2, -700, 700, 709.79, 2.2250738585072014e-308),
);

describe.each(allCores)("arrays, $build build", ({ core }) => {
  test.each(arrays)("$name: the vector form gives the scalar's bits in each lane", ({ array, of }) => {
    const f = of(core);
    fc.assert(
      fc.property(fc.array(anyNumber, { maxLength: 9 }), (x) => {
        expect(Array.from(array(core, x), bitsOf)).toEqual(x.map((v) => bitsOf(f(v))));
      }),
      { seed: 2, numRuns: 2000 },
    );
  });

  test.each(arrays)("$name: a plain pair beside every golden argument", ({ name, array, of }) => {
    const f = of(core);
    const x = (golden[name] ?? []).flatMap(([v], i) => (i % 2 === 0 ? [v, 1 + i / 1024] : [1 + i / 1024, v]));
    expect(Array.from(array(core, x), bitsOf)).toEqual(x.map((v) => bitsOf(f(v))));
  });
});

describe.each(allCores)("logSumExp, $build build", ({ core }) => {
  test("of nothing, infinities and NaN", () => {
    expect(logSumExp(core, [])).toBe(minusInfinity);
    expect(logSumExp(core, [minusInfinity, minusInfinity, minusInfinity])).toBe(minusInfinity);
    expect(logSumExp(core, [1, infinity, minusInfinity])).toBe(infinity);
    expect(logSumExp(core, [1, 2, nan])).toBeNaN();
    expect(logSumExp(core, [nan, infinity])).toBeNaN();
    expect(logSumExp(core, [minusInfinity, -3])).toBe(-3);
  });

  test("of one value is the value, and of equal ones adds the logarithm of their number", () => {
    for (const x of [-1e300, -745, 0, 3.25, 1e300]) expect(logSumExp(core, [x])).toBe(x);
    for (let n = 1; n < 40; n++)
      expect(logSumExp(core, Array<number>(n).fill(-1000))).toBeCloseTo(Math.log(n) - 1000, 12);
  });

  test("agrees with the direct sum where that can be taken", () => {
    const values = fc.array(fc.double({ min: -300, max: 300, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(values, (x) => {
        const direct = Math.log(x.reduce((sum, v) => sum + Math.exp(v), 0));
        expect(Math.abs(logSumExp(core, x) - direct)).toBeLessThan(1e-13 * Math.max(1, Math.abs(direct)));
      }),
      { seed: 3, numRuns: 1000 },
    );
  });
});
