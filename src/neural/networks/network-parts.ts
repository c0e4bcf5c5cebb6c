import type { layers as layerModules, SymbolicTensor } from "@tensorflow/tfjs-layers";
import type { Activation } from "./activation.ts";
import type { BuildContext } from "./hypermodel.ts";
import { inputShape } from "./input-shape.ts";

type DenseSettings = Parameters<typeof layerModules.dense>[0];

/** The input of the network, rows of the context's shape. */
export function inputOf({ layers, shape: { input } }: BuildContext): SymbolicTensor {
  return layers.input({
    shape: inputShape(input),
    name: "input",
    dtype: input.kind === "tokens" ? "int32" : "float32",
  });
}

/** A dense layer with He's (before relu and its like) or Glorot's uniform weights, seeded by its name. */
export function dense(
  { layers, seedOf }: BuildContext,
  name: string,
  settings: Omit<DenseSettings, "name" | "kernelInitializer">,
  activation: Activation | null,
): ReturnType<typeof layerModules.dense> {
  return layers.layers.dense({ ...settings, name, kernelInitializer: initializer(layers, activation, seedOf(name)) });
}

/** The initializer that suits what follows the weights. Uniform: normal draws differ between engines in the last bits. */
export function initializer(
  { initializers }: BuildContext["layers"],
  activation: Activation | null,
  seed: number,
): ReturnType<typeof initializers.heUniform> {
  const rectified = activation !== null && activation !== "tanh" && activation !== "sigmoid";
  return rectified ? initializers.heUniform({ seed }) : initializers.glorotUniform({ seed });
}

/** `x`, normalized where `batchNorm`, activated, and where `dropout` > 0 thinned. */
export function activated(
  { layers }: BuildContext,
  name: string,
  x: SymbolicTensor,
  settings: { readonly activation: Activation; readonly batchNorm: boolean; readonly dropout: number },
): SymbolicTensor {
  const { layers: make } = layers;
  let y = x;
  if (settings.batchNorm) {
    // The field's usual 0.99 needs hundreds of steps; small tables have a few a dozen.
    const norm = make.batchNormalization({ name: `${name}-norm`, momentum: 0.9 });
    y = norm.apply(y) as SymbolicTensor;
  }
  y = make.activation({ activation: settings.activation, name: `${name}-activation` }).apply(y) as SymbolicTensor;
  // Without a seed: a seeded layer would drop the same units in every step.
  if (settings.dropout > 0) {
    y = make.dropout({ rate: settings.dropout, name: `${name}-dropout` }).apply(y) as SymbolicTensor;
  }
  return y;
}
