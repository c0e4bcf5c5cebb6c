import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TrialRecord } from "../../src/core/trial.ts";
import type { Pruner, PrunerInput } from "../../src/pruners/pruner.ts";
import { bareTrial } from "../support/bare-trial.ts";
import { core, cores } from "../support/cores.ts";
import { prunedSteps } from "../support/pruned-steps.ts";

export interface PrunerConformanceOptions {
  /** SHA-256 of the steps at which 60 fixed curves are pruned: a change of it is a change of users' studies. */
  readonly digest: string;
  /** What is promised a trial without any other: that it is never pruned, or not for finite reports. */
  readonly alone?: "never" | "not-finite";
  /** Judges by bounds of its own, so that mirrored reports in the other direction are judged otherwise. */
  readonly absolute?: boolean;
  /** How many objectives the trials have; default 1. */
  readonly objectives?: number;
}

/** What every pruner must keep, whatever it does: its interface's suite. */
export function prunerConformance(name: string, make: () => Pruner, options: PrunerConformanceOptions): void {
  const { objectives = 1 } = options;
  const inputs = inputsOf(objectives);
  describe(`${name} as a pruner`, () => {
    test("answers from its arguments alone, and leaves them as they are", () => {
      const pruner = make();
      const property = fc.property(inputs, inputs, (input, other) => {
        const frozen = deepFreeze(structuredClone(input));
        const verdict = pruner.shouldPrune(core, frozen);
        expect(typeof verdict).toBe("boolean");
        expect(frozen).toEqual(input);
        pruner.shouldPrune(core, other);
        expect(pruner.shouldPrune(core, frozen)).toBe(verdict);
        expect(make().shouldPrune(core, structuredClone(input))).toBe(verdict);
      });
      fc.assert(property, { numRuns: 300 });
    });

    test("leaves a trial without reports alone", () => {
      const property = fc.property(inputs, (input) => {
        const trial = { ...input.trial, intermediate: [], reports: [] };
        expect(make().shouldPrune(core, { ...input, trial })).toBe(false);
      });
      fc.assert(property, { numRuns: 100 });
    });

    test.runIf(options.alone !== undefined)("does not prune a trial that has nothing to be compared with", () => {
      const property = fc.property(inputs, fc.boolean(), (input, onlyFailures) => {
        const reports = input.trial.intermediate;
        const intermediate =
          options.alone === "never" ? reports : reports.filter(([, value]) => Number.isFinite(value));
        const failed = input.history.map((trial) => ({ ...trial, state: "fail" as const, intermediate: [] }));
        const history = onlyFailures ? failed : [];
        expect(make().shouldPrune(core, { ...input, history, trial: { ...input.trial, intermediate } })).toBe(false);
      });
      fc.assert(property, { numRuns: 100 });
    });

    test.skipIf(options.absolute === true)("maximizes as it minimizes what is negated", () => {
      const property = fc.property(inputs, (input) => {
        const mirrored: PrunerInput = {
          ...input,
          directions: input.directions.map((direction) => (direction === "maximize" ? "minimize" : "maximize")),
          trial: negated(input.trial),
          history: input.history.map(negated),
        };
        expect(make().shouldPrune(core, mirrored)).toBe(make().shouldPrune(core, input));
      });
      fc.assert(property, { numRuns: 300 });
    });

    test.each(cores)("has the same digest as ever ($build)", ({ core: build }) => {
      const steps = prunedSteps(make(), fixedCurves(objectives), { core: build });
      expect(createHash("sha256").update(JSON.stringify(steps)).digest("hex")).toBe(options.digest);
    });
  });
}

/** Sixty curves of 16 reports that fall, level out or rise, crossing each other, with ties. */
function fixedCurves(objectives: number): number[][] | number[][][] {
  const at = (number: number, i: number): number => {
    const start = ((number * 37) % 23) / 4;
    const slope = ((number * 11) % 13) - 4;
    return start + slope / (i + 2) + ((number * 7 + i * 5) % 9) / 16;
  };
  const curves = <T>(report: (number: number, i: number) => T): T[][] =>
    Array.from({ length: 60 }, (_, number) => Array.from({ length: 16 }, (_, i) => report(number, i)));
  if (objectives === 1) return curves(at);
  return curves((number, i) => Array.from({ length: objectives }, (_, k) => at(number * (k + 1) + 5 * k, i)));
}

function negated(trial: TrialRecord): TrialRecord {
  return {
    ...trial,
    values: trial.values?.map((value) => -value) ?? null,
    intermediate: trial.intermediate.map(([step, value]) => [step, -value] as const),
    reports: (trial.reports ?? []).map(([step, values]) => [step, values.map((value) => -value)] as const),
  };
}

// Few distinct values, so that they tie and meet; now and then one that is not finite.
const report = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: -4, max: 12 }).map((value) => value / 4) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e308) },
);
const finite = fc.integer({ min: -4, max: 12 }).map((value) => value / 4);
const curveOf = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<[number, T][]> =>
  fc
    .tuple(fc.array(one, { maxLength: 18 }), fc.nat(2), fc.integer({ min: 1, max: 3 }))
    .map(([values, first, stride]) => values.map((value, i): [number, T] => [first + i * stride, value]));

function inputsOf(objectives: number): fc.Arbitrary<PrunerInput> {
  const one = fc.oneof(report, finite);
  const many = <T>(part: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
    fc.array(part, { minLength: objectives, maxLength: objectives });
  // With several objectives a report has a number for each, and stands elsewhere in the record.
  const reported =
    objectives === 1
      ? curveOf(one).map((intermediate) => ({ intermediate }))
      : curveOf(many(one)).map((reports) => ({ reports }));
  const finished = fc.record({
    state: fc.constantFrom("complete" as const, "complete" as const, "pruned" as const, "fail" as const),
    values: many(finite),
    reported,
  });
  return fc
    .record({
      directions: many(fc.constantFrom("minimize" as const, "maximize" as const)),
      history: fc.array(finished, { maxLength: 12 }),
      reported,
      seed: fc.nat(5),
    })
    .map(({ directions, history, reported, seed }) => ({
      directions,
      history: history.map(({ state, values, reported }, number) =>
        bareTrial({ number, state, values: state === "complete" ? values : null, ...reported }),
      ),
      trial: bareTrial({ number: history.length, state: "running", ...reported }),
      key: { seed, trial: history.length, purpose: "pruner" },
    }));
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
