import { beforeAll, describe, expect, test } from "vitest";
import { defaultCore } from "../../src/wasm/default-core.ts";
import { sha256Hex } from "../../src/wasm/sha256.ts";
import { digits } from "../../src/datasets/digits.ts";
import {
  type Backend,
  cnn,
  type EpochReport,
  type Hypermodel,
  type Layers,
  loadBackend,
  mlp,
  type NetworkData,
  networkData,
  trainNetwork,
  type TrainNetworkOptions,
  weightSeeds,
} from "../../src/neural/index.ts";
import { takeNetworkRows } from "../../src/neural/data/network-data.ts";

const table = digits();
const X = { rows: 400, cols: 64, data: table.X.data.slice(0, 400 * 64).map((pixel) => pixel / 16) };
const y = Array.from(table.y).slice(0, 400);
const image = { kind: "image", height: 8, width: 8, channels: 1 } as const;

let backend: Backend;
let layers: Layers;
beforeAll(async () => {
  backend = await loadBackend("wasm");
  layers = await backend.layers();
});

const built = (network: Hypermodel, { shape }: NetworkData) =>
  network.build({ tf: backend.tf, layers, shape, seedOf: weightSeeds(defaultCore(), { seed: 1, trial: 0 }) });

/** Trains on 300 rows; the report, the reports of all epochs, and the weights. */
async function train(network: Hypermodel, options: TrainNetworkOptions, data: NetworkData) {
  const rows = [...Array(400).keys()];
  const model = built(network, data);
  const reports: EpochReport[] = [];
  try {
    const report = await trainNetwork(backend.tf, model, takeNetworkRows(data, rows.slice(0, 300)), data.shape, {
      validation: takeNetworkRows(data, rows.slice(300)),
      onEpoch: (epoch) => void reports.push(epoch),
      ...options,
    });
    const weights = model.getWeights().map((weight) => Float32Array.from(weight.dataSync()));
    const bytes = weights.flatMap((values) => [...new Uint8Array(values.buffer)]);
    return { report, reports, digest: sha256Hex(defaultCore(), Uint8Array.from(bytes)).slice(0, 16) };
  } finally {
    model.dispose();
  }
}

const asTable = networkData(X, y, "classification");
const asImages = networkData(X, y, "classification", image);

