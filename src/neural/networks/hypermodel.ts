import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { Space } from "../../core/space.ts";
import type { TargetScale } from "../data/target-scale.ts";
import type { Layers, TensorFlow } from "../backend/tensorflow.ts";

/** What a network is given and answers; shapes without the batch. */
export interface NetworkShape {
  readonly input:
    | { readonly kind: "table"; readonly features: number }
    | { readonly kind: "image"; readonly height: number; readonly width: number; readonly channels: number }
    | { readonly kind: "sequence"; readonly length: number; readonly features: number }
    /** Rows of whole numbers in [0, vocabulary). */
    | { readonly kind: "tokens"; readonly length: number; readonly vocabulary: number };
  /** Classes (logits), or 1 for a regression. */
  readonly outputs: number;
  readonly task: "classification" | "regression";
  /** A regression's network answers (target - mean) / deviation; without it the target. */
  readonly scale?: TargetScale;
}

/** What a hypermodel builds with. */
export interface BuildContext {
  readonly tf: TensorFlow;
  /** `@tensorflow/tfjs-layers`. */
  readonly layers: Layers;
  readonly shape: NetworkShape;
  /** A seed for the initializer of the weight of this name: another one for every study seed, trial and name. */
  readonly seedOf: (name: string) => number;
}

/** A family of networks with settings: plain data, as estimators are. */
export interface Hypermodel<P extends object = object> {
  /** "mlp", "cnn", "rnn", "transformer". */
  readonly name: string;
  readonly params: Readonly<P>;
  /** The same family with some settings replaced. Throws "invalid-argument" for a setting that it has not. */
  with(params: Readonly<Record<string, unknown>>): Hypermodel<P>;
  /** The documented search space. */
  space(): Space;
  /** The network, not compiled; its last layer answers logits, without softmax. */
  build(context: BuildContext): LayersModel;
}
