import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import type { EpochReport } from "./epoch-report.ts";
import type { TrainingJob } from "./training-job.ts";

/** An epoch and the weights that the model had after it. */
export interface KeptEpoch {
  readonly report: EpochReport;
  readonly weights: readonly Tensor[];
}

/** Keeps the weights of the epoch with the lowest validation loss, the first of equals; with `patience` alone. */
export interface BestEpoch {
  kept(): KeptEpoch | null;
  /** Keeps the model's weights if this epoch, its last, is better than the one kept. */
  consider(report: EpochReport): void;
  /** Whether this epoch is the last that patience allows. */
  isOver(report: EpochReport): boolean;
  dispose(): void;
}

/** Takes the tensors of `kept` for its own. */
export function bestEpoch({ tf, model, options: { patience } }: TrainingJob, kept: KeptEpoch | null): BestEpoch {
  let best = kept;
  const forget = (): void => tf.dispose([...(best?.weights ?? [])]);
  return {
    kept: () => best,
    consider(report) {
      if (patience === null) return;
      if (best !== null && !((report.valLoss as number) < (best.report.valLoss as number))) return;
      forget();
      best = { report, weights: weightsOf({ model }).map((weight) => tf.clone(weight)) };
    },
    isOver: ({ epoch }) => patience !== null && best !== null && epoch - best.report.epoch >= patience,
    dispose: forget,
  };
}

/** All weights of the job's model, those that are not trained (moving averages) too. */
export function weightsOf({ model }: Pick<TrainingJob, "model">): Variable[] {
  return model.weights.map((weight) => weight.read() as Variable);
}

/** Gives the job's model these weights. */
export function assignWeights(job: Pick<TrainingJob, "model">, weights: readonly Tensor[]): void {
  weightsOf(job).forEach((weight, k) => weight.assign(weights[k] as Tensor));
}
