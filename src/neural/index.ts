// vernier/neural: TensorFlow.js that trains correctly, and with the same bits, on WebAssembly in every runtime.
export { adam, type AdamOptions } from "./adam.ts";
export { layerNorm } from "./layer-norm.ts";
export { type Backend, type BackendName, loadBackend, type LoadBackendOptions } from "./load-backend.ts";
export { softmaxCrossEntropy } from "./softmax-cross-entropy.ts";
export type { Layers, TensorFlow } from "./tensorflow.ts";
export type { BuildContext, Hypermodel, NetworkShape } from "./hypermodel.ts";
export { registerLayers } from "./layers/custom-layers.ts";
export { rnn, type RnnParams } from "./rnn.ts";
export { checkTokens } from "./sequence-input.ts";
export { transformer, type TransformerParams } from "./transformer.ts";
