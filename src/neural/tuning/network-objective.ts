import { VernierError } from "../../core/errors.ts";
import type { LiveTrial } from "../../study/live-trial.ts";
import { TrialPruned } from "../../study/objective.ts";
import type { EpochReport } from "../epoch-report.ts";
import type { Backend } from "../load-backend.ts";
import { shapeOfTraining, takeNetworkRows } from "../network-data.ts";
import { trainNetwork, type TrainNetworkOptions } from "../train-network.ts";
import type { TrialKey } from "../weight-seeds.ts";
import { type NetworkBuilder, networkBuilder, trainingOf } from "./network-builder.ts";
import type { NetworkTask, Settings } from "./network-task.ts";
import { rungOf } from "./promotion-rungs.ts";

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

interface Evaluation {
  readonly task: NetworkTask;
  readonly backend: Backend;
  readonly build: NetworkBuilder;
  readonly trial: LiveTrial;
}

/** Each epoch's validation value is a report, by which the study's pruner judges. */
async function onOneFold(evaluation: Evaluation, params: Settings): Promise<number> {
  const { task, trial } = evaluation;
  const settings = { ...task.fixed, ...params };
  const { epochs } = trainingOf(settings);
  let pruned = false;
  const report = await trainOnFold(evaluation, settings, 0, keyOf(trial), {
    async onEpoch(each) {
      trial.report(valueOf(task, each), each.epoch);
      pruned = each.epoch < epochs - 1 && (await trial.shouldPrune());
      return !pruned;
    },
  });
  if (pruned) throw new TrialPruned();
  trial.setUserAttr(epochsAttr, report.epoch + 1);
  return valueOf(task, report);
}

/** One fold after the other; the mean of those that are done is a report. */
async function onFolds(evaluation: Evaluation, params: Settings): Promise<number> {
  const { task, trial } = evaluation;
  const settings = { ...task.fixed, ...params };
  let [sum, epochs] = [0, 0];
  for (const fold of task.folds.keys()) {
    const report = await trainOnFold(evaluation, settings, fold, keyOf(trial));
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
  const { epochs, first, configuration } = rungOf(params, trial.number);
  const settings = { ...task.fixed, ...configuration, epochs: task.maxEpochs };
  const name = `network of trial ${first}`;
  const options = (resume: Uint8Array | null): TrainNetworkOptions => ({
    lastEpoch: epochs,
    ...(resume === null ? {} : { resume }),
    onEpoch: (each) => trial.report(valueOf(task, each), each.epoch),
    async onCheckpoint(checkpoint) {
      if (epochs === task.maxEpochs) await trial.checkpoints.delete(name);
      else await trial.checkpoints.set(name, checkpoint);
    },
  });
  const key = { seed: trial.seed, trial: first };
  const train = (resume: Uint8Array | null): Promise<EpochReport> =>
    trainOnFold(evaluation, settings, 0, key, options(resume));
  const checkpoint = await trial.checkpoints.get(name);
  const report = await train(checkpoint).catch((error: unknown) => {
    // Bytes that are not what was kept are as good as none; a second report of an epoch is ignored.
    if (checkpoint !== null && error instanceof VernierError && error.message.startsWith('"resume"'))
      return train(null);
    throw error;
  });
  trial.setUserAttr(epochsAttr, report.epoch + 1);
  return valueOf(task, report);
}

async function trainOnFold(
  { task, backend, build, trial }: Evaluation,
  settings: Settings,
  fold: number,
  key: TrialKey,
  { onEpoch, ...options }: TrainNetworkOptions = {},
): Promise<EpochReport> {
  const { train, test } = task.folds[fold] as NetworkTask["folds"][number];
  const rows = takeNetworkRows(task.rows, train);
  const shape = shapeOfTraining(task.shape, rows);
  const model = build(settings, shape, key);
  try {
    return await trainNetwork(backend.tf, model, rows, shape, {
      ...trainingOf(settings),
      ...key,
      ...options,
      validation: takeNetworkRows(task.rows, test),
      onEpoch(report) {
        if (trial.signal.aborted) throw Object.assign(new Error("the search was aborted"), { name: "AbortError" });
        return onEpoch?.(report);
      },
    });
  } finally {
    model.dispose();
  }
}

function keyOf({ seed, number }: LiveTrial): TrialKey {
  return { seed, trial: number };
}

function valueOf({ scoring }: NetworkTask, { valLoss, valScore }: EpochReport): number {
  return scoring === "loss" ? -(valLoss as number) : (valScore as number);
}
