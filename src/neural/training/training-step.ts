import type { Optimizer, Scalar, Tensor, Variable } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { adam } from "./adam.ts";
import { optimizerState, restoreOptimizer } from "./optimizer-state.ts";
import type { TensorFlow } from "../backend/tensorflow.ts";
import { tidyStep } from "./tidy-step.ts";
import type { TrainingOptions } from "./training-options.ts";

/** Moves a model's weights down the gradient of a loss. */
export interface Descent {
  /** One step at this learning rate; the loss before it, a tensor of the caller's. */
  step(loss: () => Scalar, rate: number): Scalar;
  /** What the steps so far leave to the next, in tensors of the caller's. */
  state(): Promise<Tensor[]>;
  /** Goes on from such a state. */
  restore(state: readonly Tensor[]): Promise<void>;
  dispose(): void;
}

export function descent(tf: TensorFlow, model: LayersModel, options: TrainingOptions): Descent {
  const optimizer = optimizerOf(tf, options);
  const variables = model.trainableWeights.map((weight) => weight.read() as Variable);
  // Biases, and the scales and shifts of normalizations, are vectors.
  const decays = (variable: Variable): boolean => options.weightDecay > 0 && variable.rank > 1;
  const apart = options.optimizer === "adamw";
  return {
    step: (loss, rate) =>
      tidyStep(tf, () => {
        const { value, grads } = tf.variableGrads(loss, variables);
        let gradients = variables.map((variable) => grads[variable.name] as Tensor);
        if (options.clipNorm !== null) gradients = clipped(tf, gradients, options.clipNorm);
        if (!apart) {
          gradients = gradients.map((gradient, k) => {
            const variable = variables[k] as Variable;
            return decays(variable) ? tf.add(gradient, tf.mul(variable, options.weightDecay)) : gradient;
          });
        } else {
          for (const variable of variables.filter(decays)) {
            variable.assign(tf.mul(variable, 1 - rate * options.weightDecay));
          }
        }
        setRate(optimizer, rate);
        optimizer.applyGradients(variables.map(({ name }, k) => ({ name, tensor: gradients[k] as Tensor })));
        return value;
      }),
    state: () => optimizerState(tf, optimizer),
    restore: (state) => restoreOptimizer(optimizer, state),
    dispose() {
      optimizer.dispose();
      // The rate as a tensor, which TensorFlow.js's momentum forgets.
      (optimizer as unknown as { readonly c?: Tensor }).c?.dispose();
    },
  };
}

function optimizerOf(tf: TensorFlow, { optimizer, learningRate }: TrainingOptions): Optimizer {
  if (optimizer === "sgd") return tf.train.sgd(learningRate);
  if (optimizer === "momentum") return tf.train.momentum(learningRate, 0.9);
  if (optimizer === "rmsprop") return tf.train.rmsprop(learningRate, 0.9);
  return adam(tf, { learningRate });
}

// Some of TensorFlow.js's optimizers keep the rate as a tensor, too.
function setRate(optimizer: Optimizer, rate: number): void {
  const changing = optimizer as unknown as { learningRate: number; setLearningRate?: (rate: number) => void };
  if (changing.learningRate === rate) return;
  if (changing.setLearningRate === undefined) changing.learningRate = rate;
  else changing.setLearningRate(rate);
}

function clipped(tf: TensorFlow, gradients: readonly Tensor[], clipNorm: number): Tensor[] {
  const norm = tf.sqrt(tf.addN(gradients.map((gradient) => tf.sum(tf.square(gradient)))));
  const factor = tf.div(clipNorm, tf.maximum(norm, clipNorm));
  return gradients.map((gradient) => tf.mul(gradient, factor));
}
