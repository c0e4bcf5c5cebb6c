// What is kept at a place of TensorFlow.js's formats and read again, for programs and pages. Answers are compared by bits.

const rows = (count, width) => ({
  rows: count,
  cols: width,
  data: Float64Array.from({ length: count * width }, (_, i) => ((i * 2654435761) % 1000) / 500 - 1),
});

/** Trained networks and rows for them; the second has layers that TensorFlow.js knows only from Vernier. */
export async function trainedNetworks(neural, options) {
  const backend = await neural.loadBackend("wasm", options);
  const common = { backend, seed: 3, trials: 1, training: { epochs: 2, batchSize: 8 } };
  const table = rows(40, 6);
  const labels = Array.from({ length: 40 }, (_, i) => ["no", "perhaps", "yes"][i % 3]);
  const tokens = { rows: 40, cols: 5, data: Float64Array.from({ length: 200 }, (_, i) => (i * 7) % 9) };
  const numbers = Array.from({ length: 40 }, (_, i) => 100 + (i % 7) / 3);
  const fit = async (network, X, y, more) => {
    const { best } = await neural.tuneNetwork(network, X, y, { ...common, ...more });
    return { model: best.model, X };
  };
  return {
    backend,
    mlp: await fit(neural.mlp, table, labels, {
      space: { layers: 1, units: 8, activation: "relu", dropout: 0, batchNorm: false },
    }),
    transformer: await fit(neural.transformer, tokens, numbers, {
      task: "regression",
      input: { kind: "tokens", length: 5, vocabulary: 9 },
    }),
  };
}

async function answers({ model, X }) {
  const labels = await model.predict(X);
  if (model.classes === null) return { labels };
  return { labels, probabilities: Array.from((await model.predictProba(X)).data) };
}

/** For each network whether what was read answers as what was kept, and how many tensors more there are afterwards. */
export async function keptAndRead(neural, { backend, ...networks }, placeOf, readFrom = placeOf) {
  const seen = {};
  for (const [name, { model, X }] of Object.entries(networks)) {
    const before = backend.tf.memory().numTensors;
    for (let time = 0; time < 2; time++) await model.saveTo(placeOf(name));
    const read = await neural.loadNetwork(readFrom(name), backend);
    const same = JSON.stringify(await answers({ model: read, X })) === JSON.stringify(await answers({ model, X }));
    const sameShape = JSON.stringify([read.shape, read.classes]) === JSON.stringify([model.shape, model.classes]);
    read.dispose();
    seen[name] = { same, sameShape, grown: backend.tf.memory().numTensors - before };
  }
  return seen;
}

export const codeOf = (work) =>
  Promise.resolve()
    .then(work)
    .then(String, ({ code, message }) => `${code}: ${message}`);
