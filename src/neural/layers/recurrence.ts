import type { Tensor, Tensor3D } from "@tensorflow/tfjs-core";
import type { RecurrentAttributes } from "../kernels/recurrent.ts";
import type { TensorFlow } from "../backend/tensorflow.ts";
import { cells } from "./recurrent-cells.ts";

export interface RecurrenceInputs {
  /** Inputs times their kernel [n T, directions gates units]. */
  readonly x: Tensor;
  /** [directions, 1, gates units] */
  readonly bias: Tensor;
  /** [directions, units, gates units] */
  readonly kernel: Tensor;
  /** [directions, 1, units]; null for a cell without. */
  readonly recurrentBias: Tensor | null;
  /** 0 and 1 [n, T]; null: nothing is masked. */
  readonly mask: Tensor | null;
}

/**
 * The recurrence over all steps from states of zeros: the states [n, T, directions units] after each step with
 * `sequences`, else those after the last [n, directions units]. The second direction reads backwards; a masked step
 * changes no state. On "wasm" it and its gradient are one kernel each.
 */
export function recurrence(tf: TensorFlow, inputs: RecurrenceInputs, attributes: RecurrentAttributes): Tensor {
  const isFused = Boolean(tf.getKernel("VernierRecurrent", tf.getBackend()));
  return (isFused ? fused : composed)(tf, inputs, attributes);
}

function fused(tf: TensorFlow, inputs: RecurrenceInputs, attributes: RecurrentAttributes): Tensor {
  const { x, bias, kernel, recurrentBias, mask } = inputs;
  const run = (name: string, tensors: Record<string, Tensor>): Tensor[] =>
    tf.engine().runKernel(name, tensors, { ...attributes }) as unknown as Tensor[];
  const parameters = [x, bias, kernel, ...(recurrentBias === null ? [] : [recurrentBias])];
  const over = tf.customGrad((...given) => {
    const save = given.at(-1) as unknown as (tensors: Tensor[]) => void;
    const [x, bias, kernel, recurrentBias] = given.slice(0, -1) as [Tensor, Tensor, Tensor, Tensor?];
    const optional = { ...(recurrentBias && { recurrentBias }), ...(mask && { mask }) };
    const [value, tape] = run("VernierRecurrent", { x, bias, kernel, ...optional }) as [Tensor, Tensor];
    save([kernel, tape, ...(mask === null ? [] : [mask])]);
    return {
      value,
      gradFunc(dy: Tensor, saved: Tensor[]) {
        const [kernel, tape, mask] = saved as [Tensor, Tensor, Tensor?];
        return run("VernierRecurrentGradient", { dy, kernel, tape, ...(mask && { mask }) });
      },
    };
  });
  return over(...parameters);
}

/** The two directions are one batch of matrices: per step there are one product and the gates. */
function composed(tf: TensorFlow, inputs: RecurrenceInputs, attributes: RecurrentAttributes): Tensor {
  const { n, T, directions, units, cell, sequences } = attributes;
  const { start, step } = cells[cell];
  const bothWays = (steps: Tensor): Tensor => (directions === 1 ? steps : reversedSecond(tf, steps));

  const projected = tf.transpose(tf.reshape(inputs.x, [n, T, directions, -1]), [1, 2, 0, 3]);
  const inputsOfSteps = unstacked(tf, tf.add(bothWays(projected), inputs.bias));
  const keep = inputs.mask && unstacked(tf, bothWays(tf.tile(stepsFirst(tf, inputs.mask), [1, directions, 1, 1])));
  let states = start(tf, [directions, n, units]);
  const outputs: Tensor[] = [];
  for (let t = 0; t < T; t++) {
    const old = states;
    states = step(tf, inputsOfSteps[t] as Tensor, old, inputs);
    if (keep !== null) {
      const taken = keep[t] as Tensor;
      const kept = tf.sub(1, taken);
      states = states.map((state, i) => tf.add(tf.mul(taken, state), tf.mul(kept, old[i] as Tensor)));
    }
    if (sequences) outputs.push(states[0] as Tensor);
  }
  if (!sequences) return tf.reshape(tf.transpose(states[0] as Tensor, [1, 0, 2]), [n, directions * units]);
  return tf.reshape(tf.transpose(bothWays(tf.stack(outputs)), [2, 0, 1, 3]), [n, T, directions * units]);
}

/** The parts along the first axis; the stock gradient takes no single part. */
function unstacked(tf: TensorFlow, steps: Tensor): Tensor[] {
  return steps.shape[0] === 1 ? [tf.squeeze(steps, [0])] : tf.unstack(steps);
}

/** [n, T] to [T, 1, n, 1]. */
function stepsFirst(tf: TensorFlow, mask: Tensor): Tensor {
  return tf.expandDims(tf.expandDims(tf.transpose(mask), 1), 3);
}

/** [T, 2, ...] with the second of the two in reversed order of steps. */
function reversedSecond(tf: TensorFlow, steps: Tensor): Tensor {
  const [forward, backward] = tf.split(steps, 2, 1) as [Tensor3D, Tensor3D];
  return tf.concat([forward, tf.reverse(backward, 0) as Tensor3D], 1);
}
