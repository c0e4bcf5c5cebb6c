import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { loadBackend, type TensorFlow } from "../../src/neural/index.ts";
import { scaledAttention } from "../../src/neural/layers/scaled-attention.ts";
import { distanceOf, type GradientCase, valueAndGradients } from "../support/gradient-cases.ts";

const cases: GradientCase[] = [];
for (const [n, T, heads, width] of [
  [1, 1, 1, 1],
  [2, 3, 2, 5],
  [3, 7, 1, 4],
  [2, 8, 3, 8],
  [1, 270, 2, 3],
  [2, 5, 2, 261],
] as const) {
  for (const masked of [false, true]) {
    cases.push({
      name: `n ${n}, T ${T}, heads ${heads}, width ${width}${masked ? ", masked" : ""}`,
      shapes: [[n, T, 3, heads, width]],
      value: (tf: TensorFlow, x: Tensor) => {
        // Of the first row every step is masked.
        const kept = Array.from({ length: n * T }, (_, i) => Number(i >= T && i % 3 !== 1));
        return scaledAttention(tf, x, masked ? tf.tensor2d(kept, [n, T]) : null, 0);
      },
    });
  }
}

describe("values and gradients of attention on wasm against composed operations on cpu", () => {
  let tf: TensorFlow;
  const expected = new Map<string, number[][]>();
  beforeAll(async () => {
    ({ tf } = await loadBackend("cpu"));
    for (const one of cases) expected.set(one.name, await valueAndGradients(tf, one, one.value));
    await loadBackend("wasm");
  });

  test.each(cases)("$name", async (one) => {
    expect(tf.getBackend()).toBe("wasm");
    const reference = expected.get(one.name) as number[][];
    const arrays = await valueAndGradients(tf, one, one.value);
    arrays.forEach((array, i) => expect(distanceOf(array, reference[i] as number[])).toBeLessThan(1e-4));
  });

  test("with dropout it is random, and its mean that without", () => {
    tf.tidy(() => {
      const x = tf.randomNormal([1, 4, 3, 1, 2], 0, 1, "float32", 3);
      const once = (dropout: number): Tensor => scaledAttention(tf, x, null, dropout);
      const draws = tf.stack(Array.from({ length: 2000 }, () => once(0.5)));
      const { mean, variance } = tf.moments(draws, 0);
      const whole = Array.from(once(0).dataSync());
      expect(tf.min(variance).dataSync()[0]).toBeGreaterThan(0.001);
      Array.from(mean.dataSync()).forEach((value, i) => expect(value).toBeCloseTo(whole[i] as number, 0.5));
    });
  });
});
