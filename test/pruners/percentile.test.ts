import { describe, expect, test } from "vitest";
import type { TrialRecord } from "../../src/core/trial.ts";
import { median } from "../../src/pruners/median.ts";
import { percentile } from "../../src/pruners/percentile.ts";
import type { Pruner } from "../../src/pruners/pruner.ts";
import { core } from "../support/cores.ts";
import { bareTrial } from "../support/bare-trial.ts";
import { vectors } from "../support/vectors.ts";

const golden = vectors<{
  curves: number[][];
  decisions: Record<string, { pruned_at_step: (number | null)[] }>;
}>("pruners.json");

/** The step at which each curve is pruned when the trials run one after another, reporting from step 1. */
function replay(pruner: Pruner): (number | null)[] {
  const history: TrialRecord[] = [];
  return golden.curves.map((curve, number) => {
    const intermediate: [number, number][] = [];
    for (const [i, value] of curve.entries()) {
      intermediate.push([i + 1, value]);
      const trial = bareTrial({ number, state: "running", intermediate: [...intermediate] });
      const key = { seed: 0, trial: number, purpose: pruner.name };
      if (pruner.shouldPrune(core, { directions: ["minimize"], trial, history, key })) {
        history.push({ ...trial, state: "pruned", values: [value] });
        return i + 1;
      }
    }
    history.push(bareTrial({ number, state: "complete", intermediate, values: [curve.at(-1) as number] }));
    return null;
  });
}

describe("median and percentile", () => {
  const cases: [string, Pruner][] = [
    ["median_default", median()],
    ["median_s3_w2_i2", median({ startupTrials: 3, warmupSteps: 2, intervalSteps: 2 })],
  ];
  test.each(cases)("%s prunes each curve at the reference's step", (name, pruner) => {
    expect(replay(pruner)).toEqual(golden.decisions[name]?.pruned_at_step);
  });

  test("bad options are refused", () => {
    expect(() => percentile(101)).toThrow(/"percentile": expected a number from 0 to 100, got 101/);
    expect(() => median({ intervalSteps: 0 })).toThrow(/"intervalSteps": expected a whole number >= 1, got 0/);
  });
});
