// Measures one study at a time: { sampler, objective, seed, trials, lag } in, its regret trace out.
import { parentPort } from "node:worker_threads";
import { defaultCore } from "../../build/js/wasm/default-core.js";
import { measures } from "./objectives.mjs";
import { samplers } from "./samplers.mjs";

const { objectives, moreObjectives, publishedObjectives, regretTrace } = await measures();
const definitions = { ...objectives, ...moreObjectives, ...publishedObjectives };
const core = defaultCore();

parentPort.on("message", ({ sampler, objective, seed, trials, lag }) => {
  const startedAt = performance.now();
  const trace = regretTrace(core, samplers[sampler](), definitions[objective], seed, trials, lag);
  parentPort.postMessage({ trace, milliseconds: performance.now() - startedAt });
});
