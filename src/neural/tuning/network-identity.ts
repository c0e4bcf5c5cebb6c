import type { Json } from "../../core/json.ts";
import { dataHash } from "../../selection/data-hash.ts";
import type { SearchIdentity } from "../../selection/search-identity.ts";
import { defaultCore } from "../../wasm/default-core.ts";
import type { BackendName } from "../backend/load-backend.ts";
import { isHypermodel, type NetworkTask } from "./network-task.ts";

/** What the values of a search of networks depend on beside its parameters. */
export function networkIdentity(
  { network, rows, shape, folds, fixed, scoring }: Omit<NetworkTask, "maxEpochs" | `checkpoint${string}`>,
  backend: BackendName,
): SearchIdentity {
  const sides = folds.map(({ train, test }) => [Array.from(train), Array.from(test)]);
  return {
    estimator: isHypermodel(network) ? network.name : "a network of one's own",
    settings: [isHypermodel(network) ? network.params : null, fixed] as unknown as Json,
    scoring,
    input: shape.input as unknown as Json,
    task: shape.task,
    backend,
    data: dataHash(defaultCore(), sides, [rows.inputs, rows.targets]),
  };
}
