// vernier/neural: composition only.
import { createStudy } from "./create-study.ts";
import { createTuneNetwork, type TuneNetwork } from "./neural/tune-network.ts";

/**
 * Searches the joined space of a network and its training: `tuneNetwork(mlp, X, y, { trials: 50, seed: 7 })`. One trial
 * trains one network; each epoch's validation value is a report, by which the study's pruner judges.
 * Errors: those of the door (X, y, validation, settings' names); a trial whose training diverges only fails itself.
 */
export const tuneNetwork: TuneNetwork = createTuneNetwork({ createStudy });

export * from "./neural/index.ts";
export type { CustomNetwork, TunedNetwork, TuneNetwork, TuneNetworkOptions } from "./neural/tune-network.ts";
