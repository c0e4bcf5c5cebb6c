/** Studies over HTTP: `createTuningService`. Needs the peer dependency `hono`. */
export type { StudyDefinition } from "./definition.ts";
export { openapi, type OpenApiDocument } from "./openapi.ts";
export { createTuningService, type TuningService, type TuningServiceOptions } from "./service.ts";
export { type SpaceJson, type SpaceNodeJson, spaceFromJson } from "./space-json.ts";
export type { StrategyJson } from "./strategies.ts";
export type { TrialJson } from "./trial-json.ts";
