import { beforeAll, describe, expect, test } from "vitest";
import { digits } from "../../src/datasets/digits.ts";
import { packModel } from "../../src/models/model-file.ts";
import {
  type Backend,
  type BackendName,
  cnn,
  type EpochReport,
  type Hypermodel,
  loadBackend,
  mlp,
  type NetworkData,
  networkData,
  trainNetwork,
  type TrainNetworkOptions,
  weightSeeds,
} from "../../src/neural/index.ts";
import { takeNetworkRows } from "../../src/neural/data/network-data.ts";
import { keyedRandom } from "../../src/neural/networks/weight-seeds.ts";
import { defaultCore } from "../../src/wasm/default-core.ts";
import { sha256Hex } from "../../src/wasm/sha256.ts";

const table = digits();
const count = 130;
const X = { rows: count, cols: 64, data: table.X.data.slice(0, count * 64).map((pixel) => pixel / 16) };
const y = Array.from(table.y).slice(0, count);
const asTable = networkData(X, y, "classification");
const asImages = networkData(X, y, "classification", { kind: "image", height: 8, width: 8, channels: 1 });
const hash = (bytes: Uint8Array): string => sha256Hex(defaultCore(), bytes).slice(0, 16);

let backend: Backend;
beforeAll(async () => {
  backend = await loadBackend("wasm");
});

interface Course {
  readonly report: EpochReport;
  readonly reports: readonly EpochReport[];
  readonly weights: string;
  /** By the number of epochs done. */
  readonly checkpoints: ReadonlyMap<number, Uint8Array>;
}

/** Trains on 100 rows, in a model whose first weights are those of a seed of their own. */
async function train(
  network: Hypermodel,
  data: NetworkData,
  options: TrainNetworkOptions,
  weightSeed: number = 1,
): Promise<Course> {
  const { tf } = backend;
  const rows = [...Array(count).keys()];
  const seedOf = weightSeeds(defaultCore(), { seed: weightSeed, trial: 0 });
  const model = network.build({ tf, layers: await backend.layers(), shape: data.shape, seedOf });
  const reports: EpochReport[] = [];
  const checkpoints = new Map<number, Uint8Array>();
  try {
    const report = await trainNetwork(tf, model, takeNetworkRows(data, rows.slice(0, 100)), data.shape, {
      validation: takeNetworkRows(data, rows.slice(100)),
      onEpoch: (epoch) => void reports.push(epoch),
      onCheckpoint: (checkpoint, epochs) => void checkpoints.set(epochs, checkpoint),
      ...options,
    });
    const bytes = model.getWeights().flatMap((weight) => [...new Uint8Array(weight.dataSync().slice().buffer)]);
    return { report, reports, weights: hash(Uint8Array.from(bytes)), checkpoints };
  } finally {
    model.dispose();
  }
}

const last = ({ checkpoints }: Course): Uint8Array => [...checkpoints.values()].at(-1) as Uint8Array;

/** That going on from each checkpoint of a training, in a model with other weights, ends as the training did. */
async function expectSame(network: Hypermodel, data: NetworkData, options: TrainNetworkOptions): Promise<Course> {
  const before = backend.tf.memory().numTensors;
  const whole = await train(network, data, { ...options, checkpointEvery: 1 });
  expect([...whole.checkpoints.keys()]).toEqual(whole.reports.map(({ epoch }) => epoch + 1));
  for (const [epochs, resume] of whole.checkpoints) {
    const resumed = await train(network, data, { ...options, resume }, 2);
    expect(resumed.reports).toEqual(whole.reports);
    expect(resumed.report).toEqual(whole.report);
    expect(resumed.weights).toBe(whole.weights);
    expect([...resumed.checkpoints.keys()]).toEqual([whole.reports.length]);
    expect(hash(last(resumed)), `after ${epochs} epochs`).toBe(hash(last(whole)));
  }
  expect(backend.tf.memory().numTensors).toBe(before);
  return whole;
}

