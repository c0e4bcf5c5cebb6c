import type { Tensor, Tensor3D } from "@tensorflow/tfjs-core";
import type { Layers, TensorFlow } from "../tensorflow.ts";
import { type CallOptions, maskOf, onlyInput, timesMatrix } from "./custom-layer.ts";
import { type CellName, cells } from "./recurrent-cells.ts";

export interface RecurrentConfig {
  readonly name?: string;
  readonly cell: CellName;
  /** Of one direction. */
  readonly units: number;
  readonly bidirectional: boolean;
  /** Whether it answers every step's state [n, T, directions units], or the last one's [n, directions units]. */
  readonly returnSequences: boolean;
  readonly kernelSeed: number;
  readonly recurrentSeed: number;
}

export type RecurrentClass = new (config: RecurrentConfig) => InstanceType<Layers["layers"]["Layer"]>;

/**
 * LSTM or GRU over [n, T, features]. The two directions are one batch of matrices, and the inputs of all steps are
 * multiplied at once: per step there remain one product and the gates. A masked step changes no state.
 */
export function defineRecurrent(tf: TensorFlow, { layers, initializers }: Layers): RecurrentClass {
  const uniform = (limit: number, seed: number) => initializers.randomUniform({ minval: -limit, maxval: limit, seed });

  return class Recurrent extends layers.Layer {
    static readonly className = "VernierRecurrent";
    readonly config: RecurrentConfig;
    weightsByName: Record<string, ReturnType<typeof this.addWeight>> = {};

    constructor(config: RecurrentConfig) {
      super(config as never);
      this.config = config;
      this.supportsMasking = true;
    }

    get directions(): number {
      return this.config.bidirectional ? 2 : 1;
    }

    override build(shape: unknown): void {
      const features = (shape as number[]).at(-1) as number;
      const { units, kernelSeed, recurrentSeed } = this.config;
      const { gates, openGate, hasRecurrentBias } = cells[this.config.cell];
      const [d, width] = [this.directions, gates * units];
      // Each gate's matrix by itself has the limits of Glorot & Bengio (2010).
      const kernel = uniform(Math.sqrt(6 / (features + units)), kernelSeed);
      const recurrent = uniform(1 / Math.sqrt(units), recurrentSeed);
      const zeros = initializers.zeros();
      this.weightsByName = {
        kernel: this.addWeight("kernel", [features, d * width], "float32", kernel),
        recurrentKernel: this.addWeight("recurrent_kernel", [d, units, width], "float32", recurrent),
        bias: this.addWeight("bias", [d, 1, width], "float32", zeros),
        ...(hasRecurrentBias && { recurrentBias: this.addWeight("recurrent_bias", [d, 1, units], "float32", zeros) }),
      };
      if (openGate !== null) {
        const open = Array.from({ length: d * width }, (_, i) => Number(Math.floor((i % width) / units) === openGate));
        tf.tidy(() => {
          this.weightsByName["bias"]?.write(tf.tensor(open, [d, 1, width]));
        });
      }
      super.build(shape as never);
    }

    override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor {
      return tf.tidy(() => {
        const x = onlyInput(inputs);
        const [n, T] = x.shape as [number, number];
        const d = this.directions;
        const { units, cell, returnSequences } = this.config;
        const { start, step, hasRecurrentBias } = cells[cell];
        const read = (name: string): Tensor => (this.weightsByName[name] as { read(): Tensor }).read();
        const bothWays = (steps: Tensor): Tensor => (d === 1 ? steps : reversedSecond(tf, steps));

        const projected = tf.reshape(timesMatrix(tf, x, read("kernel")), [n, T, d, -1]);
        const inputsOfSteps = tf.unstack(tf.add(bothWays(tf.transpose(projected, [1, 2, 0, 3])), read("bias")));
        const mask = maskOf(tf, options);
        const keep = mask === null ? null : tf.unstack(bothWays(tf.tile(stepsFirst(tf, mask), [1, d, 1, 1])));

        const weights = {
          recurrentKernel: read("recurrentKernel"),
          recurrentBias: hasRecurrentBias ? read("recurrentBias") : null,
        };
        let states = start(tf, [d, n, units]);
        const outputs: Tensor[] = [];
        for (let t = 0; t < T; t++) {
          const old = states;
          states = step(tf, inputsOfSteps[t] as Tensor, old, weights);
          if (keep !== null) {
            const taken = keep[t] as Tensor;
            const kept = tf.sub(1, taken);
            states = states.map((state, i) => tf.add(tf.mul(taken, state), tf.mul(kept, old[i] as Tensor)));
          }
          if (returnSequences) outputs.push(states[0] as Tensor);
        }
        if (!returnSequences) {
          return tf.reshape(tf.transpose(states[0] as Tensor, [1, 0, 2]), [n, d * units]);
        }
        return tf.reshape(tf.transpose(bothWays(tf.stack(outputs)), [2, 0, 1, 3]), [n, T, d * units]);
      });
    }

    override computeOutputShape(shape: unknown): (number | null)[] {
      const [n, T] = shape as [number | null, number | null];
      const width = this.directions * this.config.units;
      return this.config.returnSequences ? [n, T, width] : [n, width];
    }

    override computeMask(_inputs: unknown, mask?: Tensor | Tensor[]): Tensor {
      // The declared type knows no "none".
      return (this.config.returnSequences && mask ? onlyInput(mask) : null) as Tensor;
    }

    override getConfig(): ReturnType<InstanceType<typeof layers.Layer>["getConfig"]> {
      return { ...super.getConfig(), ...this.config };
    }
  };
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
