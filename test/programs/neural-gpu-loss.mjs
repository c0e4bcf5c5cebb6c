// Prints how a search of three trials ends, one whose device refuses something in the second, and one that loses its device
// in the midst of the second; what a computation without memory says, and what a tensor says whose device is gone.
import { random } from "vernier";
import { loadBackend, mlp, tuneNetwork } from "vernier/neural";

const X = Array.from({ length: 60 }, (_, i) => [(i % 5) / 5, (i % 3) / 3, (i % 7) / 7]);
const y = X.map(([a, b]) => Number(a > b));

async function search(backend, harm) {
  let trial = -1;
  const network = {
    space: {},
    build(_, context) {
      if (++trial === 1) harm();
      return mlp({ units: 8 }).build(context);
    },
  };
  const training = { epochs: 2, learningRate: 0.01, batchSize: 16 };
  const settings = { backend, seed: 5, trials: 3, sampler: random(), training, scoring: "loss", refit: false };
  const { study } = await tuneNetwork(network, X, y, settings);
  return study.trials.map(({ state, values, failure }) => ({ state, value: values?.[0], message: failure?.message }));
}

const said = (work) => work.then(String, ({ code, message }) => `${code}: ${message}`);

const backend = await loadBackend("webgpu");
const { tf } = backend;
const tooLarge = () => tf.tidy(() => tf.mul(tf.tile(tf.ones([2 ** 12]), [2 ** 18]), 2));
const memory = await said((async () => tf.slice(tooLarge(), 0, 1).data())());
const whole = await search(backend, () => {});
const refused = await search(backend, () => tooLarge().dispose());
const kept = tf.mul(tf.ones([5000]), 2);
// The first wait after the network is built is in the training, for an epoch's loss.
const lost = await search(backend, () => queueMicrotask(() => tf.backend().device.destroy()));
console.log(JSON.stringify({ memory, whole, refused, lost, gone: await said(kept.data()) }));
