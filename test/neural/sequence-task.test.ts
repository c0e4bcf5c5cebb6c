import { beforeAll, describe, expect, test } from "vitest";
import { isReber, reberRows, symbols } from "../../examples/support/reber-strings.mjs";
import { defaultCore } from "../../src/wasm/default-core.ts";
import {
  type Backend,
  type Hypermodel,
  loadBackend,
  type NetworkData,
  networkData,
  type NetworkShape,
  rnn,
  trainNetwork,
  type TrainNetworkOptions,
  transformer,
  weightSeeds,
} from "../../src/neural/index.ts";
import { keyedRandom } from "../../src/neural/weight-seeds.ts";

// Whether a string is of Reber's grammar, or has one symbol that it may not have there.

const key = { seed: 3, trial: 0 };
const length = 16;
const input: NetworkShape["input"] = { kind: "tokens", length, vocabulary: symbols.length };

function rowsOf(purpose: string, count: number): NetworkData {
  const { tokens, labels } = reberRows(count, length, keyedRandom(defaultCore(), key, purpose));
  const X = { data: Float64Array.from(tokens), rows: count, cols: length };
  return networkData(X, Array.from(labels), "classification", input);
}

test("the grammar has its strings and not their near misses", () => {
  expect(["BTXSE", "BPVVE", "BTSSXXTVVE", "BPTVPSE"].map(isReber)).toEqual([true, true, true, true]);
  expect(["BTXSEE", "BTXS", "BPXVE", ""].map(isReber)).toEqual([false, false, false, false]);
  const { inputs, targets } = rowsOf("check", 200);
  for (let i = 0; i < 200; i++) {
    const row = Array.from(inputs.subarray(i * length, (i + 1) * length), (token) => symbols[token] as string);
    expect(isReber(row.join(""))).toBe(targets[i] === 1);
  }
});

describe("2,000 strings of Reber's grammar and near misses", () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await loadBackend("wasm");
  });

  const tasks: [string, Hypermodel, TrainNetworkOptions, number][] = [
    [
      "an LSTM",
      rnn({ units: 24, embedding: 8 }),
      { epochs: 6, batchSize: 50, learningRate: 0.02, schedule: "cosine" },
      0.99,
    ],
    [
      "a transformer",
      transformer({ width: 32, heads: 4, depth: 2 }),
      { epochs: 9, batchSize: 25, learningRate: 0.003, schedule: "cosine", warmup: 0.1 },
      0.95,
    ],
  ];

  test.each(tasks)("%s tells them apart on 500 others", { timeout: 120_000 }, async (_, model, options, accuracy) => {
    const { tf } = backend;
    const [train, validation] = [rowsOf("train", 2000), rowsOf("test", 500)];
    const { shape } = train;
    const seedOf = weightSeeds(defaultCore(), key);
    const network = model.build({ tf, layers: await backend.layers(), shape, seedOf });
    const report = await trainNetwork(tf, network, train, shape, { ...options, ...key, validation });
    expect(report.valScore).toBeGreaterThanOrEqual(accuracy);
    network.dispose();
  });
});
