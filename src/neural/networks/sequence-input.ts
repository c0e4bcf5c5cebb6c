import type { SymbolicTensor } from "@tensorflow/tfjs-layers";
import { expectInteger, show, VernierError } from "../../core/errors.ts";
import type { BuildContext, NetworkShape } from "./hypermodel.ts";

type SequenceInput = Extract<NetworkShape["input"], { readonly kind: "sequence" | "tokens" }>;

/** Throws "invalid-argument" unless the input is a sequence of numbers or of tokens. */
export function expectSequence(model: string, { input }: NetworkShape): SequenceInput {
  if (input.kind !== "sequence" && input.kind !== "tokens") {
    const expected = `expected "sequence" or "tokens" for ${model}`;
    throw new VernierError("invalid-argument", `"shape.input": ${expected}, got ${show(input.kind)}`);
  }
  expectInteger("shape.input.length", input.length, 1);
  if (input.kind === "sequence") expectInteger("shape.input.features", input.features, 1);
  else expectInteger("shape.input.vocabulary", input.vocabulary, 1);
  return input;
}

/** Each token's learned vector of `width` numbers; steps with the token 0 are masked from here on. */
export function tokenVectors(
  { layers, seedOf }: BuildContext,
  vocabulary: number,
  width: number,
  tokens: SymbolicTensor,
): SymbolicTensor {
  const limit = Math.sqrt(3 / width);
  const { embedding } = layers.layers;
  const embeddingsInitializer = layers.initializers.randomUniform({
    minval: -limit,
    maxval: limit,
    seed: seedOf("tokens"),
  });
  const layer = embedding({
    name: "tokens",
    inputDim: vocabulary,
    outputDim: width,
    maskZero: true,
    embeddingsInitializer,
  });
  return layer.apply(tokens) as SymbolicTensor;
}
