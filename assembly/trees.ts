// Every export of the trees module, and nothing else: single trees, forests and boosting.

export { arenaAlloc, arenaMark, arenaRelease } from "./memory";
export { boostBin } from "./boost/bin";
export { boostGradients, boostLoss } from "./boost/loss";
export { boostPredict } from "./boost/predict";
export { boostOpen } from "./boost/problem";
export { boostQuantile } from "./boost/quantile";
export { boostCapacity, boostReady, boostSets, boostTree } from "./boost/tree";
export { logisticProbabilities } from "./logistic/predict";
export { exp as mathExp, expArray as mathExpArray } from "./math/exp";
export { log as mathLog } from "./math/log";
export {
  integers as randomIntegers,
  permutation as randomPermutation,
  uniforms as randomUniforms,
} from "./random/draws";
export { treeCodes } from "./tree/codes";
export { treeGrow } from "./tree/grow";
export { treePredict } from "./tree/predict";
