import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs-layers";
import { expectInteger, expectOneOf } from "../../core/errors.ts";
import { choice, float, int, type Space } from "../../core/space.ts";
import { mergeParams } from "../../models/merge-params.ts";
import { expectShare } from "./expect-share.ts";
import type { BuildContext, Hypermodel } from "./hypermodel.ts";
import { customLayers } from "../layers/custom-layers.ts";
import { type CellName, cellNames } from "../layers/recurrent-cells.ts";
import { dense, inputOf } from "./network-parts.ts";
import { expectSequence, tokenVectors } from "./sequence-input.ts";

/** Settings of a recurrent network. */
export type RnnParams = {
  readonly cell: CellName;
  /** Of a layer and direction; default 32. */
  readonly units: number;
  /** Recurrent layers on top of each other; default 1. */
  readonly layers: number;
  /** Whether each layer also reads backwards; default false. */
  readonly bidirectional: boolean;
  /** What of the steps goes on: the last state, or the mean over the steps that are no padding. Default "last". */
  readonly pooling: "last" | "mean";
  /** Share of each recurrent layer's answers that is dropped while training, in [0, 1); default 0. */
  readonly dropout: number;
  /** Width of a token's vector; default 16. Sequences of numbers have none. */
  readonly embedding: number;
};

const defaults: RnnParams = {
  cell: "lstm",
  units: 32,
  layers: 1,
  bidirectional: false,
  pooling: "last",
  dropout: 0,
  embedding: 16,
};

const poolings = ["last", "mean"] as const;

/**
 * Recurrent networks, for sequences of numbers and of tokens, of which 0 is padding that does not change the answer.
 * Its space: cell, units 8 to 128 (log), layers 1 to 3, bidirectional, pooling, dropout 0 to 0.5, embedding 4 to 64 (log).
 * Methods: Hochreiter & Schmidhuber (1997), Long short-term memory; Cho et al. (2014), whose gated recurrent unit resets
 * after the product here.
 * Throws "invalid-argument" for an unknown setting or a value that is not allowed, `build` for another kind of input.
 */
export function rnn(params: Partial<RnnParams> = {}): Hypermodel<RnnParams> {
  return rnnWith(rnnParams(params, defaults));
}

function rnnWith(params: Readonly<RnnParams>): Hypermodel<RnnParams> {
  return {
    name: "rnn",
    params,
    with: (changes) => rnnWith(rnnParams(changes, params)),
    space: rnnSpace,
    build: (context) => build(params, context),
  };
}

function rnnSpace(): Space {
  return {
    cell: choice(cellNames),
    units: int(8, 128, { log: true }),
    layers: int(1, 3),
    bidirectional: choice([false, true]),
    pooling: choice(poolings),
    dropout: float(0, 0.5),
    embedding: int(4, 64, { log: true }),
  };
}

/** `base` with `changes`, checked; throws "invalid-argument" for an unknown name or a value not allowed. */
function rnnParams(changes: Readonly<Record<string, unknown>>, base: RnnParams): Readonly<RnnParams> {
  const params = mergeParams("rnn", changes, base);
  return Object.freeze({
    cell: expectOneOf("cell", params.cell as CellName, cellNames),
    units: expectInteger("units", params.units, 1),
    layers: expectInteger("layers", params.layers, 1),
    bidirectional: expectOneOf("bidirectional", params.bidirectional as boolean, [true, false]),
    pooling: expectOneOf("pooling", params.pooling as RnnParams["pooling"], poolings),
    dropout: expectShare("dropout", params.dropout),
    embedding: expectInteger("embedding", params.embedding, 1),
  });
}

function build(params: Readonly<RnnParams>, context: BuildContext): LayersModel {
  const { tf, layers, shape, seedOf } = context;
  const { cell, units, bidirectional, pooling, dropout } = params;
  const { Recurrent, MaskedMean } = customLayers(tf, layers);
  const given = expectSequence("rnn", shape);
  const input = inputOf(context);
  let x = given.kind === "tokens" ? tokenVectors(context, given.vocabulary, params.embedding, input) : input;
  for (let k = 1; k <= params.layers; k++) {
    const name = `recurrent-${k}`;
    const last = k === params.layers;
    const recurrent = new Recurrent({
      name,
      cell,
      units,
      bidirectional,
      returnSequences: !last || pooling === "mean",
      kernelSeed: seedOf(`${name}/kernel`),
      recurrentSeed: seedOf(`${name}/recurrent`),
    });
    x = recurrent.apply(x) as SymbolicTensor;
    if (last && pooling === "mean") x = new MaskedMean({ name: "mean" }).apply(x) as SymbolicTensor;
    if (dropout > 0) {
      x = layers.layers.dropout({ name: `${name}-dropout`, rate: dropout }).apply(x) as SymbolicTensor;
    }
  }
  const outputs = dense(context, "outputs", { units: shape.outputs }, null).apply(x) as SymbolicTensor;
  return layers.model({ inputs: input, outputs, name: "rnn" });
}
