import { describe, expect, test } from "vitest";
import type { TrialRecord } from "../../src/core/trial.ts";
import { successiveHalving } from "../../src/pruners/successive-halving.ts";
import { bareTrial } from "../support/bare-trial.ts";
import { core } from "../support/cores.ts";

type Reports = readonly (readonly [step: number, value: number])[];
const pruner = successiveHalving({ minResource: 1, reductionFactor: 2 });

function prunes(intermediate: Reports, history: readonly TrialRecord[]): boolean {
  const trial = bareTrial({ number: 9, state: "running", intermediate });
  const key = { seed: 0, trial: 9, purpose: "rungs" };
  return pruner.shouldPrune(core, { directions: ["minimize"], trial, history, key });
}
const ended = (number: number, state: "complete" | "pruned", intermediate: Reports): TrialRecord =>
  bareTrial({ number, state, intermediate });

describe("rungs from reports", () => {
  test("a trial that asks late is judged at the rungs that it passed", () => {
    const history = [ended(0, "complete", [[1, 2]]), ended(1, "complete", [[1, 3]])];
    // Second of three at step 1; nobody else reached step 2.
    expect(prunes([[1, 2.5]], history)).toBe(true);
    expect(
      prunes(
        [
          [1, 2.5],
          [2, 0],
        ],
        history,
      ),
    ).toBe(true);
    expect(
      prunes(
        [
          [1, 1.5],
          [2, 9],
        ],
        history,
      ),
    ).toBe(false);
  });

  test("a report counts at every rung that it passes, a pruned trial's last one at the first of them", () => {
    // Steps 1, 2, 4: a first report at 4 is the result at all three.
    expect(prunes([[4, 2]], [ended(0, "complete", [[4, 1]])])).toBe(true);
    const given = [
      ended(0, "pruned", [
        [1, 5],
        [4, 1],
      ]),
    ];
    expect(
      prunes(
        [
          [1, 4],
          [2, 2],
          [4, 9],
        ],
        given,
      ),
    ).toBe(true);
    expect(
      prunes(
        [
          [1, 4],
          [2, 0],
          [4, 9],
        ],
        given,
      ),
    ).toBe(false);
  });

  test("NaN at a rung ends a trial and is no result for others", () => {
    expect(prunes([[1, Number.NaN]], [])).toBe(true);
    expect(prunes([[1, 3]], [ended(0, "pruned", [[1, Number.NaN]])])).toBe(false);
  });
});
