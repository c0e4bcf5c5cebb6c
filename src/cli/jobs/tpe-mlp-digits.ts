import { float, int } from "../../core/space.ts";
import { digits } from "../../datasets/digits.ts";
import { mlp, tuneNetwork } from "../../neural.ts";
import { median } from "../../pruners/median.ts";
import { tpe } from "../../samplers/tpe.ts";
import type { Fold } from "../../selection/fold.ts";
import { stratifiedKFold } from "../../selection/stratified-k-fold.ts";
import type { Job } from "../job.ts";
import { networkFound } from "../network-found.ts";

const network = { layers: 1, units: 32, activation: "relu", dropout: 0, batchNorm: false } as const;

export const tpeMlpDigits: Job = {
  name: "tpe-mlp-digits",
  title: "TPE with median pruning: MLP of 32 units on digits, log learning rate and batch size, 1 of 5 folds held out",
  trials: 100,
  packages: ["@tensorflow/tfjs-core", "@tensorflow/tfjs-layers", "@tensorflow/tfjs-backend-wasm"],
  async run(options) {
    const { X, y } = digits();
    const pixels = { ...X, data: X.data.map((value) => value / 16) };
    const [fold] = stratifiedKFold({ splits: 5 }).split(y);
    const tuned = await tuneNetwork(mlp, pixels, y, {
      ...options,
      validation: fold as Fold,
      space: { ...network, learningRate: float(1e-3, 1, { log: true }), batchSize: int(32, 128) },
      training: { epochs: 10, optimizer: "adam" },
      sampler: tpe(),
      pruner: median(),
      trials: 100,
      refit: false,
    });
    return networkFound(tuned);
  },
};
