import type { LayersModel } from "@tensorflow/tfjs-layers";
import { defaultCore } from "../../wasm/default-core.ts";
import { buildNetwork } from "../networks/build-network.ts";
import type { NetworkShape } from "../networks/hypermodel.ts";
import type { Backend } from "../backend/load-backend.ts";
import { isTrainingOption, type TrainingOptions, trainingOptions } from "../training/training-options.ts";
import { type TrialKey, weightSeeds } from "../networks/weight-seeds.ts";
import { isHypermodel, type NetworkTask, type Settings } from "./network-task.ts";

/** Makes networks of one family. */
export type NetworkBuilder = (settings: Settings, shape: NetworkShape, key: TrialKey) => LayersModel;

/** Builds the task's network with a trial's settings, those of training left out, its first weights drawn by the key. */
export async function networkBuilder(network: NetworkTask["network"], backend: Backend): Promise<NetworkBuilder> {
  const { tf } = backend;
  const layers = await backend.layers();
  return (settings, shape, key) => {
    const context = { tf, layers, shape, seedOf: weightSeeds(defaultCore(), key) };
    if (!isHypermodel(network)) {
      return buildNetwork(tf, () => network.build(settings as Readonly<Record<string, never>>, context));
    }
    const own = Object.entries(settings).filter(([name]) => !isTrainingOption(name));
    return buildNetwork(tf, () => network.with(Object.fromEntries(own)).build(context));
  };
}

/** The training's part of a trial's settings. */
export function trainingOf(settings: Settings): Readonly<TrainingOptions> {
  return trainingOptions(Object.fromEntries(Object.entries(settings).filter(([name]) => isTrainingOption(name))));
}
