// What the worker pool costs over Node's bare threads: a trial whose objective does nothing against one
// postMessage there and back, and a pool's first trial against a worker that only answers.
// Run after a build: node bench/run.mjs pool
import { Worker } from "node:worker_threads";
import { platform } from "../build/js/platform/node.js";
import { workerPool } from "../build/js/pool/worker-pool.js";
import { defaultCore } from "../build/js/wasm/default-core.js";
import { median } from "./timing/medians.mjs";

const ROUNDS = 9;
const TRIALS_A_ROUND = 500;
const STEPS = 100;

const module = (source) => new URL(`data:text/javascript,${encodeURIComponent(source)}`);
const echo = module(`
  import { parentPort } from "node:worker_threads";
  parentPort.on("message", (message) => parentPort.postMessage(message));
`);
const objective = module(`
  export default async ({ steps }, trial) => {
    for (let step = 0; step < steps; step++) {
      trial.report(step, step);
      await trial.shouldPrune();
    }
    return 1;
  };
`);

const host = { report() {}, suggested() {}, setConstraint() {}, setUserAttr() {}, shouldPrune: () => false };
const drawn = {
  C: { distribution: { type: "float", low: 0.01, high: 100, log: true, step: null }, internal: 1.5 },
  kernel: { distribution: { type: "categorical", choices: ["linear", "rbf"] }, internal: 1 },
};
const task = (steps) => ({ number: 3, seed: 7, objectives: 1, params: { C: 1.5, kernel: "rbf", steps }, drawn });

const openPool = () => workerPool(platform, defaultCore(), { objective, workers: 1, trialTimeout: 60_000 });

function roundTrip(worker, message) {
  return new Promise((resolve) => {
    worker.once("message", resolve);
    worker.postMessage(message, []);
  });
}

async function milliseconds(body, calls) {
  const start = performance.now();
  for (let i = 0; i < calls; i++) await body();
  return (performance.now() - start) / calls;
}

/** Medians of milliseconds a call; the contestants take turns, so that a slow spell of the machine hits all. */
async function medians(contestants) {
  const times = contestants.map(() => []);
  for (let round = -1; round < ROUNDS; round++) {
    for (const [i, { body, calls }] of contestants.entries()) {
      const time = await milliseconds(body, calls);
      if (round >= 0) times[i].push(time);
    }
  }
  return times.map(median);
}

function row(name, ours, theirs) {
  return {
    name,
    ratio: theirs / ours,
    unit: "x",
    note: `${ours.toPrecision(3)} ms against ${theirs.toPrecision(3)} ms`,
  };
}

/** Rows {name, ratio, unit, note}: how many times as fast the pool is as the other in the name. */
export async function run() {
  const pool = openPool();
  const bare = new Worker(echo);
  try {
    const [trial, message, steps] = await medians([
      { body: () => pool.run(task(0), host), calls: TRIALS_A_ROUND },
      { body: () => roundTrip(bare, task(0)), calls: TRIALS_A_ROUND },
      { body: () => pool.run(task(STEPS), host), calls: TRIALS_A_ROUND / STEPS },
    ]);
    const [start, bareStart] = await medians([
      {
        async body() {
          const fresh = openPool();
          await fresh.run(task(0), host);
          await fresh.close();
        },
        calls: 1,
      },
      {
        async body() {
          const fresh = new Worker(echo);
          await roundTrip(fresh, task(0));
          await fresh.terminate();
        },
        calls: 1,
      },
    ]);
    return [
      row("a trial in a worker / one message there and back", trial, message),
      row("report + shouldPrune / one message there and back", (steps - trial) / STEPS, message),
      row("start, one trial, end / the same of a bare worker", start, bareStart),
    ];
  } finally {
    await pool.close();
    await bare.terminate();
  }
}
