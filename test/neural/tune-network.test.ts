import { beforeAll, describe, expect, test } from "vitest";
import { float, median, memory, memoryCheckpoints, random } from "../../src/index.ts";
import { digits } from "../../src/datasets/digits.ts";
import {
  type Backend,
  loadBackend,
  loadNetwork,
  mlp,
  networkData,
  trainNetwork,
  tuneNetwork,
  type TuneNetworkOptions,
  weightSeeds,
} from "../../src/neural.ts";
import { stratifiedKFold } from "../../src/selection/stratified-k-fold.ts";
import { core } from "../support/cores.ts";

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
    [{ validation: "half" }, '"validation": expected a share, { train, test }, { X, y } or { folds }, got "half"'],
    [{ validation: { folds: [{ train: [0], test: [0] }] } }, '"validation.folds[0]": expected rows on one side only'],
    [{ training: { epochs: 0 } }, '"epochs": expected'],
    [{ checkpointEvery: 0 }, '"checkpointEvery": expected a whole number >= 1, got 0'],
    [{ checkpointEvery: 1, validation: { folds: 3 } }, '"checkpointEvery": expected none with "validation.folds"'],
    [{ promote: {} }, '"promote.maxEpochs": expected a whole number'],
    [{ promote: { minEpochs: 4, maxEpochs: 2 } }, '"promote.maxEpochs": expected a whole number from 4'],
    [{ promote: { maxEpochs: 9 } }, '"epochs": expected none with "promote"'],
    [{ promote: { maxEpochs: 9 }, training: {}, pruner: median() }, '"pruner": expected none with "promote"'],
    [{ promote: { maxEpochs: 9 }, training: {}, validation: { folds: 3 } }, '"validation.folds": expected none'],
  ])("refuses %o", async (options, message) => {
    await expect(tuneNetwork(mlp, X, y, { ...small(), ...(options as TuneNetworkOptions) })).rejects.toThrow(message);
  });

  test("networks of one's own do not go to workers", async () => {
    const own = { space: {}, build: () => mlp().build({} as never) };
    await expect(tuneNetwork(own, X, y, { backend, workers: 2 })).rejects.toThrow(
      '"workers": expected 1 for a network',
    );
  });
});

describe("a continued search", () => {
  const begun = async (options: TuneNetworkOptions = {}) => {
    const storage = memory();
    const same = { ...small(), ...options, storage, name: "nets", refit: false };
    await tuneNetwork(mlp, X, y, { ...same, trials: 2, training: { epochs: 2 } });
    return { ...same, training: { epochs: 2 } };
  };

  test("ends as if it had not been interrupted", async () => {
    const options = await begun();
    const { study } = await tuneNetwork(mlp, X, y, { ...options, trials: 4 });
    const whole = await tuneNetwork(mlp, X, y, { ...small(), training: options.training, trials: 4, refit: false });
    expect(study.digest()).toBe(whole.study.digest());
  });

  test("has the same split without a seed of the user's", async () => {
    const { seed: _, ...options } = await begun({ seed: undefined as never });
    const { study } = await tuneNetwork(mlp, X, y, { ...options, trials: 4 });
    expect(study.trials).toHaveLength(4);
  });

  test.each<[string, TuneNetworkOptions & { X?: typeof X }, string]>([
    [
      "other data",
      { X: { ...X, data: X.data.map((value) => value / 2) } },
      "the same X, y and folds as before, got others",
    ],
    ["another split", { validation: 0.3 }, "the same X, y and folds as before, got others"],
    ["another training", { training: { epochs: 3 } }, "the same settings as before"],
    ["another score", { scoring: "loss" }, 'the same scoring as before, "score", got "loss"'],
  ])("is refused with %s", async (_, { X: other = X, ...changes }, message) => {
    const options = await begun();
    const search = tuneNetwork(mlp, other, y, { ...options, ...changes, trials: 4 });
    await expect(search).rejects.toMatchObject({ code: "study-mismatch", message: expect.stringContaining(message) });
  });
});

test("an interrupted trial goes on from its checkpoint, to the digest of one that was not", async () => {
  const store = memoryCheckpoints();
  const controller = new AbortController();
  const names = new Set<string>();
  let found = 0;
  const checkpoints = {
    ...store,
    async get(name: string) {
      const bytes = await store.get(name);
      if (bytes !== null) found++;
      return bytes;
    },
    async set(name: string, bytes: Uint8Array) {
      names.add(name);
      await store.set(name, bytes);
      if (name.endsWith("trial 2")) controller.abort();
    },
  };
  const options = { ...small(), trials: 4, training: { epochs: 5 }, checkpointEvery: 2, refit: false };
  const same = { ...options, storage: memory(), name: "nets", checkpoints };
  const begun = await tuneNetwork(mlp, X, y, { ...same, signal: controller.signal });
  expect(begun.study.stopReason).toBe("aborted");
  const { study } = await tuneNetwork(mlp, X, y, same);
  expect(found).toBe(1);
  const whole = await tuneNetwork(mlp, X, y, options);
  expect(study.digest()).toBe(whole.study.digest());
  expect(names.size).toBe(4);
  for (const name of names) expect(await store.get(name)).toBeNull();
});

