import type { Scalar, Tensor, Variable } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { VernierError } from "../core/errors.ts";
import { defaultCore } from "../wasm/default-core.ts";
import { permutation, uniforms } from "../wasm/random.ts";
import { augmentImages } from "./augment-images.ts";
import { inputTensor, targetTensor } from "./batch.ts";
import { evaluateNetwork, rowLosses } from "./evaluate-network.ts";
import type { NetworkShape } from "./hypermodel.ts";
import { type NetworkRows, takeNetworkRows } from "./network-data.ts";
import { scheduleFactor } from "./schedule.ts";
import type { TensorFlow } from "./tensorflow.ts";
import { type TrainingOptions, trainingOptions } from "./training-options.ts";
import { descent } from "./training-step.ts";
import { keyedRandom, type TrialKey, withRandom } from "./weight-seeds.ts";

/** How an epoch ended; without validation rows `valLoss` and `valScore` are null. */
export interface EpochReport {
  /** From 0. */
  readonly epoch: number;
  /** Mean loss of the training rows, each as it was trained on. */
  readonly loss: number;
  readonly valLoss: number | null;
  /** Accuracy, or the coefficient of determination. */
  readonly valScore: number | null;
}

export interface TrainNetworkOptions extends Partial<TrainingOptions> {
  /** Of the shuffles, the dropout and the augmentation; default 0. */
  readonly seed?: number;
  /** Default 0. */
  readonly trial?: number;
  /** What the validation loss and score are of; `patience` needs it. */
  readonly validation?: NetworkRows;
  /** Called after each epoch; false ends the training. */
  readonly onEpoch?: (report: EpochReport) => void | boolean | Promise<void | boolean>;
  /** Epochs after which to end, of a schedule made for `epochs`; default `epochs`. */
  readonly lastEpoch?: number;
}

// A step keeps its thread; after so many milliseconds timers, messages and aborts get their turn.
const PATIENCE = 50;

/**
 * Trains a model, whose last layer gives logits or a number, on rows; answers the report of the epoch whose weights it has
 * at the end. On "wasm" the weights are the same bits in every runtime. Throws "invalid-argument" for options out of
 * range, and "numerical-failure" when the loss is no longer finite.
 */
