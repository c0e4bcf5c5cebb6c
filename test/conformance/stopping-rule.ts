import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Direction, TrialRecord } from "../../src/core/trial.ts";
import type { StoppingInput, StoppingRule } from "../../src/stopping/stopping-rule.ts";
import { bareTrial } from "../support/bare-trial.ts";

/** What every stopping rule must keep, whatever it asks of a study: its interface's suite. */
export function stoppingRuleConformance(name: string, make: () => StoppingRule): void {
  describe(`${name} as a stopping rule`, () => {
    test("lets a study begin", () => {
      const rule = make();
      for (const directions of [["minimize"], ["maximize", "minimize"]] as const) {
        expect(rule.reasonToStop({ directions, history: [], elapsed: 0 })).toBeNull();
      }
    });

    test("answers with a reason or null, from its arguments alone, and leaves them as they are", () => {
      const property = fc.property(stoppingInputs, stoppingInputs, (input, other) => {
        const frozen = deepFreeze(input);
        const rule = make();
        const reason = rule.reasonToStop(frozen);
        expect(reason ?? "none").toMatch(/^\S.*\S$/);
        rule.reasonToStop(other);
        expect(rule.reasonToStop(frozen)).toBe(reason);
        expect(make().reasonToStop(structuredClone(input))).toBe(reason);
      });
      fc.assert(property, { numRuns: 300 });
    });
  });
}

const values = fc.oneof(
  fc.constantFrom(-1e300, -1, 0, 1e-300, 1, 2, 1e300),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const state = fc.constantFrom("complete" as const, "complete" as const, "pruned" as const, "fail" as const);

/** Histories of failures, pruned and complete trials with 1 to 3 objectives, with gaps between the numbers. */
export const stoppingInputs: fc.Arbitrary<StoppingInput> = fc
  .array(fc.constantFrom<Direction>("minimize", "maximize"), { minLength: 1, maxLength: 3 })
  .chain((directions) => {
    const ended = fc.record({
      state,
      values: fc.array(values, { minLength: directions.length, maxLength: directions.length }),
      cost: fc.nat(3),
      gap: fc.nat(2),
    });
    return fc.record({
      directions: fc.constant(directions),
      history: fc.array(ended, { maxLength: 20 }).map((list) => {
        let number = -1;
        return list.map((trial): TrialRecord => {
          number += 1 + trial.gap;
          return bareTrial({
            number,
            state: trial.state,
            values: trial.state === "complete" ? trial.values : null,
            userAttrs: { cost: trial.cost },
          });
        });
      }),
      elapsed: fc.double({ min: 0, max: 1e6, noNaN: true }),
    });
  });

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
