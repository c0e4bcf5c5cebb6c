import { expectInteger, expectNumber, expectOneOf, show, VernierError } from "../../core/errors.ts";
import { float, int, type Space } from "../../core/space.ts";
import { checkClassWeight, type ClassWeight } from "../../models/class-weight.ts";
import { mergeParams } from "../../models/merge-params.ts";
import { type Schedule, schedules } from "./schedule.ts";

export const optimizers = ["sgd", "momentum", "adam", "adamw", "rmsprop"] as const;

export type OptimizerName = (typeof optimizers)[number];

/** Random changes of each training image, drawn anew in every epoch. */
export interface Augmentation {
  /** Pixels that an image is moved by at most, up, down and sideways; what comes in is 0; default 0. */
  readonly shift?: number;
  /** Whether every other image, by chance, is mirrored left to right; default false. */
  readonly flip?: boolean;
  /**
   * Degrees that an image is turned by at most about its centre, either way, each angle equally likely, in [0, 180];
   * interpolated linearly, what comes in is 0; default 0.
   */
  readonly rotate?: number;
}

/** How a network is trained. */
export type TrainingOptions = {
  /** Default "adam". "momentum" has momentum 0.9, "adamw" decays the weights apart from the gradients. */
  readonly optimizer: OptimizerName;
  /** > 0; default 0.001. */
  readonly learningRate: number;
  /** Rows of a step, >= 1; default 32. The last step of an epoch takes what is left. */
  readonly batchSize: number;
  /** Passes over the training rows, >= 1; default 20. */
  readonly epochs: number;
  /**
   * Of the weights but not of biases and normalizations, >= 0; default 0. With "adamw" each step takes rate x decay of the
   * weight away; with the others decay x weight is added to the gradient.
   */
  readonly weightDecay: number;
  /**
   * Default "constant". "cosine": falls to 0 as half a cosine; "step": a tenth from half of the steps on, a hundredth from
   * three quarters on.
   */
  readonly schedule: Schedule;
  /** Share of all steps in which the learning rate rises from 0, in [0, 1); default 0. */
  readonly warmup: number;
  /** Gradients of a step whose joint norm is larger are scaled down to it, > 0; default null: none are. */
  readonly clipNorm: number | null;
  /** Probability taken from the true class and shared by all, in [0, 1); default 0. */
  readonly labelSmoothing: number;
  /** "balanced": every class counts alike; default null. */
  readonly classWeight: ClassWeight;
  /**
   * Epochs without a lower validation loss after which training ends, >= 1, with the weights of the best epoch; default
   * null: all epochs, and the weights of the last.
   */
  readonly patience: number | null;
  /** Of images alone; default null. */
  readonly augment: Augmentation | null;
};

const defaults: TrainingOptions = {
  optimizer: "adam",
  learningRate: 0.001,
  batchSize: 32,
  epochs: 20,
  weightDecay: 0,
  schedule: "constant",
  warmup: 0,
  clipNorm: null,
  labelSmoothing: 0,
  classWeight: null,
  patience: null,
  augment: null,
};

/** Whether a parameter of this name is one of training's. */
export function isTrainingOption(name: string): boolean {
  return Object.hasOwn(defaults, name);
}

/** What is usually tuned of a training: learning rate 1e-4 to 0.1 (log), batch size 32 to 128 (log). */
export function trainingSpace(): Space {
  return { learningRate: float(1e-4, 1e-1, { log: true }), batchSize: int(32, 128, { log: true }) };
}

/** `base` with `changes`, checked and frozen; throws "invalid-argument" for an unknown name or a value not allowed. */
export function trainingOptions(
  changes: Readonly<Record<string, unknown>>,
  base: TrainingOptions = defaults,
): Readonly<TrainingOptions> {
  const options = mergeParams("training", changes, base);
  const share = (value: number): boolean => value >= 0 && value < 1;
  const positive = (value: number): boolean => value > 0;
  return Object.freeze({
    optimizer: expectOneOf("optimizer", options.optimizer as OptimizerName, optimizers),
    learningRate: expectNumber("learningRate", options.learningRate, "a finite number > 0", positive),
    batchSize: expectInteger("batchSize", options.batchSize, 1, 1_000_000),
    epochs: expectInteger("epochs", options.epochs, 1, 1_000_000),
    weightDecay: expectNumber("weightDecay", options.weightDecay, "a finite number >= 0", (value) => value >= 0),
    schedule: expectOneOf("schedule", options.schedule as Schedule, schedules),
    warmup: expectNumber("warmup", options.warmup, "a number in [0, 1)", share),
    clipNorm:
      options.clipNorm === null
        ? null
        : expectNumber("clipNorm", options.clipNorm, "a finite number > 0, or null", positive),
    labelSmoothing: expectNumber("labelSmoothing", options.labelSmoothing, "a number in [0, 1)", share),
    classWeight: checkClassWeight(options.classWeight),
    patience: options.patience === null ? null : expectInteger("patience", options.patience, 1),
    augment: checkAugmentation(options.augment),
  });
}

function checkAugmentation(augment: unknown): Required<Augmentation> | null {
  if (augment === null) return null;
  if (typeof augment !== "object") {
    throw new VernierError(
      "invalid-argument",
      `"augment": expected { shift, flip, rotate } or null, got ${show(augment)}`,
    );
  }
  const { shift, flip, rotate } = mergeParams("augment", { ...augment }, { shift: 0, flip: false, rotate: 0 });
  return Object.freeze({
    shift: expectInteger("augment.shift", shift, 0, 1024),
    flip: expectOneOf("augment.flip", flip as boolean, [true, false]),
    rotate: expectNumber("augment.rotate", rotate, "degrees from 0 to 180", (value) => value >= 0 && value <= 180),
  });
}
