// Prints how many objects of some classes there are in the host after 1,000 trials in a worker and after 3,000 more.
import { queryObjects } from "node:v8";
import { platform } from "../../../build/js/platform/node.js";
import { workerPool } from "../../../build/js/pool/worker-pool.js";
import { defaultCore } from "../../../build/js/wasm/default-core.js";

const objective = new URL("../objectives/talkative.mjs", import.meta.url);
const pool = workerPool(platform, defaultCore(), { objective, workers: 1, trialTimeout: 60_000 });
const host = { report() {}, suggested() {}, setConstraint() {}, setUserAttr() {}, shouldPrune: () => false };
const { signal } = new AbortController();

async function evaluate(trials) {
  for (let number = 0; number < trials; number++) {
    await pool.run({ number, seed: 7, objectives: 1, params: {}, drawn: {} }, host, signal);
  }
  // What the last messages left is gone after a while.
  await new Promise((resolve) => setTimeout(resolve, 100));
  return [Promise, Map, Function, Array, Error].map((type) => queryObjects(type));
}

console.log(JSON.stringify([await evaluate(1000), await evaluate(3000)]));
await pool.close();
