// Four small networks. Each has `input`, the shape of a row, and `build`, which makes the network on the current backend from
// seeded weights: `step(x, y)` trains on a batch, `weights()` are its tensors.
const CLASSES = 10;

export const networks = {
  "MLP 64-128-10": { input: [64], build: mlp },
  "CNN 8/16, 28x28": { input: [28, 28, 1], build: cnn },
  "LSTM(16), T=12": { input: [12, 8], build: lstm },
  transformer: { input: [12], vocabulary: 50, build: transformer },
};

/** Rows for a network as batches of tensors, each made anew from the same numbers. */
export function rowsFor({ input, vocabulary }, rows) {
  const width = input.reduce((product, length) => product * length, 1);
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const tokens = vocabulary !== undefined;
  const values = Array.from({ length: rows * width }, () =>
    tokens ? Math.floor(next() * vocabulary) : 2 * next() - 1,
  );
  const x = tokens ? Int32Array.from(values) : Float32Array.from(values);
  const y = new Float32Array(rows * CLASSES);
  for (let i = 0; i < rows; i++) y[i * CLASSES + ((i * 7) % CLASSES)] = 1;
  return (tf, from, count) => [
    tf.tensor(x.slice(from * width, (from + count) * width), [count, ...input], tokens ? "int32" : "float32"),
    tf.tensor(y.slice(from * CLASSES, (from + count) * CLASSES), [count, CLASSES]),
  ];
}

function compiled({ optimizer }, model, loss = "categoricalCrossentropy") {
  model.compile({ optimizer: optimizer(), loss });
  return { step: (x, y) => model.trainOnBatch(x, y), weights: () => model.getWeights() };
}

const seeded = (layers, seed) => ({ kernelInitializer: layers.initializers.glorotUniform({ seed }) });

function mlp(setting) {
  const { layers } = setting;
  const model = layers.sequential({
    layers: [
      layers.layers.dense({ inputShape: [64], units: 128, activation: "relu", ...seeded(layers, 1) }),
      layers.layers.dense({ units: CLASSES, activation: "softmax", ...seeded(layers, 2) }),
    ],
  });
  return compiled(setting, model);
}

function cnn(setting) {
  const { layers } = setting;
  const conv = (filters, seed) => ({ filters, kernelSize: 3, activation: "relu", ...seeded(layers, seed) });
  const model = layers.sequential({
    layers: [
      layers.layers.conv2d({ inputShape: [28, 28, 1], ...conv(8, 1) }),
      layers.layers.maxPooling2d({ poolSize: 2 }),
      layers.layers.conv2d(conv(16, 2)),
      layers.layers.maxPooling2d({ poolSize: 2 }),
      layers.layers.flatten(),
      layers.layers.dense({ units: CLASSES, activation: "softmax", ...seeded(layers, 3) }),
    ],
  });
  return compiled(setting, model);
}

// Stock: with the sigmoid of the paper, which is faster there than the default's straight lines.
function lstm(setting) {
  const { tf, layers, rnn, entropy } = setting;
  if (rnn !== undefined) {
    let seed = 0;
    const shape = { input: { kind: "sequence", length: 12, features: 8 }, outputs: CLASSES, task: "classification" };
    return compiled(setting, rnn({ units: 16 }).build({ tf, layers, shape, seedOf: () => ++seed }), entropy);
  }
  const recurrent = { recurrentInitializer: layers.initializers.glorotUniform({ seed: 4 }), ...seeded(layers, 1) };
  const model = layers.sequential({
    layers: [
      layers.layers.lstm({ inputShape: [12, 8], units: 16, recurrentActivation: "sigmoid", ...recurrent }),
      layers.layers.dense({ units: CLASSES, activation: "softmax", ...seeded(layers, 2) }),
    ],
  });
  return compiled(setting, model);
}

// One block: 12 of 50 tokens, width 32, four heads, 64 hidden units, the mean over time to ten classes.
function transformer({ tf, optimizer, normalize, entropy }) {
  const [time, width, heads, hidden] = [12, 32, 4, 64];
  const weights = (shape, seed) => tf.variable(tf.randomUniform(shape, -0.2, 0.2, "float32", seed));
  const table = weights([50, width], 1);
  const [q, k, v, o] = [2, 3, 4, 5].map((seed) => weights([width, width], seed));
  const [up, down, out] = [weights([width, hidden], 6), weights([hidden, width], 7), weights([width, CLASSES], 8)];
  const norms = Array.from({ length: 2 }, () => [tf.variable(tf.ones([width])), tf.variable(tf.zeros([width]))]);
  const adam = optimizer();
  const split = (x) => tf.transpose(tf.reshape(x, [-1, time, heads, width / heads]), [0, 2, 1, 3]);
  const loss = (tokens, y) => {
    const x = tf.gather(table, tf.reshape(tokens, [-1]));
    const [a, b, c] = [q, k, v].map((matrix) => split(tf.matMul(x, matrix)));
    const scores = tf.softmax(tf.mul(tf.matMul(a, b, false, true), 1 / Math.sqrt(width / heads)));
    const mixed = tf.reshape(tf.transpose(tf.matMul(scores, c), [0, 2, 1, 3]), [-1, width]);
    const first = normalize(tf.add(x, tf.matMul(mixed, o)), ...norms[0]);
    const second = normalize(tf.add(first, tf.matMul(tf.relu(tf.matMul(first, up)), down)), ...norms[1]);
    return entropy(y, tf.matMul(tf.mean(tf.reshape(second, [-1, time, width]), 1), out));
  };
  return {
    async step(tokens, y) {
      const cost = adam.minimize(() => loss(tokens, y), true);
      await cost.data();
      cost.dispose();
    },
    weights: () => [table, q, k, v, o, up, down, out, ...norms.flat()],
  };
}
