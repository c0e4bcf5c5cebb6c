// Every export that crosses the boundary, and nothing else. Names are `familyVerb`.

export { arenaAlloc, arenaMark, arenaRelease } from "./memory";
