import { describe, expect, test } from "vitest";
import { bracketsFor } from "../../src/core/brackets.ts";
import { hyperband } from "../../src/pruners/hyperband.ts";
import { median } from "../../src/pruners/median.ts";
import { nop } from "../../src/pruners/nop.ts";
import { patient } from "../../src/pruners/patient.ts";
import { percentile } from "../../src/pruners/percentile.ts";
import type { Pruner } from "../../src/pruners/pruner.ts";
import { successiveHalving } from "../../src/pruners/successive-halving.ts";
import { threshold } from "../../src/pruners/threshold.ts";
import { wilcoxon } from "../../src/pruners/wilcoxon.ts";
import { prunedSteps } from "../support/pruned-steps.ts";
import { vectors } from "../support/vectors.ts";

interface Decisions {
  readonly pruned_at_step: (number | null)[];
  readonly bracket_of_trial?: number[];
  readonly budgets?: number[];
}
const golden = vectors<{ curves: number[][]; decisions: Record<string, Decisions> }>("pruners.json");
const instances = vectors<{ curves: number[][]; pruned_at: (number | null)[] }>("wilcoxon-instances.json");

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("the reference's decisions", () => {
  const cases: Record<string, Pruner> = {
    median_default: median(),
    median_s3_w2_i2: median({ startupTrials: 3, warmupSteps: 2, intervalSteps: 2 }),
    percentile25: percentile(25, { startupTrials: 3 }),
    sha_1_3_0: successiveHalving({ minResource: 1, reductionFactor: 3 }),
    sha_auto: successiveHalving(),
    sha_1_4_boot2: successiveHalving({ minResource: 1, reductionFactor: 4, bootstrapCount: 2 }),
    hyperband_1_27_3: hyperband({ maxResource: 27, bracketKey: "golden" }),
    hyperband_auto: hyperband({ bracketKey: "golden" }),
    "wilcoxon_0.1": wilcoxon(),
    "threshold_up1.2": threshold({ upper: 1.2, warmupSteps: 3 }),
    patient_median_p2: patient(median({ startupTrials: 3 }), { patience: 2 }),
    nop: nop(),
  };

  test("every one has its case", () => {
    expect(Object.keys(cases).sort()).toEqual(Object.keys(golden.decisions).sort());
  });

  test.each(Object.entries(cases))("%s prunes each curve at the reference's step", (name, pruner) => {
    const firstStep = name.startsWith("wilcoxon") ? 0 : 1;
    const expected = golden.decisions[name]?.pruned_at_step;
    expect(prunedSteps(pruner, golden.curves, { firstStep })).toEqual(expected);
  });

  // A threshold has its own bounds, which are not mirrored.
  const mirrored = golden.curves.map((curve) => curve.map((value) => -value));
  test.each(Object.entries(cases).filter(([name]) => !name.startsWith("threshold")))(
    "%s does the same to mirrored curves in the other direction",
    (name, pruner) => {
      const firstStep = name.startsWith("wilcoxon") ? 0 : 1;
      const expected = golden.decisions[name]?.pruned_at_step;
      expect(prunedSteps(pruner, mirrored, { firstStep, direction: "maximize" })).toEqual(expected);
    },
  );

  test("wilcoxon stops each trial over problem instances at the reference's instance", () => {
    const steps = prunedSteps(wilcoxon(), instances.curves, {
      firstStep: 0,
      finalValue: mean,
      stopped: (trial) => ({
        ...trial,
        state: "complete",
        values: [mean(trial.intermediate.map(([, value]) => value))],
      }),
    });
    expect(steps).toEqual(instances.pruned_at);
  });

  test("hyperband's brackets and their shares are the reference's", () => {
    const brackets = bracketsFor(1, 27, 3);
    const expected = golden.decisions["hyperband_1_27_3"];
    expect(brackets.budgets).toEqual(expected?.budgets);
    expect(golden.curves.map((_, number) => brackets.of("golden", number))).toEqual(expected?.bracket_of_trial);
  });
});
