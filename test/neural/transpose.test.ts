import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { loadBackend, type TensorFlow } from "../../src/neural/index.ts";

/** The entries of a tensor in another order of axes, by coordinates. */
function permuted(values: readonly number[], shape: readonly number[], perm: readonly number[]): number[] {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
  let found = [0];
  for (const axis of perm) {
    const places = Array.from({ length: shape[axis] as number }, (_, i) => i * (strides[axis] as number));
    found = found.flatMap((base) => places.map((place) => base + place));
  }
  return found.map((place) => values[place] as number);
}

const cases = fc
  .array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 })
  .filter((shape) => shape.reduce((product, length) => product * length, 1) <= 20_000)
  .chain((shape) => {
    const axes = shape.map((_, axis) => axis);
    return fc.tuple(fc.constant(shape), fc.shuffledSubarray(axes, { minLength: axes.length }));
  });

describe("transpose on wasm", () => {
  let tf: TensorFlow;
  beforeAll(async () => {
    ({ tf } = await loadBackend("wasm"));
  });

  test.each(["float32", "int32", "bool"] as const)("is the walk by coordinates, %s", (dtype) => {
    const before = tf.memory().numTensors;
    fc.assert(
      fc.property(cases, ([shape, perm]) => {
        const size = shape.reduce((product, length) => product * length, 1);
        const values = Array.from({ length: size }, (_, i) => (dtype === "bool" ? ((i * 7) % 3) & 1 : i));
        const found = tf.tidy(() => {
          const out = tf.transpose(tf.tensor(values, shape, dtype), perm);
          expect(out.shape).toEqual(perm.map((axis) => shape[axis]));
          expect(out.dtype).toBe(dtype);
          return Array.from(out.dataSync()) as never;
        });
        expect(found).toEqual(permuted(values, shape, perm));
      }),
      { numRuns: 200 },
    );
    expect(tf.memory().numTensors).toBe(before);
  });

  test("of nothing is nothing", () => {
    expect(tf.tidy(() => tf.transpose(tf.zeros([2, 0, 3]), [2, 0, 1]).shape as never)).toEqual([3, 2, 0]);
  });
});