export async function trainNetwork(
  tf: TensorFlow,
  model: LayersModel,
  rows: NetworkRows,
  shape: NetworkShape,
  settings: TrainNetworkOptions = {},
): Promise<EpochReport> {
  const { seed = 0, trial = 0, validation, onEpoch, lastEpoch, ...given } = settings;
  const options = trainingOptions(given);
  checkFit(options, shape, validation);
  const key = { seed, trial };
  const random = keyedRandom(defaultCore(), key, "dropout");
  const down = descent(tf, model, options);
  const weights = classWeights(rows, shape, options);
  const steps = Math.ceil(rows.rows / options.batchSize);
  const kept = validation !== undefined && options.patience !== null;
  let best: { readonly report: EpochReport; readonly weights: Tensor[] } | null = null;
  let last: EpochReport | null = null;
  let yieldedAt = performance.now();
  try {
    for (let epoch = 0; epoch < Math.min(lastEpoch ?? options.epochs, options.epochs); epoch++) {
      const losses: [Scalar, number][] = [];
      try {
        const order = permutation(defaultCore(), { ...key, purpose: `shuffle/${epoch}` }, rows.rows);
        for (let step = 0; step < steps; step++) {
          const batch = takeNetworkRows(rows, order.subarray(step * options.batchSize, (step + 1) * options.batchSize));
          const inputs = augmented(batch, shape, options, key, `augment/${epoch}/${step}`);
          const all = steps * options.epochs;
          const factor = scheduleFactor(options.schedule, epoch * steps + step, all, Math.floor(options.warmup * all));
          const loss = withRandom(random, () =>
            tf.tidy(() => {
              const x = inputTensor(tf, inputs, shape);
              const y = targetTensor(tf, batch, shape, options.labelSmoothing);
              const counts =
                weights === null
                  ? null
                  : tf.tensor1d(Float32Array.from(batch.targets, (code) => weights[code] as number));
              return down.step(() => {
                const of = rowLosses(tf, shape, y, model.apply(x, { training: true }) as Tensor);
                return tf.mean(counts === null ? of : tf.mul(of, counts)) as Scalar;
              }, options.learningRate * factor);
            }),
          );
          losses.push([loss, batch.rows]);
          if (performance.now() - yieldedAt > PATIENCE) {
            await new Promise<void>((resolve) => void setTimeout(resolve, 0));
            yieldedAt = performance.now();
          }
        }
        last = await reportOf(epoch, losses, rows.rows);
      } finally {
        for (const [loss] of losses) loss.dispose();
      }
      expectFinite("loss", last.loss, epoch, options);
      if (validation !== undefined) {
        const { loss, score } = await evaluateNetwork(tf, model, validation, shape);
        expectFinite("validation loss", loss, epoch, options);
        last = { ...last, valLoss: loss, valScore: score };
      }
      if (kept && (best === null || (last.valLoss as number) < (best.report.valLoss as number))) {
        tf.dispose(best?.weights ?? []);
        best = { report: last, weights: model.weights.map((weight) => tf.clone(weight.read())) };
      }
      if ((await onEpoch?.(last)) === false) break;
      if (best !== null && epoch - best.report.epoch >= (options.patience as number)) break;
    }
    if (best !== null) {
      const { weights: found } = best;
      model.weights.forEach((weight, k) => (weight.read() as Variable).assign(found[k] as Tensor));
    }
    return best?.report ?? (last as EpochReport);
  } finally {
    tf.dispose(best?.weights ?? []);
    down.dispose();
  }
}

async function reportOf(epoch: number, losses: readonly [Scalar, number][], rows: number): Promise<EpochReport> {
  let sum = 0;
  for (const [loss, count] of losses) sum += ((await loss.data())[0] as number) * count;
  return { epoch, loss: sum / rows, valLoss: null, valScore: null };
}

function expectFinite(name: string, value: number, epoch: number, { learningRate }: TrainingOptions): void {
  if (Number.isFinite(value)) return;
  throw new VernierError(
    "numerical-failure",
    `${name} of epoch ${epoch}: expected a finite number, got ${value}; a learning rate below ${learningRate} may help`,
  );
}

function checkFit(options: TrainingOptions, shape: NetworkShape, validation: NetworkRows | undefined): void {
  const refuse = (name: string, expected: string): never => {
    throw new VernierError("invalid-argument", `"${name}": expected ${expected}`);
  };
  if (options.patience !== null && validation === undefined)
    refuse("patience", "null without validation rows, got one");
  if (options.augment !== null && shape.input.kind !== "image") refuse("augment", `null for ${shape.input.kind} input`);
  if (shape.task === "classification") return;
  if (options.labelSmoothing > 0) refuse("labelSmoothing", "0 for a regression");
  if (options.classWeight !== null) refuse("classWeight", "null for a regression");
}

function classWeights(rows: NetworkRows, { outputs }: NetworkShape, options: TrainingOptions): Float64Array | null {
  if (options.classWeight === null) return null;
  const counts = new Float64Array(outputs);
  rows.targets.forEach((code) => {
    counts[code] = (counts[code] as number) + 1;
  });
  return counts.map((count) => (count === 0 ? 0 : rows.rows / (outputs * count)));
}

function augmented(
  { inputs, rows }: NetworkRows,
  { input }: NetworkShape,
  { augment }: TrainingOptions,
  key: TrialKey,
  purpose: string,
): Float32Array {
  if (augment === null || input.kind !== "image") return inputs;
  return augmentImages(inputs, input, augment, uniforms(defaultCore(), { ...key, purpose }, 3 * rows));
}
