import type { Study } from "../../study/study.ts";
import { nestParams, type Space } from "../../core/space.ts";
import { type FittedNetwork, fittedNetwork } from "../fitted/fitted-network.ts";
import type { Backend } from "../backend/load-backend.ts";
import type { NetworkData } from "../data/network-data.ts";
import { trainNetwork } from "../training/train-network.ts";
import { networkBuilder, trainingOf } from "./network-builder.ts";
import type { NetworkTask, Settings } from "./network-task.ts";
import { trialPlan } from "./trial-plan.ts";

/** Trains the network of a trial again, on all data and for so many epochs, with that trial's random numbers. */
export async function refitNetwork(
  task: NetworkTask,
  backend: Backend,
  data: NetworkData,
  space: Space,
  study: Study,
  { number, internal }: Study["best"],
  epochs: number,
): Promise<FittedNetwork> {
  const build = await networkBuilder(task.network, backend);
  const params = nestParams(space, internal) as Settings;
  const { settings, key } = trialPlan(task, params, { seed: study.seed, number });
  await backend.revive();
  const network = build(settings, data.shape, key);
  try {
    const training = { ...trainingOf(settings), ...key, patience: null, lastEpoch: epochs };
    await trainNetwork(backend.tf, network, data, data.shape, training);
  } catch (error) {
    network.dispose();
    throw error;
  }
  return fittedNetwork(backend, network, data.shape, data.classes);
}
