import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cardinality, contains, nearest } from "../../src/core/distribution.ts";
import {
  choice,
  type FlatSpace,
  flattenSpace,
  float,
  int,
  isActive,
  type Space,
  type SpaceNode,
} from "../../src/core/space.ts";
import type { Direction, TrialRecord } from "../../src/core/trial.ts";
import type { Sampler, Suggestion } from "../../src/samplers/sampler.ts";
import { alsoAsSurrogate, core, searchCores } from "../support/cores.ts";
import { ask, feedback, running } from "../support/feedback.ts";
import { anySpace, discreteSpace } from "../support/spaces.ts";

export interface ConformanceOptions {
  /** SHA-256 of 60 suggestions (see `digestOf`): a change of it is a change of every user's studies. */
  readonly digest: string;
  /** Only choices and stepped parameters, and suggestions that may come to an end. */
  readonly discrete?: boolean;
  /** Suggestions come to an end when a discrete space is exhausted. */
  readonly ends?: boolean;
  /** How many objectives there are; default 1. */
  readonly objectives?: number;
  /** Parameters more that the sampler asks of a space; default none. */
  readonly within?: (space: Space) => Space;
}

/** What every sampler must keep, whatever it does: its interface's suite. */
export function samplerConformance(name: string, make: () => Sampler, options: ConformanceOptions): void {
  const { objectives = 1, within = (space) => space } = options;
  const spaces = (options.discrete === true ? discreteSpace : anySpace).map(within);
  const fixed = within(options.discrete === true ? discreteFixedSpace : fixedSpace);
  const hardships = hardshipsOf(objectives);
  const fixedValue = (params: Readonly<Record<string, unknown>>): readonly number[] =>
    fixedValues(params).slice(0, objectives);
  const directions = (["minimize", "maximize", "minimize"] as const).slice(0, objectives);

  describe(`${name} as a sampler`, () => {
    test("suggests exactly the active parameters, within bounds and on steps", () => {
      const property = fc.property(spaces, hardships, fc.maxSafeNat(), (space, hardship, seed) => {
        const flat = flattenSpace(space);
        const trials = feedback(core, make(), space, hardship.value, { seed, trials: 30, ...hardship });
        for (const trial of trials) expectAllowed(flat, trial.internal);
        const isSmall = options.ends === true && flat.every((param) => cardinality(param.distribution) < 1e9);
        expect(trials.length).toBeGreaterThanOrEqual(options.discrete === true || isSmall ? 1 : 30);
      });
      fc.assert(property, { numRuns: Math.ceil(150 / objectives ** 2) });
    });

    test("answers from its arguments alone, and leaves them as they are", () => {
      const property = fc.property(spaces, hardships, fc.nat(26), fc.boolean(), (space, hardship, at, inOneGo) => {
        const flat = deepFreeze(flattenSpace(space));
        const sampler = make();
        const trials = feedback(core, sampler, space, hardship.value, { seed: 5, trials: 28, ...hardship });
        const number = Math.min(at, trials.length - 1);
        const known = Math.max(0, number - hardship.lag);
        const history = deepFreeze(structuredClone(trials.slice(0, known)));
        const pending = deepFreeze(trials.slice(known, number).map(running));
        const asker = inOneGo ? sampler : make();
        const suggestion = ask(core, asker, flat, history, number, { seed: 5, pending, ...hardship });
        expect(suggestion).toEqual(trials[number]?.internal);
        const other = flattenSpace(within({ other: int(0, 3) }));
        ask(core, asker, other, [], 0);
        expect(ask(core, asker, flat, history, number, { seed: 5, pending, ...hardship })).toEqual(suggestion);
        expect(ask(core, make(), flat, [...history], number, { seed: 5, pending, ...hardship })).toEqual(suggestion);
      });
      fc.assert(property, { numRuns: 60 });
    });

    test("goes on from any prefix as if never interrupted", () => {
      const whole = feedback(core, make(), fixed, fixedValue, { seed: 3, trials: 40, lag: 2, directions });
      const flat = flattenSpace(fixed);
      for (let number = 0; number < whole.length; number++) {
        const known = Math.max(0, number - 2);
        const pending = whole.slice(known, number).map(running);
        const resumed = ask(core, make(), flat, whole.slice(0, known), number, { seed: 3, pending, directions });
        expect(resumed).toEqual(whole[number]?.internal);
      }
    });

    test("manages 1,000 parameters", () => {
      const entries = Array.from({ length: 1000 }, (_, i) => {
        const stepped = [int(0, i), choice(["a", "b", "c"]), float(0, i + 1, { step: (i + 1) / 4 })];
        const kinds = options.discrete === true ? stepped : [...stepped, float(-i, 1), float(1e-9, 1, { log: true })];
        return [`x${i}`, kinds[i % kinds.length] as SpaceNode] as const;
      });
      const space = within(Object.fromEntries(entries));
      const flat = flattenSpace(space);
      const trials = feedback(
        core,
        make(),
        space,
        several((_, number) => (number * 7) % 5, objectives),
        {
          seed: 1,
          trials: 14,
          directions,
        },
      );
      expect(trials.length).toBe(14);
      for (const trial of trials) expectAllowed(flat, trial.internal);
    });

    test.each(searchCores)("has the same digest as ever ($build)", ({ core }) => {
      alsoAsSurrogate(core);
      const trials = feedback(core, make(), fixed, fixedValue, { seed: 12, trials: 60, lag: 1, directions });
      expect(trials.length).toBe(60);
      expect(digestOf(trials.map((trial) => trial.internal))).toBe(options.digest);
    });
  });
}

