import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs-layers";
import { expectInteger, expectOneOf } from "../../core/errors.ts";
import { choice, float, int, type Space } from "../../core/space.ts";
import { mergeParams } from "../../models/merge-params.ts";
import { type Activation, activations } from "./activation.ts";
import { expectShare } from "./expect-share.ts";
import type { BuildContext, Hypermodel } from "./hypermodel.ts";
import { activated, dense, inputOf } from "./network-parts.ts";

/** Settings of a multilayer perceptron. */
export type MlpParams = {
  /** Hidden layers, 1 to 16; default 2. */
  readonly layers: number;
  /** Units of each hidden layer; default 64. */
  readonly units: number;
  /** Default "relu". */
  readonly activation: Activation;
  /** Share of units left out of each training step, in [0, 1), after every hidden layer; default 0. */
  readonly dropout: number;
  /** Whether each hidden layer is batch-normalized before its activation; default false. */
  readonly batchNorm: boolean;
};

const defaults: MlpParams = { layers: 2, units: 64, activation: "relu", dropout: 0, batchNorm: false };

/**
 * A multilayer perceptron: dense layers of equal width. Takes tables; images and sequences are flattened.
 * Its space: layers 1 to 4, units 16 to 256 (log), activation "relu", "elu" or "tanh", dropout 0 to 0.5, batchNorm.
 * Throws "invalid-argument" for a setting that it has not or a value out of range.
 */
export function mlp(params: Partial<MlpParams> = {}): Hypermodel<MlpParams> {
  return mlpWith(mlpParams(params, defaults));
}

function mlpWith(params: Readonly<MlpParams>): Hypermodel<MlpParams> {
  return {
    name: "mlp",
    params,
    with: (changes) => mlpWith(mlpParams(changes, params)),
    space: mlpSpace,
    build: (context) => build(params, context),
  };
}

function mlpSpace(): Space {
  return {
    layers: int(1, 4),
    units: int(16, 256, { log: true }),
    activation: choice(["relu", "elu", "tanh"]),
    dropout: float(0, 0.5),
    batchNorm: choice([true, false]),
  };
}

function mlpParams(changes: Readonly<Record<string, unknown>>, base: MlpParams): Readonly<MlpParams> {
  const params = mergeParams("mlp", changes, base);
  return Object.freeze({
    layers: expectInteger("layers", params.layers, 1, 16),
    units: expectInteger("units", params.units, 1, 65_536),
    activation: expectOneOf("activation", params.activation as Activation, activations),
    dropout: expectShare("dropout", params.dropout),
    batchNorm: expectOneOf("batchNorm", params.batchNorm as boolean, [true, false]),
  });
}

function build(params: MlpParams, context: BuildContext): LayersModel {
  const { layers, shape } = context;
  const input = inputOf(context);
  let x = input;
  if (shape.input.kind !== "table") x = layers.layers.flatten({ name: "flat" }).apply(x) as SymbolicTensor;
  for (let k = 1; k <= params.layers; k++) {
    const name = `dense-${k}`;
    // Batch normalization has a shift of its own.
    const layer = dense(context, name, { units: params.units, useBias: !params.batchNorm }, params.activation);
    x = activated(context, name, layer.apply(x) as SymbolicTensor, params);
  }
  const outputs = dense(context, "outputs", { units: shape.outputs }, null).apply(x) as SymbolicTensor;
  return layers.model({ inputs: input, outputs, name: "mlp" });
}