const thin = mlp({ layers: 1, units: 12, dropout: 0.3, batchNorm: true });
const small = cnn({ blocks: 1, filters: 4, denseUnits: 8, dropout: 0.2, batchNorm: true });

describe("a training that goes on from a checkpoint ends with the same bits", () => {
  test.each([
    { optimizer: "sgd", learningRate: 0.1, schedule: "step" },
    { optimizer: "momentum", learningRate: 0.03, clipNorm: 1, weightDecay: 0.01 },
    { optimizer: "adam", learningRate: 0.01, schedule: "cosine", warmup: 0.3, labelSmoothing: 0.1 },
    { optimizer: "adamw", learningRate: 0.01, weightDecay: 0.1, classWeight: "balanced" },
    { optimizer: "rmsprop", learningRate: 0.003, schedule: "cosine", warmup: 0.1 },
  ] as const)("$optimizer, with dropout and batch normalization", async (options) => {
    const { reports } = await expectSame(thin, asTable, { ...options, epochs: 5, seed: 4, trial: 2 });
    expect(reports).toHaveLength(5);
  });

  test("images that are augmented", async () => {
    const augment = { shift: 1, flip: true, rotate: 20 };
    const options = { epochs: 3, learningRate: 0.01, schedule: "cosine", warmup: 0.2, augment } as const;
    expect((await expectSame(small, asImages, options)).reports).toHaveLength(3);
  });

  test("with patience, whose best weights are kept; nothing is trained after its end", async () => {
    const options = { epochs: 60, learningRate: 0.2, batchSize: 16, patience: 3 };
    const whole = await expectSame(thin, asTable, options);
    expect(whole.reports.length).toBeLessThan(60);
    expect(whole.reports.length).toBe(whole.report.epoch + 4);
    expect(whole.report.epoch).toBeGreaterThan(0);
  });

  test.each(["adam", "rmsprop"] as const)("on the cpu backend, too: %s", async (optimizer) => {
    await onBackend("cpu", async () => {
      const options = { optimizer, epochs: 4, batchSize: 8, learningRate: 0.01 };
      expect((await expectSame(thin, asTable, options)).reports).toHaveLength(4);
    });
  });
});

async function onBackend(name: BackendName, work: () => Promise<void>): Promise<void> {
  backend = await loadBackend(name);
  try {
    await work();
  } finally {
    backend = await loadBackend("wasm");
  }
}

