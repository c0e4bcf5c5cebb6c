// vernier/neural: composition only.
import { networkWorker } from "#network-worker";
import { platform } from "#platform";
import { createStudy } from "./create-study.ts";
import { createTuneNetwork, type TuneNetwork } from "./neural/tuning/tune-network.ts";

/**
 * Searches the joined space of a network and its training: `tuneNetwork(mlp, X, y, { trials: 50, seed: 7 })`. One trial
 * trains one network; each epoch's validation value is a report, by which the study's pruner judges.
 * Errors: those of the door (X, y, validation, settings' names); a trial whose training diverges only fails itself.
 */
export const tuneNetwork: TuneNetwork = createTuneNetwork({
  createStudy,
  sharesMemory: platform.sharesMemory,
  // Made when it is wanted: bundled for an isolate or a classic script, a module has no address.
  get worker() {
    return networkWorker();
  },
});

export * from "./neural/index.ts";
export type { TunedNetwork, TuneNetwork, TuneNetworkOptions } from "./neural/tuning/tune-network.ts";
export type { CustomNetwork } from "./neural/tuning/network-task.ts";
export type { PromoteOptions } from "./neural/tuning/promotion-rungs.ts";
export type { Validation } from "./neural/tuning/validation-folds.ts";
