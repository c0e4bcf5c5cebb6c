// The exports of the tensor module, which works on single-precision tensors inside TensorFlow.js's own memory: it imports
// that memory, and has no data, no globals and no allocator of its own. Workspace is the caller's, `...Scratch` says how many bytes.
// Every sum has one fixed order; nothing depends on what else the memory holds.

export { adam as tensorAdam } from "./adam";
export {
  attention as tensorAttention,
  attentionGradient as tensorAttentionGradient,
  attentionGradientScratch as tensorAttentionGradientScratch,
  attentionScratch as tensorAttentionScratch,
} from "./attention";
export { biasActivation as tensorBiasActivation } from "./bias-activation";
export { columnSums as tensorColumnSums } from "./column-sums";
export {
  convFilterGradient as tensorConvFilterGradient,
  convFilterScratch as tensorConvFilterScratch,
} from "./conv-filter-gradient";
export {
  convInputGradient as tensorConvInputGradient,
  convInputScratch as tensorConvInputScratch,
} from "./conv-input-gradient";
export { depthwiseFilterGradient as tensorDepthwiseFilterGradient } from "./depthwise-filter-gradient";
export { depthwiseInputGradient as tensorDepthwiseInputGradient } from "./depthwise-input-gradient";
export { gatherRows as tensorGatherRows } from "./gather-rows";
export { gelu as tensorGelu, geluGradient as tensorGeluGradient } from "./gelu";
export { layerNorm as tensorLayerNorm, layerNormGradient as tensorLayerNormGradient } from "./layer-norm";
export { matMul as tensorMatMul, matMulScratch as tensorMatMulScratch } from "./mat-mul";
export { maxPoolGradient as tensorMaxPoolGradient } from "./max-pool-gradient";
export { oneHot as tensorOneHot } from "./one-hot";
export { permute as tensorPermute } from "./permute";
export {
  recurrent as tensorRecurrent,
  recurrentScratch as tensorRecurrentScratch,
  recurrentTape as tensorRecurrentTape,
} from "./recurrent";
export {
  recurrentGradient as tensorRecurrentGradient,
  recurrentGradientScratch as tensorRecurrentGradientScratch,
} from "./recurrent-gradient";
export { segmentSum as tensorSegmentSum } from "./segment-sum";
export { softmaxCrossEntropy as tensorSoftmaxCrossEntropy } from "./softmax-cross-entropy";
