// Every export of the models module, and nothing else: models other than trees. Names are `familyVerb`.

export { arenaAlloc, arenaMark, arenaRelease } from "./memory";
export { bayesScores } from "./bayes/scores";
export {
  cholesky as linalgCholesky,
  choleskySolve as linalgCholeskySolve,
} from "./linalg/cholesky";
export { gprCondition } from "./gpr/condition";
export { gprLikelihood } from "./gpr/likelihood";
export { gprPredict } from "./gpr/predict";
export { gemmNN as linalgGemmNN, gemmNT as linalgGemmNT } from "./linalg/gemm";
export { gemv as linalgGemv } from "./linalg/gemv";
export { symmetricEigen as linalgSymmetricEigen } from "./linalg/symmetric-eigen";
export { syrkTN as linalgSyrkTN } from "./linalg/syrk";
export { logisticFit } from "./logistic/fit";
export { logisticProbabilities, logisticScores } from "./logistic/predict";
export { exp as mathExp, expArray as mathExpArray } from "./math/exp";
export { log as mathLog, logArray as mathLogArray } from "./math/log";
export { logSumExp as mathLogSumExp } from "./math/log-sum-exp";
export { normalCdf as mathNormalCdf } from "./math/normal";
export { normalQuantile as mathNormalQuantile } from "./math/quantile";
export { neighborsSearch } from "./neighbors/search";
export { invert as powerInvert, transform as powerTransform } from "./power/curve";
export { logarithms as powerLogarithms, loss as powerLoss } from "./power/likelihood";
export {
  integers as randomIntegers,
  normals as randomNormals,
  permutation as randomPermutation,
  uniforms as randomUniforms,
} from "./random/draws";
export {
  lbfgsbBytes,
  lbfgsbCreate,
  lbfgsbEvaluations,
  lbfgsbGradient,
  lbfgsbGradientNorm,
  lbfgsbHigh,
  lbfgsbIterations,
  lbfgsbLow,
  lbfgsbSetValue,
  lbfgsbStart,
  lbfgsbStep,
  lbfgsbValue,
  lbfgsbX,
} from "./optim/lbfgsb";
export { svmDecide, svmDecideLinear, svmWeights } from "./svm/decide";
export { svmFit } from "./svm/fit";
export { svmProducts } from "./svm/gram";
export { svmProbabilities, svmSigmoid } from "./svm/probability";
export { svmRegress } from "./svm/regression";
export { linearFit, linearGram } from "./linear/fit";
export { linearSvcFit } from "./linear/squared-hinge";
