import type { Scalar, Tensor } from "@tensorflow/tfjs-core";
import { defaultCore } from "../../wasm/default-core.ts";
import { permutation, uniforms } from "../../wasm/random.ts";
import { augmentImages, drawsOfImage } from "./augment-images.ts";
import { inputTensor, targetTensor } from "./batch.ts";
import { rowLosses } from "./evaluate-network.ts";
import { type NetworkRows, takeNetworkRows } from "../data/network-data.ts";
import { scheduleFactor } from "./schedule.ts";
import type { TrainingJob } from "./training-job.ts";
import type { Descent } from "./training-step.ts";
import { withRandom } from "../networks/weight-seeds.ts";

/** What steps are taken with. */
export interface StepTools {
  readonly descent: Descent;
  /** The generator of dropout. */
  readonly random: () => number;
  /** Awaited between steps. */
  readonly turn: () => Promise<void>;
}

/** Goes over the training rows once, in the epoch's own order; the mean of their losses, each as it was trained on. */
export async function trainEpoch(job: TrainingJob, epoch: number, tools: StepTools): Promise<number> {
  const { rows, options, key } = job;
  const { batchSize } = options;
  const steps = Math.ceil(rows.rows / batchSize);
  const order = permutation(defaultCore(), { ...key, purpose: `shuffle/${epoch}` }, rows.rows);
  const weights = classWeights(job);
  const losses: [Scalar, number][] = [];
  try {
    for (let step = 0; step < steps; step++) {
      const batch = takeNetworkRows(rows, order.subarray(step * batchSize, (step + 1) * batchSize));
      const inputs = augmented(job, batch, `augment/${epoch}/${step}`);
      const rate = learningRate(job, epoch * steps + step, steps * options.epochs);
      losses.push([trainStep(job, { ...batch, inputs }, weights, rate, tools), batch.rows]);
      await tools.turn();
    }
    let sum = 0;
    for (const [loss, count] of losses) sum += ((await loss.data())[0] as number) * count;
    return sum / rows.rows;
  } finally {
    for (const [loss] of losses) loss.dispose();
  }
}

/** One step down the gradient of a batch's mean loss, which it answers, a tensor of the caller's. */
function trainStep(
  { tf, model, shape, options }: TrainingJob,
  batch: NetworkRows,
  weights: Float64Array | null,
  rate: number,
  { descent, random }: StepTools,
): Scalar {
  return withRandom(random, () =>
    tf.tidy(() => {
      const x = inputTensor(tf, batch.inputs, shape);
      const y = targetTensor(tf, batch.targets, shape, options.labelSmoothing);
      const counts =
        weights === null ? null : tf.tensor1d(Float32Array.from(batch.targets, (code) => weights[code] as number));
      return descent.step(() => {
        const losses = rowLosses(tf, shape, y, model.apply(x, { training: true }) as Tensor);
        return tf.mean(counts === null ? losses : tf.mul(losses, counts)) as Scalar;
      }, rate);
    }),
  );
}

function learningRate({ options }: TrainingJob, step: number, steps: number): number {
  const factor = scheduleFactor(options.schedule, step, steps, Math.floor(options.warmup * steps));
  return options.learningRate * factor;
}

function classWeights({ rows, shape: { outputs }, options }: TrainingJob): Float64Array | null {
  if (options.classWeight === null) return null;
  const counts = new Float64Array(outputs);
  rows.targets.forEach((code) => {
    counts[code] = (counts[code] as number) + 1;
  });
  return counts.map((count) => (count === 0 ? 0 : rows.rows / (outputs * count)));
}

function augmented(
  { shape: { input }, options: { augment }, key }: TrainingJob,
  { inputs, rows }: NetworkRows,
  purpose: string,
): Float32Array {
  if (augment === null || input.kind !== "image") return inputs;
  const draws = uniforms(defaultCore(), { ...key, purpose }, drawsOfImage(augment) * rows);
  return augmentImages(inputs, input, augment, draws);
}
