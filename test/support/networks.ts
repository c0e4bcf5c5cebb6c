import type { AdamOptimizer, Tensor } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { purposeHash } from "../../src/core/key.ts";
import type { Backend } from "../../src/neural/index.ts";
import {
  type Hypermodel,
  loadBackend,
  type NetworkShape,
  softmaxCrossEntropy,
  type TensorFlow,
} from "../../src/neural/index.ts";
import { defaultCore } from "../../src/wasm/default-core.ts";
import { uniforms } from "../../src/wasm/random.ts";

/** Seeds of weights by name. */
export const seedOf = (name: string): number => 1 + purposeHash(name);

export const tokenShape = (length: number, vocabulary: number, outputs: number = 2): NetworkShape => ({
  input: { kind: "tokens", length, vocabulary },
  outputs,
  task: "classification",
});

export const sequenceShape = (length: number, features: number, outputs: number = 2): NetworkShape => ({
  input: { kind: "sequence", length, features },
  outputs,
  task: "classification",
});

export async function buildOn({ tf, layers }: Backend, model: Hypermodel, shape: NetworkShape): Promise<LayersModel> {
  return model.build({ tf, layers: await layers(), shape, seedOf });
}

/** Numbers in [0, 1), keyed by what they are for. */
export const numbers = (purpose: string, count: number): Float64Array =>
  uniforms(defaultCore(), { seed: 1, trial: 0, purpose }, count);

/** `n` rows for a shape: numbers in [-1, 1), or tokens from 1 and, at the end of every second row, three of padding. */
export function rowsFor(tf: TensorFlow, { input }: NetworkShape, n: number): Tensor {
  if (input.kind === "sequence") {
    const values = numbers("rows", n * input.length * input.features);
    return tf.tensor3d(
      Float32Array.from(values, (u) => 2 * u - 1),
      [n, input.length, input.features],
    );
  }
  if (input.kind !== "tokens") throw new Error(`expected a sequence, got ${input.kind}`);
  const { length, vocabulary } = input;
  const tokens = Int32Array.from(numbers("rows", n * length), (u, i) => {
    const isPadding = Math.floor(i / length) % 2 === 1 && i % length >= length - 3;
    return isPadding ? 0 : 1 + Math.floor(u * (vocabulary - 1));
  });
  return tf.tensor2d(tokens, [n, length], "int32");
}

/** One-hot labels [n, classes], each class in turn. */
export const labelsFor = (tf: TensorFlow, n: number, classes: number = 2): Tensor =>
  tf.oneHot(
    Int32Array.from({ length: n }, (_, i) => i % classes),
    classes,
  );

export const lossOf = (tf: TensorFlow, model: LayersModel, x: Tensor, y: Tensor, training: boolean = true): Tensor =>
  tf.mean(softmaxCrossEntropy(tf, y, model.apply(x, { training }) as Tensor));

/** The losses of `steps` steps on one batch. */
export function fitBatch(
  tf: TensorFlow,
  model: LayersModel,
  x: Tensor,
  y: Tensor,
  steps: number,
  optimizer: AdamOptimizer,
): number[] {
  return Array.from({ length: steps }, () => {
    const cost = optimizer.minimize(() => lossOf(tf, model, x, y) as never, true) as Tensor;
    const [loss] = cost.dataSync();
    cost.dispose();
    return loss as number;
  });
}

/** The logits and the gradient of every weight by name on a backend; dropout is off. */
export async function gradientsOn(
  name: "cpu" | "wasm",
  model: Hypermodel,
  shape: NetworkShape,
): Promise<Record<string, number[]>> {
  const backend = await loadBackend(name);
  const { tf } = backend;
  const network = await buildOn(backend, model, shape);
  const found: Record<string, number[]> = {};
  tf.tidy(() => {
    const x = rowsFor(tf, shape, 6);
    const y = labelsFor(tf, 6, shape.outputs);
    found["logits"] = Array.from((network.apply(x) as Tensor).dataSync());
    const variables = network.trainableWeights.map((weight) => (weight as unknown as { val: never }).val);
    const { grads } = tf.variableGrads(() => lossOf(tf, network, x, y, false) as never, variables);
    // Names of variables get a suffix when a second network is built.
    network.trainableWeights.forEach((weight) => {
      found[weight.originalName] = Array.from((grads[weight.name] as Tensor).dataSync());
    });
  });
  network.dispose();
  return found;
}

/** The largest difference of two arrays of numbers, in parts of the largest magnitude. */
export function distance(found: readonly number[], expected: readonly number[]): number {
  const scale = Math.max(...expected.map(Math.abs), 1e-6);
  const worst = Math.max(...found.map((value, i) => Math.abs(value - (expected[i] as number))));
  return found.length === expected.length ? worst / scale : Number.NaN;
}
