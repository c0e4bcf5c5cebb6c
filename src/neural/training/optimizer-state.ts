import type { Optimizer, Tensor, Variable } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../backend/tensorflow.ts";

// TensorFlow.js's Adam multiplies powers of its decays up step by step, and would restore them by `pow`, to other bits.
interface Powers {
  readonly accBeta1?: Variable;
  readonly accBeta2?: Variable;
}

function powersOf(optimizer: Optimizer): Variable[] {
  const { accBeta1, accBeta2 } = optimizer as unknown as Powers;
  return [accBeta1, accBeta2].filter((power) => power !== undefined);
}

/** What an optimizer has counted and accumulated in its steps, in tensors of the caller's. */
export async function optimizerState(tf: TensorFlow, optimizer: Optimizer): Promise<Tensor[]> {
  const [steps, ...accumulators] = (await optimizer.getWeights()).map(({ tensor }) => tensor);
  return [steps as Tensor, ...[...powersOf(optimizer), ...accumulators].map((tensor) => tf.clone(tensor as Tensor))];
}

/** Lets an optimizer of the same kind go on from there. */
export async function restoreOptimizer(optimizer: Optimizer, state: readonly Tensor[]): Promise<void> {
  const powers = powersOf(optimizer);
  const [steps, ...rest] = state;
  const weights = [steps as Tensor, ...rest.slice(powers.length)];
  await optimizer.setWeights(weights.map((tensor, k) => ({ name: `${k}`, tensor })));
  powers.forEach((power, k) => power.assign(rest[k] as Tensor));
}
