import { beforeAll, describe, expect, test } from "vitest";
import { type Backend, loadBackend, loadNetwork, mlp, networkData, tuneNetwork } from "../../src/neural.ts";
import { random } from "../../src/index.ts";
import { defaultCore } from "../../src/wasm/default-core.ts";
import { uniforms } from "../../src/wasm/random.ts";

// Prices: about 1e5, give or take 2e4.
const rows = 240;
const X = { rows, cols: 3, data: uniforms(defaultCore(), { seed: 1, trial: 0, purpose: "X" }, rows * 3) };
const y = Array.from({ length: rows }, (_, i) => {
  const [a, b, c] = X.data.subarray(3 * i) as unknown as [number, number, number];
  return 1e5 + 6e4 * (a - 0.5) + 5e4 * (b - 0.5) * (b - 0.5) * (c < 0.5 ? -1 : 1);
});

describe("targets far from the order of 1", () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await loadBackend("wasm");
  });

  test("are learned, and predicted in their own units, by a loaded network, too", async () => {
    const options = { task: "regression", seed: 2, trials: 3, sampler: random(), training: { epochs: 20 } } as const;
    const space = { layers: 1, units: 16, dropout: 0, batchNorm: false, activation: "relu", learningRate: 0.02 };
    const { best } = await tuneNetwork(mlp, X, y, { ...options, backend, space });
    expect(best.value).toBeGreaterThan(0.8);
    const model = best.model!;
    const predicted = (await model.predict(X)) as number[];
    const mean = y.reduce((sum, value) => sum + value) / rows;
    const squares = (values: readonly number[]) => values.reduce((sum, value) => sum + value * value, 0);
    const rest = squares(y.map((value, i) => value - (predicted[i] as number)));
    expect(1 - rest / squares(y.map((value) => value - mean))).toBeGreaterThan(0.8);
    const loaded = await loadNetwork(await model.save(), backend);
    expect(await loaded.predict(X)).toEqual(predicted);
    loaded.dispose();
    model.dispose();
  });

  test("give their mean and deviation to the shape of the network", () => {
    const { shape, targets } = networkData([[0], [1], [2], [3]], [1, 3, 5, 7], "regression");
    expect(shape.scale).toEqual({ mean: 4, deviation: Math.sqrt(5) });
    expect([...targets]).toEqual([1, 3, 5, 7]);
    expect(networkData([[0], [1]], [6, 6], "regression").shape.scale).toEqual({ mean: 6, deviation: 1 });
    expect(networkData([[0], [1]], [6, 7], "classification").shape.scale).toBeUndefined();
  });

  test.each([
    [[1, 2], '"y": expected 3 numbers, one for each row of X, got 2'],
    [[1, 2, Number.NaN], '"y": expected finite numbers, got NaN at position 2'],
  ])("%j is refused", (targets, message) => {
    expect(() => networkData([[0], [1], [2]], targets, "regression")).toThrow(message);
  });
});
