import { shareNumbers } from "../../core/share-numbers.ts";
import type { Hypermodel } from "../networks/hypermodel.ts";
import { type Backend, type BackendSpec, backendSpec } from "../backend/load-backend.ts";
import type { NetworkTask, Settings } from "./network-task.ts";

/** Posted once to each worker. */
export interface NetworkWorkerData {
  readonly task: Omit<NetworkTask, "network">;
  readonly network: { readonly name: string; readonly params: Settings };
  readonly backend: BackendSpec;
}

/** What workers need to evaluate a hypermodel's task as this thread would with its backend. */
export function forNetworkWorkers(
  { network, ...task }: NetworkTask & { readonly network: Hypermodel },
  backend: Backend,
  sharesMemory: boolean,
): NetworkWorkerData {
  const { rows } = task;
  const shared = sharesMemory
    ? { ...rows, inputs: shareNumbers(rows.inputs), targets: shareNumbers(rows.targets) }
    : rows;
  return {
    task: { ...task, rows: shared },
    network: { name: network.name, params: network.params as Settings },
    backend: backendSpec(backend),
  };
}
