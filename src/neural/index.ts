// vernier/neural: TensorFlow.js that trains correctly, and with the same bits, on WebAssembly in every runtime.
export { adam, type AdamOptions } from "./training/adam.ts";
export { layerNorm } from "./layers/layer-norm.ts";
export { type Backend, type BackendName, loadBackend, type LoadBackendOptions } from "./backend/load-backend.ts";
export { softmaxCrossEntropy } from "./training/softmax-cross-entropy.ts";
export type { Layers, TensorFlow } from "./backend/tensorflow.ts";
export { type CnnParams, cnn } from "./networks/cnn.ts";
export { type FittedNetwork, loadNetwork } from "./fitted/fitted-network.ts";
export type { BuildContext, Hypermodel, NetworkShape } from "./networks/hypermodel.ts";
export { type MlpParams, mlp } from "./networks/mlp.ts";
export { networkData, type NetworkData, type NetworkRows } from "./data/network-data.ts";
export type { EpochReport } from "./training/epoch-report.ts";
export type { TargetScale } from "./data/target-scale.ts";
export { trainNetwork, type TrainNetworkOptions } from "./training/train-network.ts";
export type { Augmentation, TrainingOptions } from "./training/training-options.ts";
export { weightSeeds } from "./networks/weight-seeds.ts";
export { registerLayers } from "./layers/custom-layers.ts";
export { rnn, type RnnParams } from "./networks/rnn.ts";
export { transformer, type TransformerParams } from "./networks/transformer.ts";