describe("training networks", () => {
  test.each([
    ["mlp", mlp({ dropout: 0.2, batchNorm: true }), asTable, "974d373c0c23a828", 0.95],
    ["cnn", cnn({ dropout: 0.1, filters: 8, denseUnits: 32 }), asImages, "16c889b5f0a046f0", 0.8],
  ] as const)(
    "%s with dropout learns digits, ends with the pinned bits and leaves no tensors",
    async (_, network, data, digest, score) => {
      const before = backend.tf.memory().numTensors;
      const random = Math.random;
      const options = { epochs: 16, learningRate: 0.01 };
      const first = await train(network, options, data);
      const again = await train(network, options, data);
      expect(first.report.valScore).toBeGreaterThan(score);
      expect(again).toEqual(first);
      expect(first.digest).toBe(digest);
      expect((await train(network, { ...options, seed: 5 }, data)).digest).not.toBe(digest);
      expect(backend.tf.memory().numTensors).toBe(before);
      expect(Math.random).toBe(random);
    },
  );

  test.each(["relu", "elu", "selu", "tanh", "sigmoid", "swish"] as const)("%s learns", async (activation) => {
    const { reports } = await train(mlp({ activation, layers: 1 }), { epochs: 6, learningRate: 0.01 }, asTable);
    expect(reports.at(-1)?.loss).toBeLessThan(0.8 * (reports[0]?.loss as number));
  });

  test.each([
    { optimizer: "sgd", learningRate: 0.3, schedule: "cosine", warmup: 0.2 },
    { optimizer: "momentum", learningRate: 0.03, clipNorm: 1, schedule: "step" },
    { optimizer: "adamw", learningRate: 0.01, weightDecay: 0.1, labelSmoothing: 0.1 },
    { optimizer: "rmsprop", learningRate: 0.003, weightDecay: 1e-4, classWeight: "balanced" },
  ] as const)("$optimizer learns and leaves no tensors", async (options) => {
    const before = backend.tf.memory().numTensors;
    const { report } = await train(mlp({ layers: 1 }), { ...options, epochs: 10 }, asTable);
    expect(report.valScore).toBeGreaterThan(0.8);
    expect(backend.tf.memory().numTensors).toBe(before);
  });

  test("patience ends early with the weights of the best epoch", async () => {
    const options = { epochs: 60, learningRate: 0.05, batchSize: 16 };
    const { report, reports, digest } = await train(mlp(), { ...options, patience: 3 }, asTable);
    const least = Math.min(...reports.map(({ valLoss }) => valLoss as number));
    expect(report.valLoss).toBe(least);
    expect(reports).toHaveLength(report.epoch + 4);
    const stopped = await train(mlp(), { ...options, lastEpoch: report.epoch + 1 }, asTable);
    expect(stopped.digest).toBe(digest);
  });

  test.each([
    [{ shift: 1 }, 0.88],
    [{ rotate: 10 }, 0.95],
  ])("augmented images are learned, too: %j", async (augment, score) => {
    const options = { epochs: 20, learningRate: 0.01, batchSize: 16, schedule: "cosine", augment } as const;
    const { report } = await train(cnn({ blocks: 1 }), options, asImages);
    expect(report.valScore).toBeGreaterThan(score);
    await expect(train(mlp(), { augment }, asTable)).rejects.toThrow('"augment": expected null for table input');
  });

  test("a diverging training throws, and leaves no tensors", async () => {
    const before = backend.tf.memory().numTensors;
    const diverging = train(mlp(), { optimizer: "sgd", learningRate: 1e30, epochs: 3 }, asTable);
    await expect(diverging).rejects.toMatchObject({ code: "numerical-failure", message: /learning rate below 1e\+30/ });
    expect(backend.tf.memory().numTensors).toBe(before);
  });

  test("a regression reaches its line", async () => {
    const line = networkData(
      X,
      Array.from({ length: 400 }, (_, i) => (X.data[i * 64 + 20] as number) - 0.5),
      "regression",
    );
    const { report } = await train(mlp({ layers: 1 }), { epochs: 15, learningRate: 0.01 }, line);
    expect(report.valScore).toBeGreaterThan(0.8);
  });

  test("timers have their turn while it trains", async () => {
    let fired = false;
    const timer = setTimeout(() => (fired = true));
    const seen: boolean[] = [];
    await train(
      mlp({ layers: 1 }),
      {
        epochs: 3,
        onEpoch() {
          seen.push(fired);
          for (const start = performance.now(); performance.now() - start < 60; );
        },
      },
      asTable,
    );
    clearTimeout(timer);
    expect(seen.at(-1)).toBe(true);
  });

  test.each([
    [{ optimizer: "lion" }, '"optimizer": expected one of'],
    [{ learningRate: 0 }, '"learningRate": expected a finite number > 0, got 0'],
    [{ augment: { rotate: 181 } }, '"augment.rotate": expected degrees from 0 to 180, got 181'],
    [{ augment: { turn: 3 } }, "augment parameter"],
    [{ warmup: 1 }, '"warmup": expected a number in [0, 1), got 1'],
    [{ rate: 1 }, "training parameter"],
    [{ patience: 2, validation: undefined }, '"patience": expected null without validation rows'],
  ])("refuses %o", async (options, message) => {
    await expect(train(mlp(), options as TrainNetworkOptions, asTable)).rejects.toThrow(message);
  });

  test("refuses settings out of range and shapes that do not fit", () => {
    expect(() => mlp({ layers: 0 })).toThrow('"layers": expected a whole number from 1 to 16, got 0');
    expect(() => mlp().with({ filters: 3 })).toThrow("mlp parameter");
    expect(() => cnn({ dropout: 1 })).toThrow('"dropout": expected a number in [0, 1), got 1');
    expect(() => built(cnn(), asTable)).toThrow('"input": expected kind "image" for cnn, got "table"');
    expect(() => networkData(X, y, "classification", { ...image, width: 9 })).toThrow("expected 72 columns");
  });
});
