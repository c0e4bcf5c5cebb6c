import { describe, expect, test } from "vitest";
import { hyperband } from "../../src/pruners/hyperband.ts";
import { median } from "../../src/pruners/median.ts";
import { nonDominatedRank } from "../../src/pruners/non-dominated-rank.ts";
import { nop } from "../../src/pruners/nop.ts";
import { patient } from "../../src/pruners/patient.ts";
import { percentile } from "../../src/pruners/percentile.ts";
import { successiveHalving } from "../../src/pruners/successive-halving.ts";
import { threshold } from "../../src/pruners/threshold.ts";
import { wilcoxon } from "../../src/pruners/wilcoxon.ts";
import { testStudy } from "../support/study.ts";

describe("a pruner's options", () => {
  const bad: [() => unknown, RegExp][] = [
    [() => percentile(101), /"percentile": expected a number from 0 to 100, got 101/],
    [() => median({ intervalSteps: 0 }), /"intervalSteps": expected a whole number >= 1, got 0/],
    [() => threshold({}), /"threshold": expected a lower or an upper bound, got neither/],
    [() => threshold({ lower: 2, upper: 1 }), /"threshold": expected lower <= upper, got 2 > 1/],
    [() => threshold({ upper: Number.NaN }), /"upper": expected a number that is not NaN, got NaN/],
    [() => patient(null, { patience: -1 }), /"patience": expected a whole number >= 0, got -1/],
    [() => patient(null, { patience: 1, minDelta: -1 }), /"minDelta": expected a finite number >= 0, got -1/],
    [() => successiveHalving({ reductionFactor: 1 }), /"reductionFactor": expected a whole number >= 2, got 1/],
    [() => successiveHalving({ bootstrapCount: 1 }), /"bootstrapCount": expected a whole number from 0 to 0, got 1/],
    [() => hyperband({ minResource: 3, maxResource: 2 }), /"maxResource": expected a whole number >= 3, got 2/],
    [() => hyperband({ bracketKey: 1 as never }), /"bracketKey": expected a text, got 1/],
    [() => wilcoxon({ pThreshold: 2 }), /"pThreshold": expected a number from 0 to 1, got 2/],
    [() => nonDominatedRank({ percentile: -1 }), /"percentile": expected a number from 0 to 100, got -1/],
    [() => nonDominatedRank({ minTrials: 0 }), /"minTrials": expected a whole number >= 1, got 0/],
    [() => wilcoxon({ startupSteps: -1 }), /"startupSteps": expected a whole number >= 0, got -1/],
  ];
  test.each(bad)("are refused at the factory: %s", (make, message) => {
    expect(make).toThrow(message);
  });
});

describe("a study of several objectives", () => {
  const single = [
    median(),
    percentile(25),
    threshold({ upper: 1 }),
    patient(null, { patience: 1 }),
    successiveHalving(),
    hyperband(),
    wilcoxon(),
  ];
  test.each(single.map((pruner) => [pruner.name, pruner] as const))(
    "is refused by %s when it is created",
    async (name, pruner) => {
      const message = new RegExp(
        `"directions": expected one objective for ${name}\\(\\), got 2 \\(minimize, maximize\\)`,
      );
      await expect(testStudy({ directions: ["minimize", "maximize"], pruner })).rejects.toThrow(message);
      await expect(testStudy({ directions: ["maximize"], pruner })).resolves.toBeDefined();
    },
  );

  test.each([nop(), nonDominatedRank()].map((pruner) => [pruner.name, pruner] as const))(
    "is taken by %s",
    async (_, pruner) => {
      await expect(testStudy({ directions: ["minimize", "maximize"], pruner })).resolves.toBeDefined();
    },
  );
});
