// Every export of the math module, and nothing else: the elementary functions that scores need, for who needs no more.

export { arenaAlloc, arenaMark, arenaRelease } from "./memory";
export { log as mathLog } from "./math/log";
export { log1p as mathLog1p } from "./math/log1p";
