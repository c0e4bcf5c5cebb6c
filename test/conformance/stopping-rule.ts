import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choice, flattenSpace, float } from "../../src/core/space.ts";
import type { Direction, TrialRecord } from "../../src/core/trial.ts";
import type { StoppingInput, StoppingRule } from "../../src/stopping/stopping-rule.ts";
import { core } from "../support/cores.ts";
import { stoppingInput } from "../support/stopping-input.ts";
import { trialRecord } from "../support/trials.ts";

export interface StoppingRuleConformanceOptions {
  /** Whether it is a rule for one objective and says so when there are more. */
  readonly oneObjective?: boolean;
  /** How many studies it is tried on; default 300. */
  readonly numRuns?: number;
}

/** What every stopping rule must keep, whatever it asks of a study: its interface's suite. */
export function stoppingRuleConformance(
  name: string,
  make: () => StoppingRule,
  options: StoppingRuleConformanceOptions = {},
): void {
  const { oneObjective = false, numRuns = 300 } = options;
  const inputs = oneObjective ? stoppingInputsOf(1) : stoppingInputs;
  describe(`${name} as a stopping rule`, () => {
    test("lets a study begin", () => {
      const rule = make();
      expect(rule.reasonToStop(stoppingInput({ space }))).toBeNull();
    });

    const several = stoppingInput({ space, directions: ["maximize", "minimize"] });
    test.runIf(oneObjective)("refuses several objectives", () => {
      expect(() => make().reasonToStop(several)).toThrow(/expected one objective/);
    });

    test.skipIf(oneObjective)("lets a study of several objectives begin", () => {
      expect(make().reasonToStop(several)).toBeNull();
    });

    test("answers with a reason or null, from its arguments alone, and leaves them as they are", () => {
      const property = fc.property(inputs, inputs, (input, other) => {
        const frozen = { ...deepFreeze(input), core };
        const rule = make();
        const reason = rule.reasonToStop(frozen);
        expect(reason ?? "none").toMatch(/^\S.*\S$/);
        rule.reasonToStop({ ...other, core });
        expect(rule.reasonToStop(frozen)).toBe(reason);
        expect(make().reasonToStop({ ...structuredClone(input), core })).toBe(reason);
      });
      fc.assert(property, { numRuns });
    });
  });
}

const values = fc.oneof(
  fc.constantFrom(-1e300, -1, 0, 1e-300, 1, 2, 1e300),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const state = fc.constantFrom("complete" as const, "complete" as const, "pruned" as const, "fail" as const);

const space = flattenSpace({ x: float(0, 1), kind: choice(["a", "b"]) });

const stoppingInputsOf = (maxLength: number): fc.Arbitrary<Omit<StoppingInput, "core">> =>
  fc.array(fc.constantFrom<Direction>("minimize", "maximize"), { minLength: 1, maxLength }).chain((directions) => {
    const ended = fc.record({
      internal: fc.record({ x: fc.double({ min: 0, max: 1, noNaN: true }), kind: fc.nat(1) }),
      state,
      values: fc.array(values, { minLength: directions.length, maxLength: directions.length }),
      cost: fc.nat(3),
      gap: fc.nat(2),
    });
    return fc.record({
      space: fc.constant(space),
      directions: fc.constant(directions),
      history: fc.array(ended, { maxLength: 20 }).map((list) => {
        let number = -1;
        return list.map((trial): TrialRecord => {
          number += 1 + trial.gap;
          return trialRecord(space, number, trial.internal, null, {
            state: trial.state,
            values: trial.state === "complete" ? trial.values : null,
            userAttrs: { cost: trial.cost },
          });
        });
      }),
      elapsed: fc.double({ min: 0, max: 1e6, noNaN: true }),
    });
  });

/** Histories of failures, pruned and complete trials with 1 to 3 objectives, with gaps between the numbers. */
export const stoppingInputs: fc.Arbitrary<Omit<StoppingInput, "core">> = stoppingInputsOf(3);

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
