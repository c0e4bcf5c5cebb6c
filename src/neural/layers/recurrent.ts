import type { Tensor } from "@tensorflow/tfjs-core";
import type { Layers, TensorFlow } from "../backend/tensorflow.ts";
import { type CallOptions, maskOf, onlyInput } from "./custom-layer.ts";
import { recurrence } from "./recurrence.ts";
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

/** LSTM or GRU over [n, T, features]. The inputs of all steps are multiplied at once; a masked step changes no state. */
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
        const steps = onlyInput(inputs);
        const [n, T, features] = steps.shape as [number, number, number];
        const { units, cell, returnSequences } = this.config;
        const read = (name: string): Tensor => (this.weightsByName[name] as { read(): Tensor }).read();
        const x = tf.matMul(tf.reshape(steps, [n * T, features]), read("kernel"));
        const weights = {
          bias: read("bias"),
          kernel: read("recurrentKernel"),
          recurrentBias: cells[cell].hasRecurrentBias ? read("recurrentBias") : null,
        };
        const sizes = { n, T, directions: this.directions, units };
        return recurrence(
          tf,
          { x, ...weights, mask: maskOf(tf, options) },
          { cell, ...sizes, sequences: returnSequences },
        );
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
