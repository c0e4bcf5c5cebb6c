import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RandomKey } from "../../src/core/key.ts";
import { normalCdf } from "../../src/wasm/math.ts";
import {
  firstUniforms,
  integers,
  normals,
  permutation,
  purposeHashes,
  uniform,
  uniforms,
} from "../../src/wasm/random.ts";
import { cores, type KernelsCore } from "../support/cores.ts";
import { chiSquared, chiSquaredScore, correlation, kolmogorovSmirnov } from "../support/statistics.ts";

const key: RandomKey = { seed: 20250117, trial: 5, purpose: "test" };

function philox(core: KernelsCore, counter: readonly number[], k: readonly number[]): string[] {
  const [c0 = 0, c1 = 0, c2 = 0, c3 = 0] = counter;
  const [k0 = 0, k1 = 0] = k;
  return core.scope((arena) => {
    const out = arena.i32Alloc(4);
    core.exports.randomPhilox(k0, k1, c0, c1, c2, c3, out);
    return Array.from(arena.readI32(out, 4), (word) => (word >>> 0).toString(16).padStart(8, "0"));
  });
}

/** Philox4x32-10 once more, with big integers: the block that holds the stream's words 4 b ... 4 b + 3. */
function philoxOracle(counter: readonly bigint[], k: readonly bigint[]): bigint[] {
  const mask = 0xffffffffn;
  let [c0 = 0n, c1 = 0n, c2 = 0n, c3 = 0n] = counter;
  let [k0 = 0n, k1 = 0n] = k;
  for (let round = 0; round < 10; round++) {
    const p0 = 0xd2511f53n * c0;
    const p1 = 0xcd9e8d57n * c2;
    [c0, c1, c2, c3] = [(p1 >> 32n) ^ c1 ^ k0, p1 & mask, (p0 >> 32n) ^ c3 ^ k1, p0 & mask];
    [k0, k1] = [(k0 + 0x9e3779b9n) & mask, (k1 + 0xbb67ae85n) & mask];
  }
  return [c0, c1, c2, c3];
}

describe.each(cores)("philox, $build build", ({ core }) => {
  // The three vectors of "philox4x32 10" in Random123's kat_vectors; the third's words are digits of pi.
  test.each([
    ["zeros", [0, 0, 0, 0], [0, 0], ["6627e8d5", "e169c58d", "bc57ac4c", "9b00dbd8"]],
    [
      "ones",
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      ["408f276d", "41c83b0e", "a20bc7c6", "6d5451fd"],
    ],
    [
      "pi",
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      ["d16cfe09", "94fdcceb", "5001e420", "24126ea1"],
    ],
  ])("known answer: %s", (_, counter, k, words) => {
    expect(philox(core, counter, k)).toEqual(words);
  });

  test("uniforms are the stream's 64-bit halves: key = seed, counter = (block, 0, trial, purpose hash)", () => {
    const seed = 2 ** 53 - 1;
    const values = uniforms(core, { seed, trial: 4294967295, purpose: "" }, 6);
    const expected = [0n, 1n, 2n].flatMap((block) => {
      // 0x811c9dc5 is the hash of the empty purpose.
      const words = philoxOracle([block, 0n, 0xffffffffn, 0x811c9dc5n], [0xffffffffn, 0x1fffffn]);
      const half = (i: number): number => Number(((words[i + 1] as bigint) << 32n) | (words[i] as bigint)) / 2 ** 64;
      return [half(0), half(2)];
    });
    values.forEach((u, i) => expect(Math.abs(u - (expected[i] as number))).toBeLessThan(2 ** -52));
  });
});

const draws: readonly {
  name: string;
  draw: (core: KernelsCore, key: RandomKey, n: number, offset: number) => number[];
}[] = [
  { name: "uniforms", draw: (core, k, n, offset) => [...uniforms(core, k, n, offset)] },
  { name: "normals", draw: (core, k, n, offset) => [...normals(core, k, n, offset)] },
  { name: "integers", draw: (core, k, n, offset) => [...integers(core, k, n, 1000003, offset)] },
];
const anyKey = fc.record({
  seed: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  trial: fc.nat({ max: 4294967295 }),
  purpose: fc.string({ maxLength: 8 }),
});

