// What the tests and benchmarks of kernels call: the exports of the search and surrogate modules, and the kernels that
// these use within. It does not ship.

export { arenaAlloc, arenaMark, arenaRelease } from "./memory";
export { update as cmaesUpdate } from "./cmaes/update";
export { axpy as linalgAxpy, dot as linalgDot } from "./linalg/dot";
export { gemmNN as linalgGemmNN, gemmNT as linalgGemmNT, gemmTN as linalgGemmTN } from "./linalg/gemm";
export { gemv as linalgGemv, gemvT as linalgGemvT } from "./linalg/gemv";
export { sha256 as hashSha256 } from "./hash/sha256";
export { exp as mathExp, expArray as mathExpArray } from "./math/exp";
export { log as mathLog, logArray as mathLogArray } from "./math/log";
export { expm1 as mathExpm1 } from "./math/expm1";
export { log1p as mathLog1p } from "./math/log1p";
export { logSumExp as mathLogSumExp } from "./math/log-sum-exp";
export {
  erf as mathErf,
  normalCdf as mathNormalCdf,
  normalLogCdf as mathNormalLogCdf,
} from "./math/normal";
export { normalQuantile as mathNormalQuantile } from "./math/quantile";
export {
  firstUniforms as randomFirstUniforms,
  integers as randomIntegers,
  normals as randomNormals,
  permutation as randomPermutation,
  uniforms as randomUniforms,
} from "./random/draws";
export { philox as randomPhilox } from "./random/philox";
export { sobol as randomSobol } from "./random/sobol";
export { truncatedNormals as randomTruncatedNormals } from "./random/truncated-normal";
export {
  cholesky as linalgCholesky,
  choleskyAppend as linalgCholeskyAppend,
  choleskySolve as linalgCholeskySolve,
} from "./linalg/cholesky";
export { symmetricEigen as linalgSymmetricEigen } from "./linalg/symmetric-eigen";
export { syrkNT as linalgSyrkNT, syrkTN as linalgSyrkTN } from "./linalg/syrk";
export {
  trsmLN as linalgTrsmLN,
  trsmLT as linalgTrsmLT,
  trsmRN as linalgTrsmRN,
  trsmRT as linalgTrsmRT,
  trsv as linalgTrsv,
  trsvT as linalgTrsvT,
} from "./linalg/triangular";
export {
  logDensity as tpeLogDensity,
  parzen as tpeParzen,
  sample as tpeSample,
  suggest as tpeSuggest,
} from "./tpe/suggest";
export { lu as linalgLu, luSolve as linalgLuSolve } from "./linalg/lu";
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
export {
  create as gpCreate,
  front as gpFront,
  likelihood as gpLikelihood,
  observe as gpObserve,
  pending as gpPending,
  predictions as gpPredictions,
  search as gpSearch,
  taken as gpTaken,
} from "./gp/process";
export { fitTheta as gpFit } from "./gp/fit";
export { posteriorDraws as gpPosteriorDraws } from "./gp/posterior-sample";
export { searchBest as gpBest } from "./gp/search";
export { logGain as gpLogGain } from "./gp/log-ei";
export { logHypervolumeGain as gpLogHypervolumeGain } from "./gp/log-ehvi";
export { scoreAll as gpScores, scoreGradient as gpScoreGradient } from "./gp/score";
export { choleskyInverse as linalgCholeskyInverse } from "./linalg/cholesky-inverse";