test("searches of other data that share a store do not go on from each other's networks", async () => {
  const checkpoints = memoryCheckpoints();
  const options = { ...small(), training: {}, trials: 8, promote: { maxEpochs: 4 }, refit: false };
  const reversed = y.toReversed();
  const alone = await tuneNetwork(mlp, X, reversed, options);
  await tuneNetwork(mlp, X, y, { ...options, name: "nets", checkpoints });
  const after = await tuneNetwork(mlp, X, reversed, { ...options, name: "nets", checkpoints });
  expect(after.study.digest()).toBe(alone.study.digest());
});

describe("promotions", () => {
  const promoted = (options: TuneNetworkOptions = {}) =>
    tuneNetwork(mlp, X, y, { ...small(), training: {}, trials: 30, promote: { maxEpochs: 9 }, ...options });

  test("go on from checkpoints, and come to the same where these are lost or damaged", async () => {
    const store = memoryCheckpoints();
    const log: string[] = [];
    const counted = {
      get: async (name: string) => {
        const bytes = await store.get(name);
        if (bytes !== null) log.push(`found ${name}`);
        return bytes;
      },
      set: store.set,
      delete: async (name: string) => {
        log.push(`deleted ${name}`);
        await store.delete(name);
      },
    };
    const before = backend.tf.memory().numTensors;
    const { best, study } = await promoted({ checkpoints: counted, refit: false });
    const goingOn = study.trials.filter(({ params }) => (params["origin"] as number) >= 0);
    expect(goingOn.length).toBeGreaterThan(6);
    expect(log.filter((line) => line.startsWith("found"))).toEqual(
      goingOn.map(({ params }) => expect.stringMatching(`^found .* network of trial ${params["origin"]}$`)),
    );
    const last = study.trials.filter(({ params }) => params["epochs"] === 9);
    expect(last.length).toBeGreaterThan(0);
    expect(log.filter((line) => line.startsWith("deleted"))).toHaveLength(last.length);
    for (const { params, intermediate } of study.trials) expect(intermediate).toHaveLength(params["epochs"] as number);
    expect(best.epochs).toBe(study.trials[best.number]?.params["epochs"]);

    const forgetful = { get: async () => null, set: async () => {}, delete: async () => {} };
    const lost = await promoted({ checkpoints: forgetful, refit: false });
    expect(lost.study.digest()).toBe(study.digest());
    const damaged = { ...forgetful, get: async () => Uint8Array.of(1, 2, 3) };
    expect((await promoted({ checkpoints: damaged, refit: false })).study.digest()).toBe(study.digest());
    expect(backend.tf.memory().numTensors).toBe(before);
  });

  test("the best is trained again as its configuration was, for its epochs", async () => {
    const { train, test } = { train: [...Array(200).keys()], test: Array.from({ length: 100 }, (_, i) => 200 + i) };
    const { best, study } = await promoted({ validation: { train, test } });
    const { params } = study.trials[best.number] as (typeof study.trials)[number];
    const first = params["origin"] === -1 ? best.number : (params["origin"] as number);
    const data = networkData(X, y, "classification");
    const model = mlp({ layers: 1, units: 16, dropout: 0.1, batchNorm: false, activation: "relu" }).build({
      tf: backend.tf,
      layers: await backend.layers(),
      shape: data.shape,
      seedOf: weightSeeds(core, { seed: 3, trial: first }),
    });
    const { learningRate, batchSize } = params as { learningRate: number; batchSize: number };
    const key = { seed: 3, trial: first };
    const schedule = { epochs: 9, lastEpoch: best.epochs };
    await trainNetwork(backend.tf, model, data, data.shape, { learningRate, batchSize, ...key, ...schedule });
    const weights = (network: typeof model): number[][] => network.getWeights().map((w) => Array.from(w.dataSync()));
    expect(weights(best.model!.network)).toEqual(weights(model));
    model.dispose();
    best.model!.dispose();
  });
});

test("folds: the value is the mean of networks trained on each, one after the other", async () => {
  const options = { ...small(), trials: 2, refit: false, training: { epochs: 2 } };
  const { study } = await tuneNetwork(mlp, X, y, { ...options, validation: { folds: 3 } });
  const folds = stratifiedKFold({ splits: 3 }).split(y);
  const alone = await Promise.all(
    folds.map(async (validation) => (await tuneNetwork(mlp, X, y, { ...options, validation })).study.trials),
  );
  for (const { number, values, intermediate } of study.trials) {
    const of = alone.map((trials) => trials[number]?.values?.[0] as number);
    expect(values?.[0]).toBeCloseTo((of[0]! + of[1]! + of[2]!) / 3, 12);
    expect(intermediate.map(([step]) => step)).toEqual([0, 1, 2]);
    expect(intermediate[1]?.[1]).toBeCloseTo((of[0]! + of[1]!) / 2, 12);
  }
});

test("a thousand trials leave no tensors", { timeout: 60_000 }, async () => {
  const few = { rows: 40, cols: 64, data: X.data.slice(0, 40 * 64) };
  const options = { ...small(), refit: false, training: { epochs: 1 } };
  const { tf } = backend;
  await tuneNetwork(mlp, few, y.slice(0, 40), { ...options, validation: 0.5, trials: 10 });
  const { numTensors, numBytes, numDataBuffers } = tf.memory();
  await tuneNetwork(mlp, few, y.slice(0, 40), { ...options, validation: 0.5, trials: 1000 });
  expect(tf.memory()).toMatchObject({ numTensors, numBytes, numDataBuffers });
});
