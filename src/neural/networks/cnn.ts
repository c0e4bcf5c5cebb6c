import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs-layers";
import { expectInteger, expectOneOf, VernierError } from "../../core/errors.ts";
import { choice, float, int, type Space } from "../../core/space.ts";
import { mergeParams } from "../../models/merge-params.ts";
import { type Activation, activations } from "./activation.ts";
import { expectShare } from "./expect-share.ts";
import type { BuildContext, Hypermodel } from "./hypermodel.ts";
import { activated, dense, initializer, inputOf } from "./network-parts.ts";

/** Settings of a convolutional network. */
export type CnnParams = {
  /** Blocks of convolution and pooling, 1 to 8; default 2. */
  readonly blocks: number;
  /** Filters of the first block, twice as many in each that follows; default 16. */
  readonly filters: number;
  /** Height and width of the filters; default 3. */
  readonly kernelSize: number;
  /** How each block halves height and width, as long as both are at least 2; default "max". */
  readonly pooling: "max" | "average" | "none";
  /** Units of the dense layer after the blocks; 0: none; default 64. */
  readonly denseUnits: number;
  /** Default "relu". */
  readonly activation: Activation;
  /** Share of units left out of each training step, in [0, 1), before and after the dense layer; default 0. */
  readonly dropout: number;
  /** Whether each convolution is batch-normalized before its activation; default false. */
  readonly batchNorm: boolean;
};

const poolings = ["max", "average", "none"] as const;

const defaults: CnnParams = {
  blocks: 2,
  filters: 16,
  kernelSize: 3,
  pooling: "max",
  denseUnits: 64,
  activation: "relu",
  dropout: 0,
  batchNorm: false,
};

/**
 * A convolutional network for images: blocks of a convolution (same padding) and a pooling, then a dense layer.
 * Its space: blocks 1 to 3, filters 8 to 32 (log), kernelSize 3 or 5, pooling "max" or "average", denseUnits 16 to 128
 * (log), dropout 0 to 0.5, batchNorm.
 * Throws "invalid-argument" for a setting that it has not or a value out of range; `build` too, for what is no image.
 */
export function cnn(params: Partial<CnnParams> = {}): Hypermodel<CnnParams> {
  return cnnWith(cnnParams(params, defaults));
}

function cnnWith(params: Readonly<CnnParams>): Hypermodel<CnnParams> {
  return {
    name: "cnn",
    params,
    with: (changes) => cnnWith(cnnParams(changes, params)),
    space: cnnSpace,
    build: (context) => build(params, context),
  };
}

function cnnSpace(): Space {
  return {
    blocks: int(1, 3),
    filters: int(8, 32, { log: true }),
    kernelSize: choice([3, 5]),
    pooling: choice(["max", "average"]),
    denseUnits: int(16, 128, { log: true }),
    dropout: float(0, 0.5),
    batchNorm: choice([true, false]),
  };
}

function cnnParams(changes: Readonly<Record<string, unknown>>, base: CnnParams): Readonly<CnnParams> {
  const params = mergeParams("cnn", changes, base);
  return Object.freeze({
    blocks: expectInteger("blocks", params.blocks, 1, 8),
    filters: expectInteger("filters", params.filters, 1, 4096),
    kernelSize: expectInteger("kernelSize", params.kernelSize, 1, 31),
    pooling: expectOneOf("pooling", params.pooling as CnnParams["pooling"], poolings),
    denseUnits: expectInteger("denseUnits", params.denseUnits, 0, 65_536),
    activation: expectOneOf("activation", params.activation as Activation, activations),
    dropout: expectShare("dropout", params.dropout),
    batchNorm: expectOneOf("batchNorm", params.batchNorm as boolean, [true, false]),
  });
}

function build(params: CnnParams, context: BuildContext): LayersModel {
  const { layers, shape, seedOf } = context;
  if (shape.input.kind !== "image") {
    throw new VernierError("invalid-argument", `"input": expected kind "image" for cnn, got "${shape.input.kind}"`);
  }
  const make = layers.layers;
  const { activation, batchNorm, dropout } = params;
  const input = inputOf(context);
  let x = input;
  let side = Math.min(shape.input.height, shape.input.width);
  for (let k = 1; k <= params.blocks; k++) {
    const name = `conv-${k}`;
    const conv = make.conv2d({
      name,
      filters: params.filters << (k - 1),
      kernelSize: params.kernelSize,
      padding: "same",
      useBias: !batchNorm,
      kernelInitializer: initializer(layers, activation, seedOf(name)),
    });
    x = activated(context, name, conv.apply(x) as SymbolicTensor, { activation, batchNorm, dropout: 0 });
    if (params.pooling === "none" || side < 2) continue;
    const pool = params.pooling === "max" ? make.maxPooling2d : make.averagePooling2d;
    x = pool({ poolSize: 2, name: `pool-${k}` }).apply(x) as SymbolicTensor;
    side = Math.floor(side / 2);
  }
  x = make.flatten({ name: "flat" }).apply(x) as SymbolicTensor;
  if (dropout > 0) x = make.dropout({ rate: dropout, name: "flat-dropout" }).apply(x) as SymbolicTensor;
  if (params.denseUnits > 0) {
    const hidden = dense(context, "dense", { units: params.denseUnits }, activation).apply(x) as SymbolicTensor;
    x = activated(context, "dense", hidden, { activation, batchNorm: false, dropout });
  }
  const outputs = dense(context, "outputs", { units: shape.outputs }, null).apply(x) as SymbolicTensor;
  return layers.model({ inputs: input, outputs, name: "cnn" });
}
