import { VernierError } from "../../core/errors.ts";
import type { Fold } from "../../selection/fold.ts";
import type { LiveTrial } from "../../study/live-trial.ts";
import type { EpochReport } from "../training/epoch-report.ts";
import type { Backend } from "../backend/load-backend.ts";
import { shapeOfTraining, takeNetworkRows } from "../data/network-data.ts";
import { trainNetwork, type TrainNetworkOptions } from "../training/train-network.ts";
import type { TrialKey } from "../networks/weight-seeds.ts";
import { type NetworkBuilder, trainingOf } from "./network-builder.ts";
import type { NetworkTask, Settings } from "./network-task.ts";

/** A trial of a task, as it is evaluated. */
export interface Evaluation {
  readonly task: NetworkTask;
  readonly backend: Backend;
  readonly build: NetworkBuilder;
  readonly trial: LiveTrial;
}

/** Trains a new network on one side of a fold and validates it on the other; what it ended with. */
export async function trainOnFold(
  { task, backend, build, trial }: Evaluation,
  settings: Settings,
  fold: number,
  key: TrialKey,
  { onEpoch, ...options }: TrainNetworkOptions = {},
): Promise<EpochReport> {
  const { train, test } = task.folds[fold] as Fold;
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

interface GoOnOptions extends Pick<TrainNetworkOptions, "lastEpoch" | "onEpoch"> {
  /** Whether the checkpoint of the end is kept, for a trial that is to go on from there. */
  readonly keeps: boolean;
}

/**
 * Trains on the first fold, from the checkpoint of the key's trial where there is one, else from the beginning, to the same
 * weights.
 */
export async function goOn(
  evaluation: Evaluation,
  settings: Settings,
  key: TrialKey,
  { keeps, ...options }: GoOnOptions,
): Promise<EpochReport> {
  const { trial, task } = evaluation;
  const { checkpoints } = trial;
  const name = `${task.checkpointPrefix} network of trial ${key.trial}`;
  const train = (resume: Uint8Array | null): Promise<EpochReport> =>
    trainOnFold(evaluation, settings, 0, key, {
      ...options,
      ...(resume === null ? {} : { resume }),
      checkpointEvery: task.checkpointEvery,
      onCheckpoint: (checkpoint) => checkpoints.set(name, checkpoint),
    });
  const checkpoint = await checkpoints.get(name);
  const report = await train(checkpoint).catch((error: unknown) => {
    // One that is refused is as good as none; where the settings are to blame, they are refused again.
    if (checkpoint !== null && isRefusal(error)) return train(null);
    throw error;
  });
  if (!keeps) await checkpoints.delete(name);
  return report;
}

function isRefusal(error: unknown): boolean {
  return error instanceof VernierError && (error.code === "invalid-data" || error.code === "invalid-argument");
}
