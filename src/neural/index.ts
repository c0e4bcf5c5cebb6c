// vernier/neural: TensorFlow.js that trains correctly, and with the same bits, on WebAssembly in every runtime.
export { adam, type AdamOptions } from "./adam.ts";
export { layerNorm } from "./layer-norm.ts";
export { type Backend, type BackendName, loadBackend, type LoadBackendOptions } from "./load-backend.ts";
export { softmaxCrossEntropy } from "./softmax-cross-entropy.ts";
export type { Layers, TensorFlow } from "./tensorflow.ts";
export { type CnnParams, cnn } from "./cnn.ts";
export { type FittedNetwork, loadNetwork } from "./fitted-network.ts";
export type { BuildContext, Hypermodel, NetworkShape } from "./hypermodel.ts";
export { type MlpParams, mlp } from "./mlp.ts";
export { networkData, type NetworkData, type NetworkRows } from "./network-data.ts";
export type { EpochReport } from "./epoch-report.ts";
export type { TargetScale } from "./target-scale.ts";
export { trainNetwork, type TrainNetworkOptions } from "./train-network.ts";
export type { Augmentation, TrainingOptions } from "./training-options.ts";
export { weightSeeds } from "./weight-seeds.ts";
export { registerLayers } from "./layers/custom-layers.ts";
export { rnn, type RnnParams } from "./rnn.ts";
export { transformer, type TransformerParams } from "./transformer.ts";
