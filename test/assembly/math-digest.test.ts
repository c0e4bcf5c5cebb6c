import { describe, expect, test } from "vitest";
import { erf, expArray, logArray, normalCdf, normalLogCdf, normalQuantile } from "../../src/wasm/math.ts";
import { integers, normals, permutation, truncatedNormalQuantiles, uniforms } from "../../src/wasm/random.ts";
import { sha256Hex } from "../../src/wasm/sha256.ts";
import { allCores, cores, type KernelsCore, kernels, mathCores, type SharedCore } from "../support/cores.ts";

// Every bit of the numeric basis over fixed grids. A digest that changes means that studies with the same seed
// change: a change to announce, never a side effect. The grids use only + - * /, which every engine rounds
// alike, and hold no argument whose result is NaN.

const grid = (low: number, high: number, n: number): number[] =>
  Array.from({ length: n }, (_, i) => low + ((high - low) * i) / (n - 1));

/** 2^-1074 ... by factors of 3/2 up to the largest number. */
function geometric(): number[] {
  const values: number[] = [];
  for (let x = Number.MIN_VALUE; x < Number.POSITIVE_INFINITY; x = Math.max(x * 1.5, x + Number.MIN_VALUE))
    values.push(x);
  return values;
}

const keys = [0, 1, 4294967296, Number.MAX_SAFE_INTEGER].flatMap((seed) =>
  [0, 7, 4294967295].map((trial) => ({ seed, trial, purpose: `digest/${trial}` })),
);

// What both modules have.
const logGrid = [...geometric(), ...grid(0.5, 2, 20011), ...grid(0.99, 1.01, 5003)];
const shared: Record<string, (core: SharedCore) => ArrayLike<number>> = {
  exp: (core) => expArray(core, [...grid(-750, 710, 20011), ...grid(-1, 1, 5003), ...geometric()]),
  log: (core) => logArray(core, logGrid),
  uniforms: (core) => keys.flatMap((key) => [...uniforms(core, key, 501)]),
  normals: (core) => keys.flatMap((key) => [...normals(core, key, 501)]),
  integers: (core) =>
    keys
      .flatMap((key) => [integers(core, key, 501, 1 + Math.floor(key.trial / 2)), permutation(core, key, 50)])
      .flatMap((part) => Array.from(part)),
};

const searchOnly: Record<string, (core: KernelsCore) => ArrayLike<number>> = {
  normal: (core) => [
    ...grid(-40, 10, 5003).flatMap((x) => [normalCdf(core, x), normalLogCdf(core, x), erf(core, x)]),
    ...[...grid(0, 1, 5003), ...geometric().filter((p) => p < 1)].map((p) => normalQuantile(core, p)),
  ],
  truncated: (core) => {
    const low = grid(-45, 44, 3001);
    const batch = {
      mu: low.map((_, i) => (i % 7) / 8 - 0.5),
      sigma: low.map((_, i) => 1 + (i % 5) / 4),
      low,
      high: low.map((x, i) => x + (i % 11) / 8 + 0.001),
    };
    return truncatedNormalQuantiles(core, batch, uniforms(core, { seed: 1, trial: 2, purpose: "digest" }, 3001));
  },
};

const pinned: Record<string, string> = {
  exp: "b61a1307c8fc99a49da6fd33c9b86fd46073e215733a8ea9711c3017c196091c",
  log: "d5ef76e3810f7692a8b88d122d89de245638369a63ca186c74423493a4d55536",
  normal: "11f4636692b6538c45a39fd4f4cc54b494a3b56c05834572129a5e30fa974e84",
  uniforms: "c2286a0ed7e1a7c5d1761c415c8cf9ff890788593191d53eeb4613656735fc3c",
  normals: "927100d75b8285578cf25c40e7ddbd045921aa7fa253e5071e2d349110355e15",
  integers: "aafc26f4431cc9ce4f8177b38aaeb0423a90a1cf2c019bb3b078027f326f8a95",
  truncated: "d9dd3b9caffa60ef5b786237c946421a7ac42509aeab679fa20f36dbdfa0a675",
};

function digest(output: ArrayLike<number>): string {
  const values = Float64Array.from(output);
  expect(values.length).toBeGreaterThan(3000);
  expect(values.some(Number.isNaN)).toBe(false);
  // Runtimes may differ in the order of an array's bytes; the digest is over little-endian ones.
  const bytes = new DataView(new ArrayBuffer(values.length * 8));
  values.forEach((value, i) => bytes.setFloat64(8 * i, value, true));
  return sha256Hex(kernels, new Uint8Array(bytes.buffer));
}

describe.each(allCores)("bits, $build build", ({ core }) => {
  test.each(Object.entries(shared))("%s", (name, output) => expect(digest(output(core))).toBe(pinned[name]));
});

describe.each(mathCores)("bits, $build build", ({ core }) => {
  test("log", () => expect(digest(logGrid.map((x) => core.exports.mathLog(x)))).toBe(pinned["log"]));
  test("log1p", () => {
    const points = [...logGrid.map((x) => x - 1), ...geometric()];
    expect(digest(points.map((x) => core.exports.mathLog1p(x)))).toBe(
      digest(points.map((x) => kernels.exports.mathLog1p(x))),
    );
  });
});

describe.each(cores)("bits, $build build", ({ core }) => {
  test.each(Object.entries(searchOnly))("%s", (name, output) => expect(digest(output(core))).toBe(pinned[name]));
});