describe("checkpoints", () => {
  const options = { epochs: 6, learningRate: 0.01, schedule: "cosine" } as const;

  test("are given at lastEpoch and every few epochs, the same bytes by either way", async () => {
    const every = await train(thin, asTable, { ...options, checkpointEvery: 2, lastEpoch: 5 });
    expect([...every.checkpoints.keys()]).toEqual([2, 4, 5]);
    const four = await train(thin, asTable, { ...options, lastEpoch: 4 });
    expect([...four.checkpoints.keys()]).toEqual([4]);
    expect(hash(last(four))).toBe(hash(every.checkpoints.get(4) as Uint8Array));
    const whole = await train(thin, asTable, options);
    const resumed = await train(thin, asTable, { ...options, resume: last(four) }, 2);
    expect(resumed.reports).toEqual(whole.reports);
    expect(resumed.weights).toBe(whole.weights);
  });

  test("are given where onEpoch ends the training, and go on from there unless it ends it again", async () => {
    const seen: number[] = [];
    const stopping = (from: number): TrainNetworkOptions => ({
      ...options,
      onEpoch({ epoch }) {
        seen.push(epoch);
        return epoch < from;
      },
    });
    const stopped = await train(thin, asTable, stopping(2));
    expect([...stopped.checkpoints.keys()]).toEqual([3]);
    const again = await train(thin, asTable, { ...stopping(2), resume: last(stopped) }, 2);
    expect(again).toMatchObject({ report: stopped.report, weights: stopped.weights });
    // What is said of the epochs before the last was said when they were trained.
    seen.length = 0;
    const further = await train(thin, asTable, { ...stopping(4), resume: last(stopped) }, 2);
    expect(seen).toEqual([0, 1, 2, 3, 4]);
    expect(further.weights).toBe((await train(thin, asTable, { ...options, lastEpoch: 5 })).weights);
  });

  test("and reports need nobody who takes them", async () => {
    const alone = { ...options, onEpoch: undefined, onCheckpoint: undefined } as unknown as TrainNetworkOptions;
    expect((await train(thin, asTable, alone)).weights).toBe((await train(thin, asTable, options)).weights);
  });

  test("that have lastEpoch epochs are the result", async () => {
    const done = await train(thin, asTable, { ...options, lastEpoch: 3 });
    const again = await train(thin, asTable, { ...options, lastEpoch: 2, resume: last(done) }, 2);
    expect(again).toMatchObject({ report: done.report, reports: done.reports, weights: done.weights });
  });

  test("of something else are refused, and leave no tensors", async () => {
    const made = last(await train(thin, asTable, { ...options, lastEpoch: 1 }));
    const before = backend.tf.memory().numTensors;
    const refused = (resume: Uint8Array, code: string, message: string, other: object = {}, network = thin) =>
      expect(train(network, asTable, { ...options, ...other, resume })).rejects.toMatchObject({
        code,
        message: expect.stringContaining(`"resume": expected a checkpoint of a training${message}`),
      });
    const model = new Uint8Array(packModel({ name: "svc", settings: {}, arrays: {} }));
    await refused(new Uint8Array(8), "invalid-data", ", got none: model file: expected a buffer");
    await refused(made.slice(0, -8), "invalid-data", ", got none: model file: expected a whole model file");
    await refused({} as Uint8Array, "invalid-data", ", got none: model file: expected an ArrayBuffer or Uint8Array");
    await refused(model, "invalid-data", ', got a file of "svc"');
    const otherJob = (message: string, other: object, network?: Hypermodel) =>
      refused(made, "invalid-argument", message, other, network as typeof thin);
    await otherJob(" with seed 5, got one with 0", { seed: 5 });
    await otherJob(" with trial 1, got one with 0", { trial: 1 });
    await otherJob(" with learningRate 0.02, got one with 0.01", { learningRate: 0.02 });
    await otherJob(" with epochs 7, got one with 6", { epochs: 7 });
    await otherJob(' with optimizer "sgd", got one with "adam"', { optimizer: "sgd" });
    await otherJob(" with validation rows 0, got one with 30", { validation: undefined });
    const wide = mlp({ layers: 1, units: 13, dropout: 0.3, batchNorm: true });
    await otherJob(' with weight 0 "float32 64x13", got one with "float32 64x12"', {}, wide);
    const plain = mlp({ layers: 1, units: 12 });
    await otherJob(' with weight 2 "float32 12x10", got one with "float32 12"', {}, plain);
    await onBackend("cpu", () => otherJob(' with backend "cpu", got one with "wasm"', {}));
    expect(backend.tf.memory().numTensors).toBe(before);
    await expect(train(thin, asTable, { ...options, checkpointEvery: 0 })).rejects.toThrow(
      '"checkpointEvery": expected',
    );
    await expect(train(thin, asTable, { ...options, lastEpoch: 0 })).rejects.toThrow('"lastEpoch": expected');
  });

  test("keyed random numbers start anywhere", () => {
    const key = { seed: 3, trial: 1 };
    const all = keyedRandom(defaultCore(), key, "dropout");
    const drawn = Array.from({ length: 200 }, all);
    for (const offset of [1, 63, 64, 65, 130]) {
      const later = keyedRandom(defaultCore(), key, "dropout", offset);
      expect(Array.from({ length: 70 }, later)).toEqual(drawn.slice(offset, offset + 70));
    }
  });
});
