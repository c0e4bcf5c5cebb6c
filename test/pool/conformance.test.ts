import { platform } from "../../build/js/platform/node.js";
import { workerPool } from "../../build/js/pool/worker-pool.js";
import { inlineRunner } from "../../build/js/study/inline-runner.js";
import { defaultCore } from "../../build/js/wasm/default-core.js";
import { objectiveUrl, runnerConformance } from "../conformance/runner.ts";

runnerConformance("inlineRunner", async (trialTimeout) => {
  const { default: objective } = await import(objectiveUrl.href);
  return inlineRunner(defaultCore(), objective, trialTimeout);
});
runnerConformance("workerPool", async (trialTimeout) =>
  workerPool(platform, defaultCore(), { objective: objectiveUrl, workers: 1, trialTimeout }),
);
