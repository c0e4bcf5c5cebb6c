import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { numbers } from "../support/dense.ts";
import { far, slopes } from "../support/finite-differences.ts";
import { tensorBuilds, tensorCall } from "../support/tensor-call.ts";

interface Sizes {
  readonly n: number;
  readonly T: number;
  readonly heads: number;
  readonly width: number;
}

const sizes: fc.Arbitrary<Sizes> = fc.record({
  n: fc.integer({ min: 1, max: 3 }),
  T: fc.integer({ min: 1, max: 9 }),
  heads: fc.integer({ min: 1, max: 3 }),
  width: fc.integer({ min: 1, max: 9 }),
});
const seed = fc.integer({ min: 1, max: 2 ** 30 });
const scale = 0.75;

const singles = (count: number, s: number): Float64Array => Float64Array.from(Float32Array.from(numbers(count, s)));

/** By the formula, row by row. */
function expectedOf({ n, T, heads, width }: Sizes, x: Float64Array, mask: Float64Array | null): Float64Array {
  const entry = (b: number, t: number, part: number, k: number, j: number): number =>
    x[(((b * T + t) * 3 + part) * heads + k) * width + j] as number;
  const out = new Float64Array(n * T * heads * width);
  const steps = Array.from({ length: T }, (_, t) => t);
  for (let b = 0; b < n; b++) {
    for (let k = 0; k < heads; k++) {
      for (const t of steps) {
        const scores = steps.map((u) => {
          let product = 0;
          for (let j = 0; j < width; j++) product += entry(b, t, 0, k, j) * entry(b, u, 1, k, j);
          return scale * product + (mask === null || mask[b * T + u] === 1 ? 0 : -1e9);
        });
        const top = Math.max(...scores);
        const weights = scores.map((score) => Math.exp(score - top));
        const sum = weights.reduce((a, w) => a + w);
        for (let j = 0; j < width; j++) {
          out[((b * T + t) * heads + k) * width + j] =
            steps.reduce((a, u) => a + (weights[u] as number) * entry(b, u, 2, k, j), 0) / sum;
        }
      }
    }
  }
  return out;
}

function run(
  file: string,
  { n, T, heads, width }: Sizes,
  x: Float64Array,
  mask: Float64Array | null,
  dy: Float64Array,
) {
  const call = tensorCall(file);
  const { kernels } = call;
  const [from, given] = [call.input(x), call.input(dy)];
  const masked = mask === null ? 0 : call.input(mask);
  const out = call.output(dy.length);
  const shares = call.output(n * heads * T * T);
  const scratch = call.scratch(kernels.tensorAttentionScratch(T, width));
  kernels.tensorAttention(n, T, heads, width, from, masked, scale, shares, out, scratch);
  call.expectIntact();
  const gradient = call.output(x.length);
  const room = call.scratch(kernels.tensorAttentionGradientScratch(T, width));
  kernels.tensorAttentionGradient(n, T, heads, width, given, from, scale, shares, gradient, room);
  call.expectIntact();
  return { out: call.read(out), shares: call.read(shares), gradient: call.read(gradient) };
}

describe.each(tensorBuilds)("attention ($build)", ({ file }) => {
  test("is the formula, and its gradient that of finite differences", () => {
    fc.assert(
      fc.property(sizes, seed, fc.boolean(), (of, s, masked) => {
        const { n, T, heads, width } = of;
        const x = singles(n * T * 3 * heads * width, s);
        const dy = singles(n * T * heads * width, s + 1);
        const mask = masked ? numbers(n * T, s + 2).map((u) => Number(u > -0.4)) : null;
        const { out, gradient } = run(file, of, x, mask, dy);
        expect(far(out, expectedOf(of, x, mask))).toBeLessThan(2e-6);
        const loss = (changed: Float64Array): number =>
          expectedOf(of, changed, mask).reduce((sum, value, i) => sum + value * (dy[i] as number), 0);
        const entries = Array.from({ length: 15 }, (_, i) => (i * 131 + s) % x.length);
        expect(
          far(
            entries.map((entry) => gradient[entry] as number),
            slopes(loss, x, entries),
          ),
        ).toBeLessThan(1e-5);
        expect(gradient.every(Number.isFinite)).toBe(true);
      }),
    );
  });

  test("a masked step has no share at all, unless all are masked", () => {
    const of: Sizes = { n: 2, T: 3, heads: 1, width: 2 };
    const x = singles(2 * 3 * 3 * 2, 5);
    const { shares } = run(file, of, x, Float64Array.of(1, 0, 1, 0, 0, 0), singles(12, 6));
    const rows = Array.from({ length: 6 }, (_, t) => Array.from(shares.slice(t * 3, t * 3 + 3)));
    for (const row of rows) expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    expect(rows.slice(0, 3).map((row) => row[1])).toEqual([0, 0, 0]);
    for (const share of rows.slice(3).flat()) expect(share).toBeCloseTo(1 / 3, 6);
  });
});
