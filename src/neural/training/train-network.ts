import type { LayersModel } from "@tensorflow/tfjs-layers";
import { expectInteger, VernierError } from "../../core/errors.ts";
import type { EpochReport } from "./epoch-report.ts";
import type { NetworkShape } from "../networks/hypermodel.ts";
import type { NetworkRows } from "../data/network-data.ts";
import { explained } from "../backend/gpu-device.ts";
import type { TensorFlow } from "../backend/tensorflow.ts";
import { startTraining, type Training } from "./training.ts";
import type { TrainingJob } from "./training-job.ts";
import { type TrainingOptions, trainingOptions } from "./training-options.ts";

export interface TrainNetworkOptions extends Partial<TrainingOptions> {
  /** Of the shuffles, the dropout and the augmentation; default 0. */
  readonly seed?: number;
  /** Default 0. */
  readonly trial?: number;
  /** What the validation loss and score are of; `patience` needs it. */
  readonly validation?: NetworkRows;
  /** Called after each epoch; false ends the training. */
  readonly onEpoch?: (report: EpochReport) => void | boolean | Promise<void | boolean>;
  /** Epochs after which to end, of a schedule made for `epochs`, >= 1; default `epochs`. */
  readonly lastEpoch?: number;
  /**
   * A checkpoint to go on from, in a model built as that one was: weights, reports and result are then, to the bit, those of
   * a training that was never interrupted. `onEpoch` is first given the reports of the epochs that are done, so that it sees
   * one whole learning curve; what it answers counts from the last of them on. Where nothing is left to be trained, the
   * checkpoint's weights and report are the result.
   */
  readonly resume?: Uint8Array;
  /**
   * Given a checkpoint, and how many epochs are done, after `onEpoch`: when the training ends, for whatever reason but an
   * error, and before that after every `checkpointEvery` epochs.
   */
  readonly onCheckpoint?: (checkpoint: Uint8Array, epochs: number) => void | Promise<void>;
  /** Epochs, >= 1; default null: one checkpoint, at the end. */
  readonly checkpointEvery?: number | null;
}

/**
 * Trains a model, whose last layer gives logits or a number, on rows; answers the report of the epoch whose weights it has
 * at the end. On "wasm" the weights are the same bits in every runtime. Throws "invalid-argument" for options out of
 * range, "invalid-data" for a `resume` that is no checkpoint, "invalid-argument" for one of another network, other settings,
 * another seed, backend or number of rows (whether the rows are the same is not checked), "numerical-failure" when the loss
 * is no longer finite, "unsupported" where memory ends, and "worker-failed" when WebGPU loses its device.
 */
export async function trainNetwork(
  tf: TensorFlow,
  model: LayersModel,
  rows: NetworkRows,
  shape: NetworkShape,
  settings: TrainNetworkOptions = {},
): Promise<EpochReport> {
  const { seed = 0, trial = 0, validation = null, resume = null, ...rest } = settings;
  const { lastEpoch, onEpoch, onCheckpoint, checkpointEvery = null, ...given } = rest;
  const options = trainingOptions(given);
  const epochs = Math.min(expectInteger("lastEpoch", lastEpoch ?? options.epochs, 1), options.epochs);
  if (checkpointEvery !== null) expectInteger("checkpointEvery", checkpointEvery, 1);
  const job: TrainingJob = { tf, model, rows, validation, shape, options, key: { seed, trial } };
  checkFit(job);
  const training = await startTraining(job, resume);
  try {
    let ended = await replay(training, onEpoch);
    while (!ended && !training.isOver() && training.reports.length < epochs) {
      const report = await training.advance();
      ended = (await onEpoch?.(report)) === false;
      const done = training.reports.length;
      const isLast = ended || training.isOver() || done >= epochs;
      if (!isLast && checkpointEvery !== null && done % checkpointEvery === 0) {
        await onCheckpoint?.(await training.checkpoint(), done);
      }
    }
    await onCheckpoint?.(await training.checkpoint(), training.reports.length);
    return training.finish();
  } catch (error) {
    throw await explained(tf, error);
  } finally {
    training.dispose();
  }
}

/** Hands on the reports of epochs that are done; whether the last of them is to be the end. */
async function replay({ reports }: Training, onEpoch: TrainNetworkOptions["onEpoch"]): Promise<boolean> {
  let ended = false;
  for (const report of reports) ended = (await onEpoch?.(report)) === false;
  return ended;
}

function checkFit({ options, shape, validation }: TrainingJob): void {
  const refuse = (name: string, expected: string): never => {
    throw new VernierError("invalid-argument", `"${name}": expected ${expected}`);
  };
  if (options.patience !== null && validation === null) refuse("patience", "null without validation rows, got one");
  if (options.augment !== null && shape.input.kind !== "image") refuse("augment", `null for ${shape.input.kind} input`);
  if (shape.task === "classification") return;
  if (options.labelSmoothing > 0) refuse("labelSmoothing", "0 for a regression");
  if (options.classWeight !== null) refuse("classWeight", "null for a regression");
}
