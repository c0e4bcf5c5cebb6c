import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../backend/tensorflow.ts";

export const cellNames = ["lstm", "gru"] as const;

export type CellName = (typeof cellNames)[number];

interface CellWeights {
  /** Of the state [directions, units, gates units]. */
  readonly kernel: Tensor;
  /** [directions, 1, units]; null for a cell without. */
  readonly recurrentBias: Tensor | null;
}

interface Cell {
  readonly gates: number;
  /** Which of the gates begins open, with a bias of 1; null: none. */
  readonly openGate: number | null;
  readonly hasRecurrentBias: boolean;
  /** States before the first step; the first of them is the output. */
  start(tf: TensorFlow, shape: [number, number, number]): Tensor[];
  /** States after a step; x [directions, n, gates units] is its input times the kernel, with the bias. */
  step(tf: TensorFlow, x: Tensor, states: readonly Tensor[], weights: CellWeights): Tensor[];
}

// Jozefowicz et al. (2015): one that begins by remembering learns long spans, hence the open forget gate.
const lstm: Cell = {
  gates: 4,
  openGate: 1,
  hasRecurrentBias: false,
  start: (tf, shape) => [tf.zeros(shape), tf.zeros(shape)],
  step(tf, x, [h, c], { kernel }) {
    const units = (c as Tensor).shape[2] as number;
    const [gates, fresh] = tf.split(tf.add(x, tf.matMul(h as Tensor, kernel)), [3 * units, units], 2);
    const [input, forget, output] = tf.split(tf.sigmoid(gates as Tensor), 3, 2) as [Tensor, Tensor, Tensor];
    const carry = tf.add(tf.mul(forget, c as Tensor), tf.mul(input, tf.tanh(fresh as Tensor)));
    return [tf.mul(output, tf.tanh(carry)), carry];
  },
};

// Cho et al. (2014) with the reset after the product, as cuDNN has it: one product a step.
const gru: Cell = {
  gates: 3,
  openGate: null,
  hasRecurrentBias: true,
  start: (tf, shape) => [tf.zeros(shape)],
  step(tf, x, [h], { kernel, recurrentBias }) {
    const units = (h as Tensor).shape[2] as number;
    const sizes = [2 * units, units];
    const [xGates, xFresh] = tf.split(x, sizes, 2) as [Tensor, Tensor];
    const [hGates, hFresh] = tf.split(tf.matMul(h as Tensor, kernel), sizes, 2) as [Tensor, Tensor];
    const [update, reset] = tf.split(tf.sigmoid(tf.add(xGates, hGates)), 2, 2) as [Tensor, Tensor];
    const fresh = tf.tanh(tf.add(xFresh, tf.mul(reset, tf.add(hFresh, recurrentBias as Tensor))));
    return [tf.add(fresh, tf.mul(update, tf.sub(h as Tensor, fresh)))];
  },
};

export const cells: Readonly<Record<CellName, Cell>> = { lstm, gru };
