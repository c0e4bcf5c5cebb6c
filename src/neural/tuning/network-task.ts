import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { Space } from "../../core/space.ts";
import type { Fold } from "../../selection/fold.ts";
import type { BuildContext, Hypermodel, NetworkShape } from "../networks/hypermodel.ts";
import type { NetworkRows } from "../data/network-data.ts";

/** A network of one's own: what builds it from a trial's parameters, not compiled, with logits as its last layer. */
export interface CustomNetwork {
  readonly space: Space;
  readonly build: (params: Readonly<Record<string, never>>, context: BuildContext) => LayersModel;
}

/** Values by name, of a network's parameters and of training's. */
export type Settings = Readonly<Record<string, unknown>>;

/** What the trials of a search are evaluated on. But for the network it is plain data, which can be posted. */
export interface NetworkTask {
  readonly network: Hypermodel | CustomNetwork;
  /** Rows to train and to validate on. */
  readonly rows: NetworkRows;
  readonly shape: NetworkShape;
  /** One network is trained for each. */
  readonly folds: readonly Fold[];
  /** Settings that all trials have. */
  readonly fixed: Settings;
  readonly scoring: "score" | "loss";
  /** Epochs of the last rung, where trials are promoted; else null. */
  readonly maxEpochs: number | null;
  /** Epochs after which a trial keeps a checkpoint; null: never, or, where trials are promoted, at the end alone. */
  readonly checkpointEvery: number | null;
  /** What the names of checkpoints begin with: other studies may have the same store. */
  readonly checkpointPrefix: string;
}

/** Whether the network is a hypermodel, and thus known by its name and parameters. */
export function isHypermodel(network: Hypermodel | CustomNetwork): network is Hypermodel {
  return "name" in network;
}
