import { beforeAll, describe, expect, test } from "vitest";
import { float, median, random } from "../../src/index.ts";
import { digits } from "../../src/datasets/digits.ts";
import { type Backend, loadBackend, loadNetwork, mlp, tuneNetwork, type TuneNetworkOptions } from "../../src/neural.ts";

const table = digits();
const X = { rows: 300, cols: 64, data: table.X.data.slice(0, 300 * 64).map((pixel) => pixel / 16) };
const y = Array.from(table.y).slice(0, 300);

let backend: Backend;
beforeAll(async () => {
  backend = await loadBackend("wasm");
});

const small = (): TuneNetworkOptions => ({
  backend,
  seed: 3,
  trials: 12,
  sampler: random(),
  space: {
    layers: 1,
    units: 16,
    dropout: 0.1,
    batchNorm: false,
    activation: "relu",
    learningRate: float(1e-4, 1, { log: true }),
  },
  training: { epochs: 4 },
});

describe("tuneNetwork", () => {
  test("prunes, refits the best, repeats itself, and leaves no tensors", async () => {
    const before = backend.tf.memory().numTensors;
    const { best, study } = await tuneNetwork(mlp, X, y, { ...small(), pruner: median() });
    const states = study.trials.map(({ state }) => state);
    expect(states).toContain("pruned");
    expect(best.value).toBeGreaterThan(0.7);
    expect(Object.keys(best.params).sort()).toEqual(["batchSize", "learningRate"]);
    expect(study.trials[best.number]?.intermediate).toHaveLength(4);
    const again = await tuneNetwork(mlp, X, y, { ...small(), pruner: median(), refit: false });
    expect(again.study.digest()).toBe(study.digest());
    expect(again.best.model).toBeNull();

    const model = best.model!;
    const file = await model.save();
    const loaded = await loadNetwork(file, backend);
    expect(await loaded.predict(X)).toEqual(await model.predict(X));
    const { data, cols } = await loaded.predictProba(X);
    expect(data).toEqual((await model.predictProba(X)).data);
    expect(cols).toBe(10);
    expect(data.slice(0, 10).reduce((sum, p) => sum + p)).toBeCloseTo(1, 5);
    await expect(loadNetwork(new Uint8Array(8), backend)).rejects.toMatchObject({ code: "invalid-data" });
    loaded.dispose();
    model.dispose();
    expect(backend.tf.memory().numTensors).toBe(before);
  });

  test("a trial that diverges fails alone, and all of them say why", async () => {
    const training = { epochs: 2, optimizer: "sgd", learningRate: 1e30 } as const;
    const { learningRate: _, ...space } = small().space!;
    const search = tuneNetwork(mlp, X, y, { ...small(), trials: 2, space, training });
    await expect(search).rejects.toThrow(/got none; the first failed with VernierError: .*expected a finite number/);
  });

  test("takes a network of one's own", async () => {
    const network = {
      space: { width: float(8, 16) },
      build: ({ width }: Readonly<Record<string, number>>, context: Parameters<ReturnType<typeof mlp>["build"]>[0]) =>
        mlp({ units: Math.round(width as number) }).build(context),
    };
    const { best } = await tuneNetwork(network, X, y, {
      backend,
      seed: 1,
      trials: 2,
      training: { epochs: 2 },
      refit: false,
    });
    expect(Object.keys(best.params).sort()).toEqual(["batchSize", "learningRate", "width"]);
  });

  test.each([
    [{ space: { filters: 3 } }, '"filters": expected a setting of the network'],
    [{ validation: 1 }, '"validation": expected a share between 0 and 1'],
    [{ validation: { train: [], test: [1] } }, '"validation.train": expected at least one row'],
    [{ validation: { train: [1], test: [] } }, '"validation.test": expected at least one row'],
    [{ validation: { train: [1], test: [300] } }, '"validation.test": expected at least one row number below 300'],
    [{ validation: { X: [], y: [] } }, '"validation X": expected'],
    [{ validation: { X, y: y.slice(1) } }, '"validation y": expected one for each of X\'s 300 rows, got 299'],
    [{ validation: { X, y: y.map((digit) => digit + 1) } }, '"validation y": expected labels that y has too, got 10'],
    [{ validation: { X: [[1]], y: [0] } }, '"validation X": expected 64 columns'],
    [{ training: { epochs: 0 } }, '"epochs": expected'],
  ])("refuses %o", async (options, message) => {
    await expect(tuneNetwork(mlp, X, y, { ...small(), ...(options as TuneNetworkOptions) })).rejects.toThrow(message);
  });
});
