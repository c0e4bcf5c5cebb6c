// Milliseconds of a training step on TensorFlow.js's cpu backend, on its WebAssembly backend as it comes (with the kernels that it
// lacks lent by the cpu backend) and with Vernier's kernels. The three take turns in each round; medians.
// Run: npm run bench:neural [part of a network's name ...]
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import * as core from "@tensorflow/tfjs-core";
import { adam, layerNorm, loadBackend, softmaxCrossEntropy } from "vernier/neural";
import { networks } from "./neural/networks.mjs";
import { median } from "./timing/medians.mjs";

const ROUNDS = 7;
const ROUND_MS = 150;

const registered = () => new Map(core.getKernelsForBackend("wasm").map((kernel) => [kernel.kernelName, kernel]));

/** A kernel of the cpu backend for tensors of the WebAssembly backend. */
function lent({ kernelName, kernelFunc }) {
  return {
    kernelName,
    backendName: "wasm",
    kernelFunc({ inputs, attrs, backend: wasm }) {
      const cpu = core.findBackend("cpu");
      const copies = Object.entries(inputs).map(([name, { dataId, shape, dtype }]) => [
        name,
        cpu.makeTensorInfo(shape, dtype, wasm.readSync(dataId)),
      ]);
      const { dataId, shape, dtype } = kernelFunc({ inputs: Object.fromEntries(copies), attrs, backend: cpu });
      const result = wasm.makeOutput(shape, dtype, undefined, cpu.readSync(dataId));
      for (const [, copy] of copies) cpu.disposeIntermediateTensorInfo(copy);
      cpu.disposeData(dataId);
      return result;
    },
  };
}

const stock = registered();
const { tf } = await loadBackend("cpu");
for (const kernel of core.getKernelsForBackend("cpu")) {
  if (!stock.has(kernel.kernelName)) stock.set(kernel.kernelName, lent(kernel));
}
const { layers: load } = await loadBackend("wasm");
const own = registered();
const layers = await load();

function install(kernels) {
  for (const name of registered().keys()) tf.unregisterKernel(name, "wasm");
  for (const kernel of kernels.values()) tf.registerKernel(kernel);
}

const plainNorm = (x, gamma, beta) => {
  const { mean, variance } = tf.moments(x, -1, true);
  return tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-3))), gamma), beta);
};
const plain = {
  optimizer: () => tf.train.adam(),
  normalize: plainNorm,
  entropy: (y, x) => tf.losses.softmaxCrossEntropy(y, x),
};
const modes = {
  cpu: { ...plain, enter: () => tf.setBackend("cpu") },
  stock: {
    ...plain,
    async enter() {
      await tf.setBackend("wasm");
      install(stock);
    },
  },
  own: {
    optimizer: () => adam(tf),
    normalize: (...parameters) => layerNorm(tf, ...parameters),
    entropy: (y, x) => tf.mean(softmaxCrossEntropy(tf, y, x)),
    async enter() {
      await tf.setBackend("wasm");
      install(own);
    },
  },
};

async function milliseconds(step) {
  let steps = 0;
  const start = performance.now();
  do {
    await step();
    steps++;
  } while (performance.now() - start < ROUND_MS);
  return (performance.now() - start) / steps;
}

const wanted = process.argv.slice(2);
console.log(
  "ms per training step, batch 64".padEnd(34),
  "cpu".padStart(9),
  "stock".padStart(9),
  "own".padStart(9),
  " cpu/own stock/own",
);
for (const [name, network] of Object.entries(networks)) {
  if (wanted.length > 0 && !wanted.some((part) => name.toLowerCase().includes(part.toLowerCase()))) continue;
  const contestants = [];
  for (const mode of Object.values(modes)) {
    await mode.enter();
    const step = network({ tf, layers, ...mode });
    await step();
    contestants.push({ mode, step, times: [] });
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const { mode, step, times } of contestants) {
      await mode.enter();
      times.push(await milliseconds(step));
    }
  }
  const [cpu, before, after] = contestants.map(({ times }) => median(times));
  const figures = [cpu, before, after].map((time) => time.toPrecision(3).padStart(9));
  const ratios = [cpu, before].map((time) => (time / after).toPrecision(3).padStart(8));
  console.log(name.padEnd(34), ...figures, ...ratios);
}
