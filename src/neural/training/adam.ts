import type { AdamOptimizer, NamedTensorMap, Tensor, Variable } from "@tensorflow/tfjs-core";
import { expectNumber } from "../../core/errors.ts";
import type { TensorFlow } from "../backend/tensorflow.ts";

export interface AdamOptions {
  /** Default 0.001. */
  readonly learningRate?: number;
  /** Decay of the first moment, in [0, 1); default 0.9. */
  readonly beta1?: number;
  /** Decay of the second moment, in [0, 1); default 0.999. */
  readonly beta2?: number;
  /** Default 1e-7. */
  readonly epsilon?: number;
}

/**
 * Adam, for `model.compile` and `minimize`: on "wasm" one kernel a variable and step, on other backends TensorFlow.js's own.
 * Throws "invalid-argument" for options out of range.
 */
export function adam(tf: TensorFlow, options: AdamOptions = {}): AdamOptimizer {
  const decay = (value: number): boolean => value >= 0 && value < 1;
  const positive = (value: number): boolean => value > 0;
  const rate = expectNumber("learningRate", options.learningRate ?? 0.001, "a number > 0", positive);
  const beta1 = expectNumber("beta1", options.beta1 ?? 0.9, "a number in [0, 1)", decay);
  const beta2 = expectNumber("beta2", options.beta2 ?? 0.999, "a number in [0, 1)", decay);
  const epsilon = expectNumber("epsilon", options.epsilon ?? 1e-7, "a number > 0", positive);
  return tf.getBackend() === "wasm"
    ? fusedAdam(tf, rate, beta1, beta2, epsilon)
    : tf.train.adam(rate, beta1, beta2, epsilon);
}

// TensorFlow.js's optimizer keeps these private; they stay the place of the moments, so that its weights can be saved.
interface Moments {
  readonly accumulatedFirstMoment: Moment[];
  readonly accumulatedSecondMoment: Moment[];
}

interface Moment {
  readonly originalName: string;
  readonly variable: Variable;
}

type Gradients = Parameters<AdamOptimizer["applyGradients"]>[0];

function fusedAdam(tf: TensorFlow, rate: number, beta1: number, beta2: number, epsilon: number): AdamOptimizer {
  class FusedAdam extends tf.AdamOptimizer {
    override applyGradients(gradients: Gradients): void {
      const named: [string, Tensor | null][] = Array.isArray(gradients)
        ? gradients.map(({ name, tensor }) => [name, tensor])
        : Object.entries(gradients);
      const step = this.iterations + 1;
      const [rest1, rest2] = [1 - power(beta1, step), 1 - power(beta2, step)];
      const attributes = { rate: this.learningRate, beta1, beta2, rest1, rest2, epsilon };
      const { accumulatedFirstMoment, accumulatedSecondMoment } = this as unknown as Moments;
      tf.tidy(() => {
        named.forEach(([name, gradient], i) => {
          const weights = tf.engine().registeredVariables[name] as Variable;
          const moment = (suffix: string): Moment => ({
            originalName: `${name}/${suffix}`,
            variable: tf.variable(tf.zerosLike(weights), false),
          });
          accumulatedFirstMoment[i] ??= moment("m");
          accumulatedSecondMoment[i] ??= moment("v");
          if (gradient === null) return;
          const first = accumulatedFirstMoment[i].variable;
          const second = accumulatedSecondMoment[i].variable;
          const inputs: NamedTensorMap = { weights, first, second, gradient };
          weights.assign(tf.engine().runKernel("VernierAdamStep", inputs, attributes) as Tensor);
        });
      });
      this.incrementIterations();
    }
  }
  return new FusedAdam(rate, beta1, beta2, epsilon);
}

// By squaring: the bits are those of a fixed sequence of products.
function power(base: number, exponent: number): number {
  let result = 1;
  for (let square = base, rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
