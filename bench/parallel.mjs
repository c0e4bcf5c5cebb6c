// How much of the processor reaches the objectives: trials of pure arithmetic in the pool's workers, beside bare threads
// that do the same work on demand, and memory over ten thousand trials.
// Run after a build: node bench/run.mjs parallel
import { availableParallelism } from "node:os";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Worker } from "node:worker_threads";
import { platform } from "../build/js/platform/node.js";
import { workerPool } from "../build/js/pool/worker-pool.js";
import { defaultCore } from "../build/js/wasm/default-core.js";
import { median } from "./timing/medians.mjs";

// Milliseconds of one trial, trials of one batch for each worker, batches of each contestant.
const WORK = [
  { length: 10, trials: 40, rounds: 9 },
  { length: 100, trials: 6, rounds: 9 },
  { length: 1000, trials: 2, rounds: 5 },
];

const module = (source) => new URL(`data:text/javascript,${encodeURIComponent(source)}`);
const busy = `
  const busy = (turns) => {
    let x = 1;
    for (let i = 0; i < turns; i++) x = x * 0.999 + 0.5;
    return x;
  };
`;
const objective = module(`${busy} export default ({ turns }) => busy(turns);`);
const bare = module(`
  import { parentPort } from "node:worker_threads";
  ${busy}
  parentPort.on("message", (turns) => parentPort.postMessage(busy(turns)));
`);
const heap = module(`
  import { setFlagsFromString } from "node:v8";
  import { runInNewContext } from "node:vm";
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc");
  export default ({ measure }, trial) => {
    trial.report(0.5, 0);
    trial.setUserAttr("note", { list: [trial.number] });
    if (!measure) return 0;
    gc();
    return process.memoryUsage().heapUsed;
  };
`);

const host = { report() {}, suggested() {}, setConstraint() {}, setUserAttr() {}, shouldPrune: () => false };
const task = (number, params) => ({ number, seed: 7, objectives: 1, params, drawn: {} });
const openPool = (url, workers) => workerPool(platform, defaultCore(), { objective: url, workers });

function onDemand(workers) {
  const threads = Array.from({ length: workers }, () => new Worker(bare));
  const free = [...threads];
  return {
    async run(turns) {
      const thread = free.pop();
      await new Promise((resolve) => {
        thread.once("message", resolve);
        thread.postMessage(turns, []);
      });
      free.push(thread);
    },
    close: () => Promise.all(threads.map((thread) => thread.terminate())),
  };
}

/** Milliseconds of `trials` calls of `body`, `workers` at a time. */
async function milliseconds(body, trials, workers) {
  let left = trials;
  const lane = async () => {
    while (left-- > 0) await body();
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: workers }, lane));
  return performance.now() - start;
}

/** Turns a millisecond of an undisturbed thread. */
async function calibrate() {
  const thread = onDemand(1);
  const turns = 2e7;
  const times = [];
  for (let i = 0; i < 12; i++) times.push(await milliseconds(() => thread.run(turns), 1, 1));
  await thread.close();
  return turns / Math.min(...times);
}

async function efficiency(turnsPerMillisecond, workers, { length, trials, rounds }) {
  const pool = openPool(objective, workers);
  const threads = onDemand(workers);
  const turns = Math.round(turnsPerMillisecond * length);
  const contestants = [() => pool.run(task(0, { turns }), host), () => threads.run(turns)];
  const times = [[], []];
  try {
    for (let round = -1; round < rounds; round++) {
      // The two take turns in going first.
      for (const i of round % 2 === 0 ? [0, 1] : [1, 0]) {
        const time = await milliseconds(contestants[i], trials * workers, workers);
        if (round >= 0) times[i].push(time);
      }
    }
  } finally {
    await pool.close();
    await threads.close();
  }
  const ideal = trials * length;
  const ratio = median(times[0].map((ours, round) => times[1][round] / ours));
  const [ours, theirs] = times.map((list) => (ideal / median(list)).toFixed(3));
  return {
    name: `trials of ${length} ms, ${workers} workers / bare threads`,
    ratio,
    unit: "x",
    note: `of the ideal: ${ours}, bare threads ${theirs}`,
  };
}

/** What ten thousand trials leave behind in the host and in their worker, once both have warmed up. */
async function memory() {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc");
  const pool = openPool(heap, 1);
  let number = 0;
  async function heapsAfter(trials) {
    for (let i = 0; i < trials; i++) await pool.run(task(number++, { measure: false }), host);
    const { values } = await pool.run(task(number++, { measure: true }), host);
    await new Promise((resolve) => setTimeout(resolve, 50));
    gc();
    return [process.memoryUsage().heapUsed, values[0]];
  }
  const before = await heapsAfter(10_000);
  const after = await heapsAfter(10_000);
  await pool.close();
  return ["host", "worker"].map((side, i) => ({
    name: `growth of the ${side}'s heap over 10,000 trials`,
    ratio: (after[i] - before[i]) / 1024,
    unit: "KiB",
    note: `${(before[i] / 2 ** 20).toFixed(2)} MiB before`,
  }));
}

async function startTime() {
  const times = [];
  for (let i = 0; i < 15; i++) {
    const start = performance.now();
    const pool = openPool(objective, 1);
    await pool.run(task(0, { turns: 1 }), host);
    times.push(performance.now() - start);
    await pool.close();
  }
  return {
    name: "a worker's start and first trial",
    ratio: median(times),
    unit: "ms",
    note: `least ${Math.min(...times).toFixed(1)}`,
  };
}

/** Rows {name, ratio, unit, note}. */
export async function run() {
  const rows = [await startTime(), ...(await memory())];
  const turns = await calibrate();
  const counts = [1, 2].filter((workers) => workers <= availableParallelism());
  for (const work of WORK) for (const workers of counts) rows.push(await efficiency(turns, workers, work));
  return rows;
}
