import type { LiveTrial } from "../../study/live-trial.ts";
import { TrialPruned } from "../../study/objective.ts";
import type { EpochReport } from "../training/epoch-report.ts";
import type { Backend } from "../backend/load-backend.ts";
import { networkBuilder, trainingOf } from "./network-builder.ts";
import type { NetworkTask, Settings } from "./network-task.ts";
import { type Evaluation, goOn, trainOnFold } from "./train-on-fold.ts";
import { trialPlan } from "./trial-plan.ts";

/** The user attribute of a trial that says after how many epochs its network was best. */
export const epochsAttr = "epochs";

/** A network is trained for each trial, or one for each fold. */
export async function networkObjective(
  task: NetworkTask,
  backend: Backend,
): Promise<(params: Settings, trial: LiveTrial) => Promise<number>> {
  const build = await networkBuilder(task.network, backend);
  const evaluate = task.maxEpochs !== null ? onRung : task.folds.length === 1 ? onOneFold : onFolds;
  return async (params, trial) => {
    await backend.revive();
    return evaluate({ task, backend, build, trial }, params);
  };
}

/** Each epoch's validation value is a report, by which the study's pruner judges. */
async function onOneFold(evaluation: Evaluation, params: Settings): Promise<number> {
  const { task, trial } = evaluation;
  const { settings, key } = trialPlan(task, params, trial);
  const { epochs } = trainingOf(settings);
  let pruned = false;
  const onEpoch = async (each: EpochReport): Promise<boolean> => {
    trial.report(valueOf(task, each), each.epoch);
    pruned = each.epoch < epochs - 1 && (await trial.shouldPrune());
    return !pruned;
  };
  const report =
    task.checkpointEvery === null
      ? await trainOnFold(evaluation, settings, 0, key, { onEpoch })
      : await goOn(evaluation, settings, key, { onEpoch, keeps: false });
  if (pruned) throw new TrialPruned();
  trial.setUserAttr(epochsAttr, report.epoch + 1);
  return valueOf(task, report);
}

/** One fold after the other; the mean of those that are done is a report. */
async function onFolds(evaluation: Evaluation, params: Settings): Promise<number> {
  const { task, trial } = evaluation;
  const { settings, key } = trialPlan(task, params, trial);
  let [sum, epochs] = [0, 0];
  for (const fold of task.folds.keys()) {
    const report = await trainOnFold(evaluation, settings, fold, key);
    sum += valueOf(task, report);
    epochs += report.epoch + 1;
    trial.report(sum / (fold + 1), fold);
    if (fold < task.folds.length - 1 && (await trial.shouldPrune())) throw new TrialPruned();
  }
  trial.setUserAttr(epochsAttr, Math.ceil(epochs / task.folds.length));
  return sum / task.folds.length;
}

/**
 * Goes on from where the configuration came to on the rung below, if its checkpoint is there, else from the beginning, to the
 * same weights. Its random numbers are those of the trial that tried it first.
 */
async function onRung(evaluation: Evaluation, params: Settings): Promise<number> {
  const { task, trial } = evaluation;
  const { settings, key, rung } = trialPlan(task, params, trial);
  const lastEpoch = rung as number;
  const report = await goOn(evaluation, settings, key, {
    lastEpoch,
    onEpoch: (each) => trial.report(valueOf(task, each), each.epoch),
    keeps: lastEpoch < (task.maxEpochs as number),
  });
  trial.setUserAttr(epochsAttr, report.epoch + 1);
  return valueOf(task, report);
}

function valueOf({ scoring }: NetworkTask, { valLoss, valScore }: EpochReport): number {
  return scoring === "loss" ? -(valLoss as number) : (valScore as number);
}
