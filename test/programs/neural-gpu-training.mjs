// Trains one network of each kind on the cpu backend and on WebGPU, and says how far apart they end. Runs anywhere.

/** The losses and weights after some steps of Adam from the same weights on the same rows. */
async function train({ loadBackend, adam, softmaxCrossEntropy }, name, hypermodel, shape, steps) {
  const { tf, layers } = await loadBackend(name);
  let seed = 0;
  const network = hypermodel.build({ tf, layers: await layers(), shape, seedOf: () => ++seed });
  const { kind, ...sizes } = shape.input;
  const { vocabulary, ...lengths } = sizes;
  const dims = [8, ...Object.values(lengths)];
  let state = 1;
  const values = Array.from({ length: dims.reduce((a, b) => a * b) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  });
  const isTokens = kind === "tokens";
  const x = tf.tensor(
    isTokens ? values.map((u) => Math.floor(u * vocabulary)) : values,
    dims,
    isTokens ? "int32" : "float32",
  );
  const y = tf.oneHot(
    Int32Array.from({ length: 8 }, (_, i) => i % shape.outputs),
    shape.outputs,
  );
  const optimizer = adam(tf, { learningRate: 0.002 });
  const found = [];
  for (let i = 0; i < steps; i++) {
    const cost = optimizer.minimize(
      () => tf.mean(softmaxCrossEntropy(tf, y, network.apply(x, { training: true }))),
      true,
    );
    found.push(...(await cost.data()));
    cost.dispose();
  }
  const logits = network.apply(x, { training: false });
  found.push(...(await logits.data()));
  tf.dispose([x, y, logits]);
  network.dispose();
  return found;
}

/** By network the largest difference of a loss or a logit after training, in parts of the largest. */
export async function distances(neural, steps) {
  const { mlp, cnn, rnn, transformer } = neural;
  const tokens = { kind: "tokens", length: 5, vocabulary: 6 };
  const cases = {
    mlp: [mlp({ units: 16, batchNorm: true }), { kind: "table", features: 9 }],
    cnn: [cnn({ blocks: 1, filters: 4, denseUnits: 8 }), { kind: "image", height: 5, width: 4, channels: 1 }],
    rnn: [rnn({ units: 8, embedding: 5, bidirectional: true, pooling: "mean" }), tokens],
    transformer: [transformer({ width: 8, heads: 2, depth: 1 }), tokens],
  };
  const found = {};
  for (const [name, [hypermodel, input]] of Object.entries(cases)) {
    const shape = { input, outputs: 3, task: "classification" };
    const expected = await train(neural, "cpu", hypermodel, shape, steps);
    const values = await train(neural, "webgpu", hypermodel, shape, steps);
    const scale = Math.max(...expected.map(Math.abs));
    found[name] = Math.max(...values.map((value, i) => Math.abs(value - expected[i]) / scale));
  }
  return found;
}
