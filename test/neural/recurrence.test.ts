import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { type Backend, loadBackend, rnn, type TensorFlow } from "../../src/neural/index.ts";
import type { CellName } from "../../src/neural/layers/recurrent-cells.ts";
import { recurrence } from "../../src/neural/layers/recurrence.ts";
import { distanceOf, type GradientCase, valueAndGradients } from "../support/gradient-cases.ts";
import { buildOn, sequenceShape } from "../support/networks.ts";

interface Sizes {
  readonly cell: CellName;
  readonly n: number;
  readonly T: number;
  readonly features: number;
  readonly units: number;
  readonly directions: number;
  readonly sequences: boolean;
  readonly masked: boolean;
}

/** The whole layer on its inputs and weights; where masked, one step in three is. */
function layerCase(sizes: Sizes): GradientCase {
  const { cell, n, T, features, units, directions: d, masked } = sizes;
  const width = (cell === "lstm" ? 4 : 3) * units;
  const biases = cell === "gru" ? [[d, 1, units]] : [];
  const value = (tf: TensorFlow, ...inputs: Tensor[]): Tensor => {
    const [steps, inputKernel, kernel, bias, recurrentBias = null] = inputs as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor?,
    ];
    const x = tf.matMul(tf.reshape(steps, [n * T, features]), inputKernel);
    const taken = Array.from({ length: n * T }, (_, i) => Number((i * 7) % 3 !== 1));
    const mask = masked ? tf.tensor2d(taken, [n, T]) : null;
    return recurrence(tf, { x, kernel, bias, recurrentBias, mask }, sizes);
  };
  return {
    name: JSON.stringify(sizes),
    shapes: [[n, T, features], [features, d * width], [d, units, width], [d, 1, width], ...biases],
    value,
  };
}

const cases: GradientCase[] = [];
for (const cell of ["lstm", "gru"] as const) {
  for (const units of [1, 3, 16, 17]) {
    for (const T of [1, 2, 7]) {
      for (const n of [1, 5]) {
        for (const features of [1, 3]) {
          // What else there is takes turns.
          const turn = cases.length % 8;
          const rest = { directions: 1 + (turn & 1), sequences: (turn & 2) > 0, masked: (turn & 4) > 0 };
          cases.push(layerCase({ cell, n, T, features, units, ...rest }));
        }
      }
    }
  }
}
for (let turn = 0; turn < 16; turn++) {
  const rest = { directions: 1 + (turn & 1), sequences: (turn & 2) > 0, masked: (turn & 4) > 0 };
  cases.push(layerCase({ cell: turn < 8 ? "lstm" : "gru", n: 6, T: 5, features: 2, units: 5, ...rest }));
}
// More rows of steps, and wider gates, than a product packs at once.
cases.push(
  layerCase({ cell: "lstm", n: 40, T: 7, features: 2, units: 70, directions: 1, sequences: true, masked: true }),
);

describe("values and gradients of recurrent layers on wasm against composed operations on cpu", () => {
  let tf: TensorFlow;
  const expected = new Map<string, number[][]>();
  beforeAll(async () => {
    ({ tf } = await loadBackend("cpu"));
    for (const one of cases) expected.set(one.name, await valueAndGradients(tf, one, one.value));
    await loadBackend("wasm");
  });

  test("each case has its own name", () => {
    expect(expected.size).toBe(cases.length);
  });

  test.each(cases)("$name", async (one) => {
    expect(tf.getBackend()).toBe("wasm");
    const reference = expected.get(one.name) as number[][];
    const arrays = await valueAndGradients(tf, one, one.value);
    arrays.forEach((array, i) => expect(distanceOf(array, reference[i] as number[])).toBeLessThan(1e-4));
  });
});

describe("LSTM", () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await loadBackend("wasm");
  });

  test("is the one of TensorFlow.js, whose gates come in another order", async () => {
    const { tf } = backend;
    const units = 5;
    const layers = await backend.layers();
    const network = await buildOn(backend, rnn({ units }), sequenceShape(7, 3));
    const own = network.getLayer("recurrent-1");
    const stock = layers.sequential({
      layers: [layers.layers.lstm({ units, inputShape: [7, 3], recurrentActivation: "sigmoid" })],
    });
    tf.tidy(() => {
      const [kernel, recurrentKernel, bias] = own.getWeights() as [Tensor, Tensor, Tensor];
      const reordered = (weights: Tensor, shape: number[]): Tensor => {
        const [i, f, o, g] = tf.split(tf.reshape(weights, shape), 4, -1) as [Tensor, Tensor, Tensor, Tensor];
        return tf.concat([i, f, g, o], -1);
      };
      stock.setWeights([
        reordered(kernel, [3, 4 * units]),
        reordered(recurrentKernel, [units, 4 * units]),
        reordered(bias, [4 * units]),
      ]);
      const x = tf.randomNormal([4, 7, 3], 0, 1, "float32", 1);
      const found = Array.from((own.apply(x) as Tensor).dataSync());
      expect(distanceOf(found, Array.from((stock.apply(x) as Tensor).dataSync()))).toBeLessThan(1e-5);
      expect(Math.max(...found.map(Math.abs))).toBeGreaterThan(0.1);
    });
    network.dispose();
    stock.dispose();
  });
});
