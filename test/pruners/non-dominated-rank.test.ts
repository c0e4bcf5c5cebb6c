import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crowdingDistances } from "../../src/core/crowding-distance.ts";
import type { TrialRecord } from "../../src/core/trial.ts";
import { median } from "../../src/pruners/median.ts";
import { nonDominatedRank, type NonDominatedRankOptions } from "../../src/pruners/non-dominated-rank.ts";
import { bareTrial } from "../support/bare-trial.ts";
import { core } from "../support/cores.ts";

type Point = readonly number[];

function isPruned(options: NonDominatedRankOptions, own: Point, others: readonly Point[]): boolean {
  const history = others.map((values, number) => bareTrial({ number, values: [0, 0], reports: [[3, values]] }));
  const trial = bareTrial({ number: others.length, state: "running", reports: [[3, own]] });
  const key = { seed: 0, trial: others.length, purpose: "" };
  const directions = ["minimize", "maximize"] as const;
  return nonDominatedRank({ startupTrials: 1, ...options }).shouldPrune(core, { directions, trial, history, key });
}

test("prunes by the rank that the definition gives", () => {
  const value = fc.integer({ min: 0, max: 6 });
  const point = fc.tuple(value, value);
  fc.assert(
    fc.property(
      point,
      fc.array(point, { minLength: 1, maxLength: 14 }),
      fc.integer({ min: 0, max: 100 }),
      (own, others, percentile) => {
        const beats = ([a, b]: Point, [c, d]: Point): boolean =>
          (a as number) <= (c as number) && (b as number) >= (d as number) && (a !== c || b !== d);
        // Fronts are taken off until one has the trial in it; what was taken off before is better.
        let left: Point[] = [...others, own];
        let better = 0;
        let front: Point[] = [];
        for (;;) {
          front = left.filter((one) => !left.some((other) => beats(other, one)));
          if (front.includes(own)) break;
          better += front.length;
          left = left.filter((one) => !front.includes(one));
        }
        const distinct = front.filter((one, i) => front.findIndex((other) => String(other) === String(one)) === i);
        const rooms = crowdingDistances(distinct);
        const roomOf = (one: Point): number =>
          rooms[distinct.findIndex((other) => String(other) === String(one))] as number;
        better += front.filter((one) => roomOf(one) > roomOf(own)).length;
        expect(isPruned({ percentile }, own, others)).toBe(better / others.length > percentile / 100);
      },
    ),
    { numRuns: 500 },
  );
});

test("with one objective and an odd number of others judges the latest report as the median does", () => {
  const value = fc.integer({ min: 0, max: 9 });
  const odd = fc.array(value, { minLength: 1, maxLength: 15 }).filter(({ length }) => length % 2 === 1);
  fc.assert(
    fc.property(value, odd, fc.constantFrom("minimize" as const, "maximize" as const), (own, others, direction) => {
      const input = {
        directions: [direction],
        trial: bareTrial({ number: 99, state: "running", intermediate: [[0, own]] }),
        history: others.map((value, number) => bareTrial({ number, values: [value], intermediate: [[0, value]] })),
        key: { seed: 0, trial: 99, purpose: "" },
      };
      const options = { startupTrials: 0 };
      expect(nonDominatedRank(options).shouldPrune(core, input)).toBe(median(options).shouldPrune(core, input));
    }),
  );
});

describe("when it judges", () => {
  const four = [
    [1, 9],
    [2, 9],
    [3, 9],
    [4, 9],
  ]; // prettier-ignore
  test("a trial that most others dominate, not one that extends the front", () => {
    expect(isPruned({}, [9, 0], four)).toBe(true);
    expect(isPruned({}, [0, 0], four)).toBe(false);
    expect(isPruned({}, [2, 9], four)).toBe(false);
  });

  test("once enough trials are complete and have a report at the step that is a number throughout", () => {
    expect(isPruned({ startupTrials: 5 }, [9, 0], four)).toBe(false);
    expect(isPruned({ minTrials: 5 }, [9, 0], four)).toBe(false);
    expect(isPruned({ minTrials: 4 }, [9, 0], four)).toBe(true);
    expect(isPruned({ minTrials: 4 }, [9, 0], [...four.slice(1), [Number.NaN, 9]])).toBe(false);
  });

  test("after the warm-up, at the first report of an interval", () => {
    expect(isPruned({ warmupSteps: 4 }, [9, 0], four)).toBe(false);
    expect(isPruned({ warmupSteps: 3 }, [9, 0], four)).toBe(true);
    const trial = bareTrial({
      number: 4,
      state: "running",
      reports: [
        [2, [9, 0]],
        [3, [9, 0]],
      ],
    }); // prettier-ignore
    const history: TrialRecord[] = four.map((values, number) => bareTrial({ number, reports: [[3, values]] }));
    const input = {
      directions: ["minimize", "maximize"] as const,
      trial,
      history,
      key: { seed: 0, trial: 4, purpose: "" },
    };
    expect(nonDominatedRank({ startupTrials: 1, intervalSteps: 2 }).shouldPrune(core, input)).toBe(false);
    expect(nonDominatedRank({ startupTrials: 1, intervalSteps: 3 }).shouldPrune(core, input)).toBe(true);
  });

  test("a report with a NaN is the worst, an infinite one counts", () => {
    expect(isPruned({ percentile: 100 }, [Number.NaN, 9], four)).toBe(true);
    expect(isPruned({}, [-Infinity, 9], four)).toBe(false);
    expect(isPruned({}, [Infinity, 9], four)).toBe(true);
  });
});
