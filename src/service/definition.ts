import { expectInteger, expectOneOf, show, VernierError } from "../core/errors.ts";
import type { Json } from "../core/json.ts";
import { flattenSpace } from "../core/space.ts";
import type { Direction } from "../core/trial.ts";
import type { StudyOptions } from "../study/study.ts";
import { canonicalText, expectMembers } from "./members.ts";
import { type SpaceJson, spaceFromJson } from "./space-json.ts";
import { prunerFromJson, samplerFromJson, type StrategyJson } from "./strategies.ts";

/** A study as a request describes it. */
export interface StudyDefinition {
  /** 1 to 200 characters. */
  readonly name: string;
  /** Default "minimize". */
  readonly direction?: Direction;
  /** One for each objective, instead of `direction`. */
  readonly directions?: readonly Direction[];
  readonly space: SpaceJson;
  /** Default "auto". */
  readonly sampler?: StrategyJson;
  /** Default "nop". */
  readonly pruner?: StrategyJson;
  /** A whole number from 0 to 2^53 - 1; one is drawn unless given. */
  readonly seed?: number | null;
  /**
   * Trial k is asked knowing exactly the trials up to k - lag as ended, so that the study depends on seed and lag alone: at
   * most so many can be under way. null (default): knowing all that have ended.
   */
  readonly lag?: number | null;
}

const members = ["name", "direction", "directions", "space", "sampler", "pruner", "seed", "lag"];
const LONGEST_NAME = 200;
const MOST_OBJECTIVES = 16;

/** The definition, and what it comes to; throws `invalid-argument` or `invalid-space` naming what is wrong. */
export function readDefinition(json: unknown): { definition: StudyDefinition; options: StudyOptions } {
  const definition = expectMembers("body", json, members) as unknown as StudyDefinition;
  const { name, direction, directions, space, sampler = "auto", pruner = "nop", seed = null, lag = null } = definition;
  if (typeof name !== "string" || name === "" || name.length > LONGEST_NAME) {
    const message = `"name": expected a text of 1 to ${LONGEST_NAME} characters, got ${show(name)}`;
    throw new VernierError("invalid-argument", message);
  }
  if (directions !== undefined && !(Array.isArray(directions) && directions.length <= MOST_OBJECTIVES)) {
    const message = `"directions": expected a list of at most ${MOST_OBJECTIVES}, got ${show(directions)}`;
    throw new VernierError("invalid-argument", message);
  }
  if (lag !== null) expectInteger("lag", lag, 1);
  if (direction !== undefined) expectOneOf("direction", direction, ["minimize", "maximize"]);
  const options: StudyOptions = {
    name,
    ...(direction === undefined ? {} : { direction }),
    ...(directions === undefined ? {} : { directions }),
    ...(seed === null ? {} : { seed: expectInteger("seed", seed, 0) }),
    space: spaceFromJson(space),
    sampler: samplerFromJson(sampler),
    pruner: prunerFromJson(pruner),
    abandoned: "keep",
  };
  return { definition, options };
}

/** Throws `study-mismatch` naming the first part in which the study was defined otherwise. */
export function expectSameDefinition(kept: StudyDefinition, given: StudyDefinition): void {
  const before = partsOf(kept);
  for (const [part, now] of Object.entries(partsOf(given))) {
    const then = before[part] as string;
    if (then === now) continue;
    const message = `study "${kept.name}", ${part}: expected ${show(then)} as when it was created, got ${show(now)}`;
    throw new VernierError("study-mismatch", message);
  }
}

function partsOf(definition: StudyDefinition): Record<string, string> {
  const {
    direction = "minimize",
    directions = [direction],
    sampler = "auto",
    pruner = "nop",
    seed = null,
  } = definition;
  const parts = {
    directions,
    space: flattenSpace(spaceFromJson(definition.space)),
    sampler: named(sampler),
    pruner: named(pruner),
    seed,
    lag: definition.lag ?? null,
  };
  return Object.fromEntries(
    Object.entries(parts).map(([part, value]) => [part, canonicalText(value as unknown as Json)]),
  );
}

function named(strategy: StrategyJson): Json {
  return typeof strategy === "string" ? { name: strategy, options: {} } : { options: {}, ...strategy };
}
