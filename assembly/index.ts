// Every export that crosses the boundary, and nothing else. Names are `familyVerb`.

export { arenaAlloc, arenaMark, arenaRelease } from "./memory";
export { axpy as linalgAxpy, dot as linalgDot } from "./linalg/dot";
export { gemmNN as linalgGemmNN, gemmNT as linalgGemmNT, gemmTN as linalgGemmTN } from "./linalg/gemm";
export { gemv as linalgGemv, gemvT as linalgGemvT } from "./linalg/gemv";
