// Every export of the search module, and nothing else. Names are `familyVerb`.

export { arenaAlloc, arenaMark, arenaRelease } from "./memory";
export { update as cmaesUpdate } from "./cmaes/update";
export { sha256 as hashSha256 } from "./hash/sha256";
export { gemmNN as linalgGemmNN } from "./linalg/gemm";
export { symmetricEigen as linalgSymmetricEigen } from "./linalg/symmetric-eigen";
export { syrkTN as linalgSyrkTN } from "./linalg/syrk";
export { exp as mathExp } from "./math/exp";
export { log as mathLog } from "./math/log";
export { normalCdf as mathNormalCdf } from "./math/normal";
export { normalQuantile as mathNormalQuantile } from "./math/quantile";
export {
  firstUniforms as randomFirstUniforms,
  integers as randomIntegers,
  normals as randomNormals,
  permutation as randomPermutation,
  uniforms as randomUniforms,
} from "./random/draws";
export { sobol as randomSobol } from "./random/sobol";
export { truncatedNormals as randomTruncatedNormals } from "./random/truncated-normal";
export { suggest as tpeSuggest } from "./tpe/suggest";
