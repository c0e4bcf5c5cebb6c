// Measures one study at a time: { sampler, objective, seed, trials, lag } in, its regret trace out.
import { defaultCore } from "../../build/js/wasm/default-core.js";
import { measures } from "./objectives.mjs";
import { samplers } from "./samplers.mjs";

const { objectives, moreObjectives, publishedObjectives, regretTrace } = await measures();
const definitions = { ...objectives, ...moreObjectives, ...publishedObjectives };
const core = defaultCore();

process.on("message", ({ sampler, objective, seed, trials, lag }) => {
  const startedAt = performance.now();
  const trace = regretTrace(core, samplers[sampler](), definitions[objective], seed, trials, lag);
  process.send({ trace, milliseconds: performance.now() - startedAt });
});
