import { firstTrial } from "../../samplers/promotion.ts";
import type { TrialKey } from "../networks/weight-seeds.ts";
import type { NetworkTask, Settings } from "./network-task.ts";

/** What a trial's number and parameters say of its training. */
export interface TrialPlan {
  readonly settings: Settings;
  /** Whose random numbers: a promoted trial's are those of the one that tried its configuration first. */
  readonly key: TrialKey;
  /** Epochs of the trial's rung; null where trials are not promoted. */
  readonly rung: number | null;
}

/** Learning rate schedules of promoted trials are made for the last rung's epochs, of which a trial trains its rung's. */
export function trialPlan(
  { fixed, maxEpochs }: Pick<NetworkTask, "fixed" | "maxEpochs">,
  params: Settings,
  { seed, number }: { readonly seed: number; readonly number: number },
): TrialPlan {
  if (maxEpochs === null) return { settings: { ...fixed, ...params }, key: { seed, trial: number }, rung: null };
  const { epochs, origin, ...configuration } = params;
  return {
    settings: { ...fixed, ...configuration, epochs: maxEpochs },
    key: { seed, trial: firstTrial(number, origin as number) },
    rung: epochs as number,
  };
}
