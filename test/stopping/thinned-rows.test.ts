import { describe, expect, test } from "vitest";
import { thinnedRows } from "../../src/stopping/thinned-rows.ts";
import type { GpRows } from "../../src/surrogate/gp-rows.ts";

const none = new Float64Array(0);
const rowsOf = (losses: readonly number[]): GpRows => ({
  points: Float64Array.from(losses, (_, row) => row),
  losses: Float64Array.from(losses),
  objectives: [Float64Array.from(losses)],
  constraints: losses.map((_, row) => [row]),
  pending: none,
  failed: none,
});

describe("thinnedRows", () => {
  // Losses in another order than the rows: i -> 7 i mod n.
  const shuffled = (n: number): GpRows => rowsOf(Array.from({ length: n }, (_, i) => (7 * i) % n));

  test("keeps up to 256 rows", () => {
    const rows = shuffled(256);
    expect(thinnedRows(rows, 1)).toBe(rows);
  });

  test.each([257, 300, 400, 513, 1500])("of %i rows keeps some of everywhere and the best of the others", (n) => {
    const { points, losses, constraints } = thinnedRows(shuffled(n), 1);
    const spread = points.length - 128;
    expect(spread).toBeGreaterThan(63);
    expect(spread).toBeLessThanOrEqual(150);
    const stride = points[1] as number;
    expect(Array.from(points.slice(0, spread))).toEqual(Array.from({ length: spread }, (_, i) => i * stride));
    const others = Array.from({ length: n }, (_, i) => i).filter((i) => i % stride !== 0);
    const best = others.toSorted((a, b) => ((7 * a) % n) - ((7 * b) % n)).slice(0, 128);
    expect(Array.from(points.slice(spread))).toEqual(best.toSorted((a, b) => a - b));
    expect(Array.from(losses)).toEqual(Array.from(points, (row) => (7 * row) % n));
    expect(constraints).toEqual(Array.from(points, (row) => [row]));
  });
});
