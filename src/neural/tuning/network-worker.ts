// The objective module of a search of networks whose trials are trained in workers, each with a backend of its own.
import type { LiveTrial } from "../../study/live-trial.ts";
import { loadBackend } from "../backend/load-backend.ts";
import { hypermodelNamed } from "./hypermodels.ts";
import { networkObjective } from "./network-objective.ts";
import type { Settings } from "./network-task.ts";
import type { NetworkWorkerData } from "./network-worker-data.ts";

let evaluate: Awaited<ReturnType<typeof networkObjective>>;

/** Called by the pool before the first trial. */
export async function setup({ task, network, backend }: NetworkWorkerData): Promise<void> {
  const given = hypermodelNamed(network.name).with(network.params);
  evaluate = await networkObjective({ ...task, network: given }, await loadBackend(backend.name, backend.options));
}

export default function objective(params: Settings, trial: LiveTrial): Promise<number> {
  return evaluate(params, trial);
}
