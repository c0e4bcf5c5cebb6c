// A worker's own file whose objective breaks the thread's core, and sees that the next trial has another.
import { serveObjective } from "vernier/worker";
import { defaultCore } from "../../../build/js/wasm/default-core.js";

let broken;

serveObjective((_, trial) => {
  if (trial.number === 1) return defaultCore() === broken || defaultCore().trapped ? 0 : 1;
  broken = defaultCore();
  return broken.scope(() => broken.exports.randomUniforms(0, 0, 0, 0, 0, 1, -8));
});
