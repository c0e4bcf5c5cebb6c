// Trains small networks with seeded initializers, and says what bits their weights have. Shared by every runtime.

/** Numbers in [-1, 1) without the engine's mathematics, which differs between engines in the last bits. */
function uniform(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2147483648 - 1;
  };
}

function batch(tf, size, shape, classes) {
  const next = uniform(size);
  const width = shape.reduce((product, length) => product * length, 1);
  const x = tf.tensor(Float32Array.from({ length: size * width }, next), [size, ...shape]);
  const y = tf.oneHot(
    Int32Array.from({ length: size }, (_, i) => (i * 7) % classes),
    classes,
    1,
    0,
    "float32",
  );
  return [x, y];
}

function digest(model) {
  let hash = 0x811c9dc5;
  for (const weights of model.getWeights()) {
    const { buffer, byteOffset, byteLength } = weights.dataSync();
    for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
  }
  return hash.toString(16).padStart(8, "0");
}

/** The digests, the losses' course and the tensors left over after 20 steps of each network, 10 of those of sequences. */
export async function trainAll({ loadBackend, adam, softmaxCrossEntropy, rnn, transformer }, options) {
  const { tf, layers } = await loadBackend("wasm", options);
  const layersModule = await layers();
  const { layers: layer, sequential, initializers } = layersModule;
  const seeded = (seed) => ({ kernelInitializer: initializers.glorotUniform({ seed }) });
  let steps = 20;

  const mlp = sequential({
    layers: [
      layer.dense({ inputShape: [64], units: 128, activation: "relu", ...seeded(1) }),
      layer.dense({ units: 10, activation: "softmax", ...seeded(2) }),
    ],
  });
  mlp.compile({ optimizer: adam(tf), loss: "categoricalCrossentropy" });

  const cnn = sequential({
    layers: [
      layer.conv2d({ inputShape: [13, 12, 1], filters: 8, kernelSize: 3, activation: "relu", ...seeded(3) }),
      layer.maxPooling2d({ poolSize: 2 }),
      layer.conv2d({ filters: 5, kernelSize: 3, padding: "same", activation: "tanh", ...seeded(4) }),
      layer.maxPooling2d({ poolSize: 2, strides: 2, padding: "same" }),
      layer.flatten(),
      layer.dense({ units: 10, ...seeded(5) }),
    ],
  });
  const optimizer = adam(tf, { learningRate: 0.01 });

  const result = {};
  const train = async (name, model, [x, y], step) => {
    const losses = [];
    let tensors = 0;
    for (let i = 0; i < steps; i++) {
      losses.push(await step(x, y));
      if (i === 2) tensors = tf.memory().numTensors;
    }
    const grown = tf.memory().numTensors - tensors;
    result[name] = { digest: digest(model), fell: losses.at(-1) < losses[0], grown };
    tf.dispose([x, y]);
  };
  await train("mlp", mlp, batch(tf, 64, [64], 10), (x, y) => mlp.trainOnBatch(x, y));
  await train("cnn", cnn, batch(tf, 16, [13, 12, 1], 10), (x, y) => {
    const cost = optimizer.minimize(() => tf.mean(softmaxCrossEntropy(tf, y, cnn.apply(x, { training: true }))), true);
    const [loss] = cost.dataSync();
    cost.dispose();
    return loss;
  });

  steps = 10;
  const shape = { input: { kind: "tokens", length: 12, vocabulary: 9 }, outputs: 3, task: "classification" };
  const sequences = {
    lstm: rnn({ units: 12, embedding: 6, bidirectional: true, pooling: "mean" }),
    gru: rnn({ cell: "gru", units: 12, embedding: 6, layers: 2 }),
    transformer: transformer({ width: 16, heads: 2 }),
  };
  for (const [name, model] of Object.entries(sequences)) {
    let seed = 0;
    const network = model.build({ tf, layers: layersModule, shape, seedOf: () => ++seed });
    const own = adam(tf, { learningRate: 0.01 });
    const [x, y] = tokens(tf, 16, shape);
    await train(name, network, [x, y], () => {
      const cost = own.minimize(() => tf.mean(softmaxCrossEntropy(tf, y, network.apply(x, { training: true }))), true);
      const [loss] = cost.dataSync();
      cost.dispose();
      return loss;
    });
  }
  return result;
}

/** Rows of tokens, the second half of them padded by four, and their labels. */
function tokens(tf, size, { input: { length, vocabulary }, outputs }) {
  const next = uniform(size);
  const ids = Int32Array.from({ length: size * length }, (_, i) => {
    const token = 1 + Math.floor(((next() + 1) / 2) * (vocabulary - 1));
    return i >= (size * length) / 2 && i % length >= length - 4 ? 0 : token;
  });
  const labels = Int32Array.from({ length: size }, (_, i) => i % outputs);
  return [tf.tensor2d(ids, [size, length], "int32"), tf.oneHot(labels, outputs)];
}
