import { expect, test } from "vitest";
import type { Matrix } from "../../src/core/matrix.ts";
import { rememberedTrees } from "../../src/models/trees/forest-memo.ts";
import type { GrownTree } from "../../src/wasm/tree.ts";

const X: Matrix = { data: Float64Array.of(1, 2, 3), rows: 3, cols: 1 };
const y = Int32Array.of(0, 1, 1);

/** Stands for tree number t, of so many bytes. */
const tree = (t: number, bytes: number): GrownTree => ({
  links: Int32Array.of(-1, 0),
  thresholds: Float64Array.of(t),
  leaves: new Float64Array(bytes / 8),
  importances: Float64Array.of(0),
  depth: 0,
});

/** Which trees a request for `count` grows, and whether it returned trees 0 to count - 1. */
function asked(settings: string, count: number, weights: Float64Array | null = null, bytes: number = 16): number[] {
  const grown: number[] = [];
  const trees = rememberedTrees(X, y, weights, settings, count, (from, to) =>
    Array.from({ length: to - from }, (_, i) => {
      grown.push(from + i);
      return tree(from + i, bytes);
    }),
  );
  expect(trees.map(({ thresholds }) => thresholds[0])).toEqual([...Array(count).keys()]);
  return grown;
}

test("trees are kept from the second time on that a table is seen, and only missing ones are grown", () => {
  expect(asked("a", 2)).toEqual([0, 1]);
  expect(asked("a", 2)).toEqual([0, 1]);
  expect(asked("a", 4)).toEqual([2, 3]);
  expect(asked("a", 1)).toEqual([]);
  expect(asked("b", 1)).toEqual([0]);
  expect(asked("a", 4)).toEqual([]);
  expect(asked("a", 1, Float64Array.of(1, 2, 1))).toEqual([0]);
  expect(asked("a", 2, Float64Array.of(1, 2, 1))).toEqual([1]);
});

test("when the room is spent, all are dropped; what does not fit at all is not kept", () => {
  const large = 24 * 1024 * 1024;
  expect(asked("c", 2, null, large)).toEqual([0, 1]);
  expect(asked("c", 2, null, large)).toEqual([]);
  expect(asked("c", 3, null, large)).toEqual([2]);
  expect(asked("b", 1)).toEqual([0]);
  expect(asked("e", 2, null, large)).toEqual([0, 1]);
  expect(asked("f", 2, null, large)).toEqual([0, 1]);
  expect(asked("f", 2, null, large)).toEqual([]);
  expect(asked("e", 1, null, large)).toEqual([0]);
  expect(asked("d", 3, null, large)).toEqual([0, 1, 2]);
  expect(asked("d", 1, null, large)).toEqual([0]);
});