const fixedSpace: Space = {
  lr: float(1e-5, 1, { log: true }),
  drop: float(0, 0.9),
  width: int(1, 64),
  units: int(8, 512, { log: true }),
  gap: float(-1, 1, { step: 0.125 }),
  act: choice(["relu", "tanh", "sigmoid"]),
  model: choice({ svm: { C: float(0.01, 10) }, trees: { depth: int(2, 20), rate: float(0, 1) }, none: {} }),
};

const discreteFixedSpace: Space = {
  width: int(1, 4),
  gap: float(-1, 1, { step: 0.5 }),
  act: choice(["relu", "tanh", "sigmoid"]),
  model: choice({ svm: { C: int(1, 3) }, trees: { depth: int(2, 5) }, none: {} }),
};

/** Arithmetic that every engine does alike; every branch has its good places. The second is to be maximized. */
function fixedValues(params: Readonly<Record<string, unknown>>): readonly [number, number, number] {
  const { drop = 0.3, width = 3, gap = 0, units = 8, act } = params as Record<string, number | string>;
  const { kind, C = 1, depth = 2, rate = 0 } = params["model"] as Record<string, number> & { kind: string };
  const shape = ((drop as number) - 0.4) ** 2 + ((width as number) - 20) ** 2 / 900 + ((gap as number) - 0.25) ** 2;
  const model = kind === "svm" ? C / 5 : kind === "trees" ? Math.abs(depth - 9) / 20 + rate / 4 : 0.3;
  const speed = (act === "relu" ? 0.3 : 0) - (units as number) / 512 - ((width as number) - 3) ** 2 / 900;
  const size = ((gap as number) + 0.5) ** 2 + (kind === "none" ? 0 : 0.2) + (0.9 - (drop as number)) ** 2;
  return [shape / 4 + (act === "tanh" ? 0 : 0.1) + 2 * model, speed, size];
}

/** SHA-256 of the suggestions as JSON, keys as they come. */
export function digestOf(suggestions: readonly Suggestion[]): string {
  return createHash("sha256").update(JSON.stringify(suggestions)).digest("hex");
}

function expectAllowed(space: FlatSpace, internal: Suggestion): void {
  const active = space.filter((param) => isActive(param, internal));
  expect(Object.keys(internal).sort()).toEqual(active.map((param) => param.name).sort());
  for (const { name, distribution } of active) {
    const value = internal[name] as number;
    const allowed = contains(distribution, value) && nearest(distribution, value) === value;
    if (!allowed) throw new Error(`${name} = ${value} is not allowed by ${JSON.stringify(distribution)}`);
  }
}

// What a history may hold besides well-behaved trials: a value for each number, and how each trial ended.
type Value = (params: unknown, number: number) => number;
const values: readonly Value[] = [
  (_, number) => (number * 37) % 11,
  () => 1,
  (_, number) => (number % 2 === 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY),
  (_, number) => (number % 3 === 0 ? 1e308 : -1e308),
  () => 5e-324,
];
const endings: readonly ((trial: TrialRecord) => TrialRecord)[] = [
  (trial) => trial,
  (trial) => ({ ...trial, state: "fail", values: null }),
  (trial) => ({ ...trial, state: "pruned", values: null, intermediate: [[trial.number % 4, trial.number % 3]] }),
  (trial) => ({ ...trial, state: "pruned", values: null, intermediate: [[1, Number.NaN]] }),
  (trial) => ({ ...trial, state: "pruned", values: null }),
];
const hardshipsOf = (objectives: number) =>
  fc.record({
    value: fc.constantFrom(...values).map((value) => several(value, objectives)),
    lag: fc.nat(4),
    directions: fc
      .constantFrom("minimize" as const, "maximize" as const)
      .map((first) => [first, ...new Array<Direction>(objectives - 1).fill("minimize")]),
    finish: fc.array(fc.constantFrom(...endings), { minLength: 1, maxLength: 7 }).map(
      (cycle) =>
        (trial: TrialRecord): TrialRecord =>
          (cycle[trial.number % cycle.length] as (trial: TrialRecord) => TrialRecord)(trial),
    ),
  });

/** One value an objective: what the first gives for this trial, the others for later ones. */
function several(value: Value, objectives: number): (params: unknown, number: number) => readonly number[] {
  return (params, number) => Array.from({ length: objectives }, (_, k) => value(params, (2 * k + 1) * number + k));
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
