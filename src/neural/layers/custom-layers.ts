import type { Layers, TensorFlow } from "../backend/tensorflow.ts";
import { type AttentionClass, defineAttention } from "./attention.ts";
import { defineGelu, type GeluClass } from "./gelu.ts";
import { defineLayerNormalization, type LayerNormalizationClass } from "./layer-normalization.ts";
import { defineMaskedMean, type MaskedMeanClass } from "./masked-mean.ts";
import { definePositionEmbedding, type PositionEmbeddingClass } from "./position-embedding.ts";
import { defineRecurrent, type RecurrentClass } from "./recurrent.ts";
import { defineResidualSum, type ResidualSumClass } from "./residual-sum.ts";

/** The layers that the networks need and TensorFlow.js has not, or not fast enough. */
export interface CustomLayers {
  readonly Attention: AttentionClass;
  readonly Gelu: GeluClass;
  readonly LayerNormalization: LayerNormalizationClass;
  readonly MaskedMean: MaskedMeanClass;
  readonly PositionEmbedding: PositionEmbeddingClass;
  readonly Recurrent: RecurrentClass;
  readonly ResidualSum: ResidualSumClass;
}

const defined = new WeakMap<Layers, CustomLayers>();

/** The layers' classes, known to `loadLayersModel` from the first call on. */
export function customLayers(tf: TensorFlow, layers: Layers): CustomLayers {
  const known = defined.get(layers);
  if (known !== undefined) return known;
  const classes: CustomLayers = {
    Attention: defineAttention(tf, layers),
    Gelu: defineGelu(tf, layers),
    LayerNormalization: defineLayerNormalization(tf, layers),
    MaskedMean: defineMaskedMean(tf, layers),
    PositionEmbedding: definePositionEmbedding(tf, layers),
    Recurrent: defineRecurrent(tf, layers),
    ResidualSum: defineResidualSum(tf, layers),
  };
  for (const one of Object.values(classes)) tf.serialization.registerClass(one as never);
  defined.set(layers, classes);
  return classes;
}

/**
 * Makes the layers of `rnn` and `transformer` known to TensorFlow.js, so that `loadLayersModel` can read networks of
 * theirs where none has been built yet.
 */
export function registerLayers(tf: TensorFlow, layers: Layers): void {
  customLayers(tf, layers);
}
