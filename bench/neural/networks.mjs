// Four small networks, each as a function that makes a training step on the current backend: batches of 64, seeded weights.
const BATCH = 64;

export const networks = { "MLP 64-128-10": mlp, "CNN 8/16, 28x28": cnn, "LSTM(16), T=12": lstm, transformer };

function labels(tf, classes) {
  return tf.cast(
    tf.oneHot(
      Array.from({ length: BATCH }, (_, i) => (i * 7) % classes),
      classes,
    ),
    "float32",
  );
}

function compiled({ tf, layers, optimizer }, x, hidden) {
  const model = layers.sequential({ layers: hidden });
  model.compile({ optimizer: optimizer(), loss: "categoricalCrossentropy" });
  const y = labels(tf, 10);
  return () => model.trainOnBatch(x, y);
}

const seeded = (layers, seed) => ({ kernelInitializer: layers.initializers.glorotUniform({ seed }) });

function mlp(setting) {
  const { tf, layers } = setting;
  return compiled(setting, tf.randomUniform([BATCH, 64], -1, 1, "float32", 1), [
    layers.layers.dense({ inputShape: [64], units: 128, activation: "relu", ...seeded(layers, 1) }),
    layers.layers.dense({ units: 10, activation: "softmax", ...seeded(layers, 2) }),
  ]);
}

function cnn(setting) {
  const { tf, layers } = setting;
  return compiled(setting, tf.randomUniform([BATCH, 28, 28, 1], -1, 1, "float32", 1), [
    layers.layers.conv2d({
      inputShape: [28, 28, 1],
      filters: 8,
      kernelSize: 3,
      activation: "relu",
      ...seeded(layers, 1),
    }),
    layers.layers.maxPooling2d({ poolSize: 2 }),
    layers.layers.conv2d({ filters: 16, kernelSize: 3, activation: "relu", ...seeded(layers, 2) }),
    layers.layers.maxPooling2d({ poolSize: 2 }),
    layers.layers.flatten(),
    layers.layers.dense({ units: 10, activation: "softmax", ...seeded(layers, 3) }),
  ]);
}

function lstm(setting) {
  const { tf, layers } = setting;
  const recurrent = { recurrentInitializer: layers.initializers.glorotUniform({ seed: 4 }), ...seeded(layers, 1) };
  return compiled(setting, tf.randomUniform([BATCH, 12, 8], -1, 1, "float32", 1), [
    layers.layers.lstm({ inputShape: [12, 8], units: 16, ...recurrent }),
    layers.layers.dense({ units: 10, activation: "softmax", ...seeded(layers, 2) }),
  ]);
}

// One block: 12 of 50 tokens, width 32, four heads, 64 hidden units, the mean over time to ten classes.
function transformer({ tf, optimizer, normalize, entropy }) {
  const [time, width, heads, hidden] = [12, 32, 4, 64];
  const weights = (shape, seed) => tf.variable(tf.randomUniform(shape, -0.2, 0.2, "float32", seed));
  const table = weights([50, width], 1);
  const [q, k, v, o] = [2, 3, 4, 5].map((seed) => weights([width, width], seed));
  const [up, down, out] = [weights([width, hidden], 6), weights([hidden, width], 7), weights([width, 10], 8)];
  const norms = Array.from({ length: 2 }, () => [tf.variable(tf.ones([width])), tf.variable(tf.zeros([width]))]);
  const tokens = tf.tensor1d(
    Array.from({ length: BATCH * time }, (_, i) => (i * 31) % 50),
    "int32",
  );
  const y = labels(tf, 10);
  const adam = optimizer();
  const split = (x) => tf.transpose(tf.reshape(x, [BATCH, time, heads, width / heads]), [0, 2, 1, 3]);
  const loss = () => {
    const x = tf.gather(table, tokens);
    const [a, b, c] = [q, k, v].map((matrix) => split(tf.matMul(x, matrix)));
    const scores = tf.softmax(tf.mul(tf.matMul(a, b, false, true), 1 / Math.sqrt(width / heads)));
    const mixed = tf.reshape(tf.transpose(tf.matMul(scores, c), [0, 2, 1, 3]), [BATCH * time, width]);
    const first = normalize(tf.add(x, tf.matMul(mixed, o)), ...norms[0]);
    const second = normalize(tf.add(first, tf.matMul(tf.relu(tf.matMul(first, up)), down)), ...norms[1]);
    return entropy(y, tf.matMul(tf.mean(tf.reshape(second, [BATCH, time, width]), 1), out));
  };
  return () => adam.minimize(loss, true).dataSync() && undefined;
}
