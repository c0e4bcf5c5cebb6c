import { show, VernierError } from "../../core/errors.ts";
import type { Space } from "../../core/space.ts";
import type { Hypermodel } from "../networks/hypermodel.ts";
import {
  isTrainingOption,
  type TrainingOptions,
  trainingOptions,
  trainingSpace,
} from "../training/training-options.ts";
import { type CustomNetwork, isHypermodel, type Settings } from "./network-task.ts";

/** The usual space of the network and its training with the changes of `space`, apart from what is fixed. */
export function networkSpace(
  network: Hypermodel | CustomNetwork,
  space: Space,
  training: Partial<TrainingOptions>,
): { readonly space: Space; readonly fixed: Settings } {
  if (typeof network?.build !== "function") {
    const expected = "a hypermodel, what makes one, or { build, space }";
    throw new VernierError("invalid-argument", `"network": expected ${expected}, got ${show(network)}`);
  }
  trainingOptions(training);
  const own = isHypermodel(network) ? network.space() : network.space;
  for (const name of Object.keys(space)) {
    const known = isTrainingOption(name) || (isHypermodel(network) ? name in network.params : name in own);
    if (known) continue;
    throw new VernierError("invalid-argument", `"${name}": expected a setting of the network or of its training`);
  }
  const searched = Object.entries({ ...trainingSpace(), ...own, ...space });
  const isFixed = (node: unknown): boolean => typeof node !== "object" || node === null;
  return {
    space: Object.fromEntries(searched.filter(([name, node]) => !isFixed(node) && !(name in training))),
    fixed: { ...Object.fromEntries(searched.filter(([, node]) => isFixed(node))), ...training },
  };
}
