import { beforeAll, describe, expect, test } from "vitest";
import { platform } from "../../build/js/platform/node.js";
import { workerPool } from "../../build/js/pool/worker-pool.js";
import { inlineRunner } from "../../build/js/study/inline-runner.js";
import { choice, float, median, random } from "../../src/index.ts";
import { digits } from "../../src/datasets/digits.ts";
import { type Backend, loadBackend, mlp, tuneNetwork, type TuneNetworkOptions } from "../../src/neural.ts";
import { createTuneNetwork } from "../../src/neural/tuning/tune-network.ts";
import type { StudyDeps } from "../../src/study/deps.ts";
import { core } from "../support/cores.ts";
import { testStudy } from "../support/study.ts";

const built = new URL("../../build/js/neural/tuning/network-worker.js", import.meta.url);

/** `tuneNetwork` with the built pool, whose threads evaluate that module. */
function inWorkers(worker: URL): typeof tuneNetwork {
  const runner: StudyDeps["runner"] = (objective, { workers = 1, workerData, trialTimeout = null }) =>
    typeof objective === "function"
      ? inlineRunner(core, objective, trialTimeout)
      : workerPool(platform, core, { objective, workers, workerData, trialTimeout });
  return createTuneNetwork({ createStudy: (options) => testStudy(options, { runner }), worker, sharesMemory: true });
}

const table = digits();
const X = { rows: 120, cols: 64, data: table.X.data.slice(0, 120 * 64).map((pixel) => pixel / 16) };
const y = Array.from(table.y).slice(0, 120);

let backend: Backend;
beforeAll(async () => {
  backend = await loadBackend("wasm");
});

const small = (): TuneNetworkOptions => ({
  backend,
  seed: 3,
  lag: 2,
  trials: 5,
  sampler: random(),
  space: { layers: 1, units: 8, dropout: 0.1, batchNorm: false, activation: "relu", learningRate: float(1e-3, 1e-1) },
  training: { epochs: 3 },
  refit: false,
});

describe("networks trained in workers", () => {
  test("a worker that ends in the middle of a training fails its trial alone", async () => {
    const worker = new URL("../programs/dying-network-worker.mjs", import.meta.url);
    const { study } = await inWorkers(worker)(mlp, X, y, { ...small(), workers: 2 });
    const here = await tuneNetwork(mlp, X, y, small());
    expect(study.trials.map(({ state }) => state)).toEqual(["complete", "fail", "complete", "complete", "complete"]);
    expect(study.trials[1]?.failure?.message).toMatch(/exited with code 3/);
    expect(study.trials[1]?.intermediate.map(([step]) => step)).toEqual([0, 1]);
    for (const number of [0, 2, 3, 4]) {
      expect(study.trials[number]?.values).toEqual(here.study.trials[number]?.values);
    }
  });

  test.each([1, 2])("with %i of them a training past the time-out fails, and the next goes on", async (workers) => {
    const { learningRate: _, ...fixed } = small().space!;
    const { study } = await inWorkers(built)(mlp, X, y, {
      ...small(),
      workers,
      training: { learningRate: 0.01, batchSize: 32 },
      // The long one would take minutes, the short one a part of a second.
      space: { ...fixed, epochs: choice([2, 900_000]) },
      trialTimeout: 5000,
    });
    for (const { params, state, failure } of study.trials) {
      expect(state).toBe(params["epochs"] === 2 ? "complete" : "fail");
      expect(failure?.message ?? "none").toMatch(state === "fail" ? /5000/ : "none");
    }
    expect(new Set(study.trials.map(({ state }) => state)).size).toBe(2);
  });

  test("without workers in the runtime one thread learns as late as they would", async () => {
    const { lag: _, ...rest } = small();
    const options = { ...rest, trials: 14, pruner: median({ startupTrials: 1, warmupSteps: 0 }), workers: 2 };
    const nowhere = createTuneNetwork({ createStudy: testStudy, worker: null, sharesMemory: false });
    const { study } = await nowhere(mlp, X, y, options);
    const { study: there } = await inWorkers(built)(mlp, X, y, options);
    expect(study.digest()).toBe(there.digest());
    expect(study.trials.map(({ state }) => state)).toContain("pruned");
    const { study: sooner } = await nowhere(mlp, X, y, { ...options, workers: 1 });
    expect(sooner.digest()).not.toBe(study.digest());
  });
});
