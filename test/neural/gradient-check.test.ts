import type { Tensor4D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { layerNorm, loadBackend, softmaxCrossEntropy, type TensorFlow } from "../../src/neural/index.ts";
import { distanceOf, gradientCases, valueAndGradients } from "../support/gradient-cases.ts";

// Every value and gradient on the WebAssembly backend against the cpu backend's.

const cases = gradientCases({ layerNorm, softmaxCrossEntropy });

describe("values and gradients on wasm against cpu", () => {
  let tf: TensorFlow;
  const expected = new Map<string, number[][]>();
  beforeAll(async () => {
    ({ tf } = await loadBackend("cpu"));
    for (const one of cases) {
      expected.set(one.name, await valueAndGradients(tf, one, one.expected ?? one.value));
    }
    await loadBackend("wasm");
  });

  test("at least 60 cases, each under its own name", () => {
    expect(expected.size).toBe(cases.length);
    expect(cases.length).toBeGreaterThanOrEqual(60);
  });

  test.each(cases)("$name", async (one) => {
    expect(tf.getBackend()).toBe("wasm");
    const arrays = await valueAndGradients(tf, one, one.value);
    const reference = expected.get(one.name) as number[][];
    expect(arrays.length).toBe(reference.length);
    arrays.forEach((array, i) => expect(distanceOf(array, reference[i] as number[])).toBeLessThan(1e-4));
  });

  test("windows that TensorFlow.js miscounts are refused", () => {
    tf.tidy(() => {
      const x = tf.ones([1, 9, 8, 2]) as Tensor4D;
      expect(() => tf.conv2d(x, tf.ones([3, 3, 2, 1]), [1, 2], 1)).toThrow(/"Conv2D": expected \[9, 4\] windows/);
      expect(() => tf.maxPool(x, [3, 2], 2, 1)).toThrow(/"MaxPool": expected \[5, 5\] windows/);
      expect(() => tf.depthwiseConv2d(x, tf.ones([3, 3, 2, 1]), 2, 1, "NHWC", 1, "ceil")).toThrow(/dimRoundingMode/);
    });
  });

  test("3D convolutions are refused", () => {
    const x = tf.ones([1, 3, 3, 3, 2]);
    const w = tf.ones([2, 2, 2, 2, 1]);
    expect(() => tf.conv3d(x as never, w as never, 1, "valid")).toThrow(/"Conv3D": expected the cpu or webgpu backend/);
    tf.dispose([x, w]);
  });

  test("operations that wasm has not are refused by name", () => {
    const x = tf.ones([2, 2]);
    const before = tf.memory().numTensors;
    expect(() => tf.einsum("ij,jk->ik", x, x)).toThrow(
      /"Einsum": expected the cpu backend for this operation, got wasm/,
    );
    expect(() => tf.complex(x, x)).toThrow(/"Complex": expected the cpu backend/);
    expect(() => tf.spectral.rfft(x)).toThrow(/"Complex": expected the cpu backend/);
    expect(tf.memory().numTensors).toBe(before);
    const kernels = (name: string): string[] => tf.getKernelsForBackend(name).map(({ kernelName }) => kernelName);
    const wasm = new Set(kernels("wasm"));
    expect(kernels("cpu").filter((name) => !wasm.has(name))).toEqual([]);
    x.dispose();
  });
});
