// Every export of the surrogate module, and nothing else: Gaussian processes of a search, and what goes into their inputs.

export { arenaAlloc, arenaMark, arenaRelease } from "./memory";
export { fitTheta as gpFit } from "./gp/fit";
export { logHypervolumeGain as gpLogHypervolumeGain } from "./gp/log-ehvi";
export { posteriorDraws as gpPosteriorDraws } from "./gp/posterior-sample";
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
export { scoreAll as gpScores, scoreGradient as gpScoreGradient } from "./gp/score";
export { searchBest as gpBest } from "./gp/search";
export { exp as mathExp } from "./math/exp";
export { log as mathLog, logArray as mathLogArray } from "./math/log";
export { normals as randomNormals, uniforms as randomUniforms } from "./random/draws";
export { sobol as randomSobol } from "./random/sobol";
