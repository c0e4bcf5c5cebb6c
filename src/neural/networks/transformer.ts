import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs-layers";
import { expectInteger, expectOneOf, VernierError } from "../../core/errors.ts";
import { choice, float, int, type Space } from "../../core/space.ts";
import { mergeParams } from "../../models/merge-params.ts";
import { expectShare } from "./expect-share.ts";
import type { BuildContext, Hypermodel } from "./hypermodel.ts";
import { customLayers } from "../layers/custom-layers.ts";
import { dense, inputOf } from "./network-parts.ts";
import { expectSequence, tokenVectors } from "./sequence-input.ts";

/** Settings of a transformer. */
export type TransformerParams = {
  /** Of a step's vector, a multiple of `heads`; default 32. */
  readonly width: number;
  /** Default 4. */
  readonly heads: number;
  /** Blocks on top of each other; default 2. */
  readonly depth: number;
  /** Units of a block's feed-forward part, in widths; default 2. */
  readonly expansion: number;
  /** Of the feed-forward part; default "gelu". */
  readonly activation: "gelu" | "relu";
  /** Share that is dropped of what each half of a block adds, while training, in [0, 1); default 0. */
  readonly dropout: number;
  /** Share of the attention that is dropped while training, in [0, 1); default 0. */
  readonly attentionDropout: number;
};

const defaults: TransformerParams = {
  width: 32,
  heads: 4,
  depth: 2,
  expansion: 2,
  activation: "gelu",
  dropout: 0,
  attentionDropout: 0,
};

type Applied = { apply(x: SymbolicTensor): unknown };

const activations = ["gelu", "relu"] as const;

/**
 * Transformer encoders with learned positions, layer normalization before each half of a block, and the mean over the
 * steps at the end; for sequences of numbers and of tokens, of which 0 is padding that does not change the answer.
 * Its space: width 16 to 128 in steps of 16, heads 1, 2, 4, 8 or 16, depth 1 to 4, expansion 1 to 4, "gelu" or "relu",
 * both dropouts 0 to 0.5.
 * Methods: Vaswani et al. (2017), Attention is all you need; Xiong et al. (2020), On layer normalization in the
 * transformer architecture.
 * Throws "invalid-argument" for an unknown setting or a value that is not allowed, `build` for another kind of input.
 */
export function transformer(params: Partial<TransformerParams> = {}): Hypermodel<TransformerParams> {
  return transformerWith(transformerParams(params, defaults));
}

function transformerWith(params: Readonly<TransformerParams>): Hypermodel<TransformerParams> {
  return {
    name: "transformer",
    params,
    with: (changes) => transformerWith(transformerParams(changes, params)),
    space: transformerSpace,
    build: (context) => build(params, context),
  };
}

function transformerSpace(): Space {
  return {
    width: int(16, 128, { step: 16 }),
    heads: choice([1, 2, 4, 8, 16]),
    depth: int(1, 4),
    expansion: int(1, 4),
    activation: choice(activations),
    dropout: float(0, 0.5),
    attentionDropout: float(0, 0.5),
  };
}

function transformerParams(
  changes: Readonly<Record<string, unknown>>,
  base: TransformerParams,
): Readonly<TransformerParams> {
  const params = mergeParams("transformer", changes, base);
  const width = expectInteger("width", params.width, 1);
  const heads = expectInteger("heads", params.heads, 1);
  if (width % heads !== 0) {
    throw new VernierError("invalid-argument", `"heads": expected a divisor of width=${width}, got ${heads}`);
  }
  return Object.freeze({
    width,
    heads,
    depth: expectInteger("depth", params.depth, 1),
    expansion: expectInteger("expansion", params.expansion, 1),
    activation: expectOneOf("activation", params.activation as TransformerParams["activation"], activations),
    dropout: expectShare("dropout", params.dropout),
    attentionDropout: expectShare("attentionDropout", params.attentionDropout),
  });
}

function build(params: Readonly<TransformerParams>, context: BuildContext): LayersModel {
  const { tf, layers, shape, seedOf } = context;
  const { LayerNormalization, MaskedMean, PositionEmbedding } = customLayers(tf, layers);
  const given = expectSequence("transformer", shape);
  const input = inputOf(context);
  const vectors =
    given.kind === "tokens"
      ? tokenVectors(context, given.vocabulary, params.width, input)
      : dense(context, "projection", { units: params.width }, null).apply(input);
  let x = new PositionEmbedding({ name: "positions", seed: seedOf("positions") }).apply(vectors) as SymbolicTensor;
  for (let k = 1; k <= params.depth; k++) x = block(`block-${k}`, params, context, x);
  x = new LayerNormalization({ name: "norm" }).apply(x) as SymbolicTensor;
  x = new MaskedMean({ name: "mean" }).apply(x) as SymbolicTensor;
  const outputs = dense(context, "outputs", { units: shape.outputs }, null).apply(x) as SymbolicTensor;
  return layers.model({ inputs: input, outputs, name: "transformer" });
}

/** Attention, then the feed-forward part, each of normalized steps and added to them. */
function block(
  name: string,
  params: Readonly<TransformerParams>,
  context: BuildContext,
  steps: SymbolicTensor,
): SymbolicTensor {
  const { tf, layers, seedOf } = context;
  const { Attention, Gelu, LayerNormalization, ResidualSum } = customLayers(tf, layers);
  const { width, heads, expansion, activation, dropout, attentionDropout } = params;
  const added = (x: SymbolicTensor, part: string, parts: readonly Applied[]): SymbolicTensor => {
    const normed = new LayerNormalization({ name: `${name}-${part}-norm` });
    const thinned = dropout > 0 ? [layers.layers.dropout({ name: `${name}-${part}-dropout`, rate: dropout })] : [];
    const y = [normed, ...parts, ...thinned].reduce((z, layer) => layer.apply(z) as SymbolicTensor, x);
    return new ResidualSum({ name: `${name}-${part}-sum` }).apply([x, y]) as SymbolicTensor;
  };
  const attention = new Attention({
    name: `${name}-attention`,
    heads,
    dropout: attentionDropout,
    kernelSeed: seedOf(`${name}-attention/kernel`),
    outputSeed: seedOf(`${name}-attention/output`),
  });
  const attended = added(steps, "attention", [attention]);
  return added(attended, "feed-forward", [
    dense(context, `${name}-wide`, { units: expansion * width }, "relu"),
    activation === "gelu" ? new Gelu({ name: `${name}-gelu` }) : layers.layers.reLU({ name: `${name}-relu` }),
    dense(context, `${name}-narrow`, { units: width }, null),
  ]);
}
