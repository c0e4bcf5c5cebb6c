// Training on TensorFlow.js's cpu backend, on its WebAssembly backend as it comes (with the kernels that it lacks lent by the cpu
// backend), with Vernier's kernels there, and with Vernier on WebGPU where there is an adapter: milliseconds of a step on a
// batch of 64, epochs a second of 256 rows that are handed over batch by batch, and what the weights are after two epochs. The
// backends take turns in each round; medians. Times as long as Vernier's are ratios of the same run.
// Run: npm run bench:neural -- [--backends cpu,stock,own,webgpu] [part of a network's name ...]
// Deno, which has WebGPU: npm run build, then npx deno run --allow-all bench/neural.mjs ...
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import process from "node:process";
import { parseArgs } from "node:util";
import * as core from "@tensorflow/tfjs-core";
import { adam, layerNorm, loadBackend, rnn, softmaxCrossEntropy } from "vernier/neural";
import { networks, rowsFor } from "./neural/networks.mjs";
import { median } from "./timing/medians.mjs";

const BATCH = 64;
const ROWS = 256;
const EPOCHS = 2;
const ROUNDS = 7;
const ROUND_MS = 150;
/** A network that takes longer gets fewer rounds, but three. */
const NETWORK_MS = 60_000;

const { values: options, positionals: wanted } = parseArgs({
  args: process.argv.slice(2),
  options: { backends: { type: "string", default: "cpu,stock,own,webgpu" } },
  allowPositionals: true,
});

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
const vernier = {
  optimizer: () => adam(tf),
  normalize: (...parameters) => layerNorm(tf, ...parameters),
  entropy: (y, x) => tf.mean(softmaxCrossEntropy(tf, y, x)),
  rnn,
};
const onWasm = (kernels) => async () => {
  await tf.setBackend("wasm");
  install(kernels);
};
const modes = {
  cpu: { ...plain, enter: () => tf.setBackend("cpu") },
  stock: { ...plain, enter: onWasm(stock) },
  own: { ...vernier, enter: onWasm(own) },
  webgpu: { ...vernier, enter: () => tf.setBackend("webgpu") },
};

/** The backends asked for, without WebGPU where there is none. */
async function contestants() {
  const names = options.backends.split(",");
  for (const name of names) {
    if (!(name in modes)) throw new Error(`--backends: expected some of ${Object.keys(modes)}, got ${name}`);
  }
  if (!names.includes("webgpu")) return names;
  try {
    await loadBackend("webgpu");
    return names;
  } catch (error) {
    console.log(`(no webgpu: ${error.message})`);
    return names.filter((name) => name !== "webgpu");
  }
}

async function milliseconds(work) {
  let times = 0;
  const start = performance.now();
  do {
    await work();
    times++;
  } while (performance.now() - start < ROUND_MS);
  return (performance.now() - start) / times;
}

async function epoch(network, batchOf) {
  for (let from = 0; from < ROWS; from += BATCH) {
    const batch = batchOf(tf, from, BATCH);
    await network.step(...batch);
    tf.dispose(batch);
  }
}

/** FNV-1a over the bits of the weights. */
async function digest(network) {
  let hash = 0x811c9dc5;
  for (const weights of network.weights()) {
    const { buffer, byteOffset, byteLength } = await weights.data();
    for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
  }
  return hash.toString(16).padStart(8, "0");
}

/** A network on each backend, trained for the digest. */
async function trained(definition, names) {
  const batchOf = rowsFor(definition, ROWS);
  const found = [];
  for (const name of names) {
    await modes[name].enter();
    const network = definition.build({ tf, layers, ...modes[name] });
    for (let k = 0; k < EPOCHS; k++) await epoch(network, batchOf);
    const batch = batchOf(tf, 0, BATCH);
    const work = { step: () => network.step(...batch), epoch: () => epoch(network, batchOf) };
    found.push({ name, work, digest: await digest(network), steps: [], epochs: [] });
  }
  return found;
}

async function measure(contestants) {
  const start = performance.now();
  for (let round = 0; round < ROUNDS && (round < 3 || performance.now() - start < NETWORK_MS); round++) {
    for (const { name, work, steps, epochs } of contestants) {
      await modes[name].enter();
      steps.push(await milliseconds(work.step));
      epochs.push(await milliseconds(work.epoch));
    }
  }
}

const names = await contestants();
const columns = ["ms a step", "x own", `epochs/s (${ROWS} rows)`, "weights"];
console.log("batches of 64".padEnd(18), "backend".padEnd(8), ...columns.map((column) => column.padStart(10)));
for (const [title, definition] of Object.entries(networks)) {
  if (wanted.length > 0 && !wanted.some((part) => title.toLowerCase().includes(part.toLowerCase()))) continue;
  const found = await trained(definition, names);
  await measure(found);
  const reference = found.find(({ name }) => name === "own");
  for (const { name, steps, epochs, digest } of found) {
    const ratio = reference === undefined ? "" : (median(steps) / median(reference.steps)).toPrecision(3);
    const figures = [median(steps).toPrecision(3), ratio, (1000 / median(epochs)).toPrecision(3), digest];
    const cells = figures.map((figure, i) => figure.padStart(Math.max(10, columns[i].length)));
    console.log(title.padEnd(18), name.padEnd(8), ...cells);
  }
}