describe.each(cores)("draws, $build build", ({ core }) => {
  test.each(draws)("$name: number i depends on the key and on i alone", ({ draw }) => {
    fc.assert(
      fc.property(
        anyKey,
        fc.nat({ max: 40 }),
        fc.nat({ max: 40 }),
        fc.nat({ max: 4294967000 }),
        (k, n, skip, start) => {
          const whole = draw(core, k, skip + n, start);
          expect(draw(core, k, n, start + skip)).toEqual(whole.slice(skip));
          expect(draw(core, k, skip, start)).toEqual(whole.slice(0, skip));
        },
      ),
      { seed: 4, numRuns: 300 },
    );
  });

  test.each(draws)("$name: another seed, trial or purpose is another stream", ({ draw }) => {
    const keys = [
      key,
      { ...key, seed: key.seed + 1 },
      { ...key, seed: key.seed + 4294967296 },
      { ...key, trial: key.trial + 1 },
      { ...key, purpose: "test/1" },
      { ...key, purpose: "tesu" },
      { ...key, seed: key.trial, trial: key.seed },
    ];
    const streams = keys.map((k) => draw(core, k, 2000, 0));
    streams.forEach((a, i) =>
      streams.slice(0, i).forEach((b) => expect(Math.abs(correlation(a, b))).toBeLessThan(4 / Math.sqrt(2000))),
    );
  });

  test("uniform is the first of uniforms", () => {
    expect(uniform(core, key)).toBe(uniforms(core, key, 3)[0]);
  });

  test("the first uniforms of several purposes are those of each", () => {
    const purposes = ["", "a", "random/x", "tpe/\u00e9"];
    const drawn = firstUniforms(core, { seed: key.seed, trial: key.trial }, purposeHashes(purposes));
    expect([...drawn]).toEqual(purposes.map((purpose) => uniform(core, { ...key, purpose })));
    expect(firstUniforms(core, { seed: 1, trial: 2 }, purposeHashes([]))).toHaveLength(0);
  });

  test("uniforms are uniform, in every bit and from one to the next", () => {
    const u = uniforms(core, key, 40000);
    expect(kolmogorovSmirnov(u, (x) => x)).toBeLessThan(1.63);
    expect(Math.min(...u)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...u)).toBeLessThan(1);
    expect(Math.abs(correlation(u.subarray(1), u.subarray(0, -1)))).toBeLessThan(4 / 200);
    for (let bit = 1; bit <= 53; bit++) {
      const ones = u.reduce((sum, x) => sum + (Math.floor(x * 2 ** bit) % 2), 0);
      expect(Math.abs(ones - 20000) / 100).toBeLessThan(4.5);
    }
    expect(u.every((x) => Number.isInteger(x * 2 ** 53))).toBe(true);
  });

  test("normals are normal, with mean 0 and variance 1", () => {
    const z = normals(core, key, 40000);
    expect(kolmogorovSmirnov(z, (x) => normalCdf(core, x))).toBeLessThan(1.63);
    const mean = z.reduce((sum, x) => sum + x, 0) / z.length;
    const square = z.reduce((sum, x) => sum + x * x, 0) / z.length;
    expect(Math.abs(mean)).toBeLessThan(4 / 200);
    expect(Math.abs(square - 1)).toBeLessThan((4 * Math.SQRT2) / 200);
    expect(Math.abs(correlation(z.subarray(1), z.subarray(0, -1)))).toBeLessThan(4 / 200);
  });

  test.each([2, 3, 7, 10, 64, 1000])("integers below %d are equally likely, summed over 100 streams", (bound) => {
    let statistic = 0;
    for (let trial = 0; trial < 100; trial++) {
      const counts = new Int32Array(bound);
      for (const k of integers(core, { ...key, trial }, 10 * bound, bound)) counts[k] = (counts[k] as number) + 1;
      statistic += chiSquared(counts);
    }
    expect(Math.abs(chiSquaredScore(statistic, 100 * (bound - 1)))).toBeLessThan(3.09);
  });

  test("the only integer below 1 is 0", () => {
    expect(integers(core, key, 5, 1)).toEqual(new Int32Array(5));
  });

  test("integers reach the largest bound", () => {
    const values = integers(core, key, 4000, 2147483648);
    expect(kolmogorovSmirnov(values, (x) => (x + 1) / 2147483648)).toBeLessThan(1.63);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  });

  test("permutations hold every index once", () => {
    fc.assert(
      fc.property(anyKey, fc.nat({ max: 300 }), (k, n) => {
        expect([...permutation(core, k, n)].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  test("the 24 permutations of four are equally likely", () => {
    const counts = new Map<string, number>();
    for (let trial = 0; trial < 4800; trial++) {
      const order = permutation(core, { ...key, trial }, 4).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(Math.abs(chiSquaredScore(chiSquared([...counts.values()]), 23))).toBeLessThan(3.09);
  });

  test("nothing is drawn when nothing is asked for", () => {
    expect(uniforms(core, key, 0)).toHaveLength(0);
    expect(permutation(core, key, 0)).toHaveLength(0);
    expect(permutation(core, key, 1)).toEqual(Int32Array.of(0));
  });
});

describe("bad arguments", () => {
  const core = (cores[0] as { core: KernelsCore }).core;

  test.each([
    [{ ...key, seed: -1 }, '"seed": expected a whole number >= 0, got -1'],
    [{ ...key, seed: 1.5 }, '"seed": expected a whole number >= 0, got 1.5'],
    [{ ...key, seed: 2 ** 53 }, '"seed": expected a whole number >= 0, got 9007199254740992'],
    [{ ...key, trial: 4294967296 }, '"trial number": expected a whole number from 0 to 4294967295, got 4294967296'],
  ])("key %j", (k, message) => {
    expect(() => uniforms(core, k, 1)).toThrow(message);
    expect(() => permutation(core, k, 1)).toThrow(message);
  });

  test("counts, offsets and bounds", () => {
    expect(() => normals(core, key, -1)).toThrow('"count": expected a whole number from 0 to 2147483647, got -1');
    expect(() => uniforms(core, key, 1, 0.5)).toThrow(
      '"offset": expected a whole number from 0 to 4294967295, got 0.5',
    );
    expect(() => integers(core, key, 1, 0)).toThrow('"bound": expected a whole number from 1 to 2147483648, got 0');
  });
});
