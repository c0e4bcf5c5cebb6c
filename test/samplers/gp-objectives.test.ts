import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dominatedVolume } from "../../src/core/dominated-volume.ts";
import { choice, flattenSpace, float, int, type Space } from "../../src/core/space.ts";
import type { Direction, TrialRecord } from "../../src/core/trial.ts";
import { gp } from "../../src/samplers/gp.ts";
import { boxesToImprove, frontOf } from "../../src/samplers/gp-front.ts";
import { gpRows } from "../../src/surrogate/gp-rows.ts";
import { random } from "../../src/samplers/random.ts";
import { unitSpace } from "../../src/surrogate/unit-space.ts";
import { numbers } from "../support/dense.ts";
import { alsoAsSurrogate, core, cores, surrogate } from "../support/cores.ts";
import { ask, feedback } from "../support/feedback.ts";
import { type MultiProblem, multiProblems } from "../support/multi-objectives.ts";
import { trialRecord } from "../support/trials.ts";

const two: readonly Direction[] = ["minimize", "minimize"];
const square: Space = { x: float(0, 1), y: float(0, 1) };
/** The best trade-offs lie on the diagonal between (0.2, 0.2) and (0.8, 0.8). */
const distances = ({ x, y }: Record<string, unknown>): [number, number] => [
  ((x as number) - 0.2) ** 2 + ((y as number) - 0.2) ** 2,
  ((x as number) - 0.8) ** 2 + ((y as number) - 0.8) ** 2,
];
const at = ({ internal }: TrialRecord): [number, number] => [internal["x"] as number, internal["y"] as number];
const volumeOf = (trials: readonly TrialRecord[], reference: readonly number[]): number =>
  dominatedVolume(
    trials.flatMap(({ values }) => (values === null ? [] : [values])),
    reference,
  );

describe("gp with several objectives", () => {
  test.each([
    ["ZDT1", 30, 0.05],
    ["ZDT2", 30, 0.05],
    ["DTLZ2", 100, 0.45],
  ])("comes close to the front of %s within %i trials", (name, trials, bound) => {
    const problem = multiProblems.find((one) => one.name === name) as MultiProblem;
    const leftBy = (sampler: ReturnType<typeof gp>): number => {
      const directions = problem.reference.map((): Direction => "minimize");
      const values = (params: Readonly<Record<string, unknown>>) => problem.values(Object.values(params) as number[]);
      const done = feedback(core, sampler, problem.space, values, { seed: 2, trials, directions });
      return problem.best - volumeOf(done, problem.reference);
    };
    expect(leftBy(gp())).toBeLessThan(bound);
    expect(leftBy(random())).toBeGreaterThan(bound);
  });

  test.each([{ kernel: "rbf" }, { warp: false }, { deterministic: true }] as const)("learns with %o", (options) => {
    const trials = feedback(core, gp(options), square, distances, { seed: 1, trials: 30, directions: two });
    // The whole front dominates 0.6152 of it.
    expect(volumeOf(trials, [0.9, 0.9])).toBeGreaterThan(0.6);
  });

  test("maximizes as it minimizes what is negated", () => {
    const options = { seed: 3, trials: 18 };
    const down = feedback(core, gp(), square, distances, { ...options, directions: two });
    const negated = (params: Record<string, unknown>): number[] => distances(params).map((v, k) => (k === 1 ? -v : v));
    const up = feedback(core, gp(), square, negated, { ...options, directions: ["minimize", "maximize"] });
    expect(up.map(({ internal }) => internal)).toEqual(down.map(({ internal }) => internal));
  });

  test("does not depend on the objectives' origins and scales beyond rounding", () => {
    const options = { seed: 3, trials: 15, directions: two };
    const one = feedback(core, gp(), square, distances, options);
    const moved = (params: Record<string, unknown>): number[] =>
      distances(params).map((v, k) => (k === 0 ? 1024 * v - 4096 : v / 64));
    const other = feedback(core, gp(), square, moved, options);
    one.forEach((trial, i) => {
      expect(Math.abs(at(trial)[0] - at(other[i] as TrialRecord)[0])).toBeLessThan(0.02);
    });
  });

  test.each(cores)("finds the front where a constraint holds ($build)", ({ core }) => {
    alsoAsSurrogate(core);
    const constraint = (trial: TrialRecord): number => 0.5 - at(trial)[0];
    const finish = (trial: TrialRecord): TrialRecord => ({
      ...trial,
      systemAttrs: { constraints: [constraint(trial)] },
    });
    const trials = feedback(core, gp(), square, distances, { seed: 1, trials: 35, directions: two, finish });
    const feasible = trials.filter((trial) => constraint(trial) <= 0);
    expect(feasible.length).toBeGreaterThan(15);
    // The least distance to (0.2, 0.2) that the constraint allows is 0.09.
    expect(Math.min(...feasible.map(({ values }) => values?.[0] as number))).toBeLessThan(0.1);
    expect(volumeOf(feasible, [0.9, 0.9])).toBeGreaterThan(0.57);
  });

  test("looks for where the constraints hold when no trial holds them", () => {
    const rare = (trial: TrialRecord): number => (at(trial)[0] - 0.91) ** 2 + (at(trial)[1] - 0.07) ** 2 - 0.0004;
    const finish = (trial: TrialRecord): TrialRecord => ({ ...trial, systemAttrs: { constraints: [rare(trial)] } });
    const trials = feedback(core, gp(), square, distances, { seed: 1, trials: 25, directions: two, finish });
    expect(trials.some((trial) => rare(trial) <= 0)).toBe(true);
  });

  test("does not go back to where trials fail", () => {
    const fails = (trial: TrialRecord): boolean => at(trial)[0] < 0.4;
    const finish = (trial: TrialRecord): TrialRecord =>
      fails(trial) ? { ...trial, state: "fail", values: null } : trial;
    const trials = feedback(core, gp(), square, distances, { seed: 2, trials: 40, directions: two, finish });
    expect(trials.slice(20).filter(fails).length).toBeLessThan(6);
  });

  test("spreads parallel trials", () => {
    const trials = feedback(core, gp(), square, distances, { seed: 2, trials: 40, directions: two, lag: 7 });
    const points = trials.map((trial) =>
      at(trial)
        .map((x) => x.toFixed(4))
        .join(" "),
    );
    expect(new Set(points).size).toBe(40);
    expect(volumeOf(trials, [0.9, 0.9])).toBeGreaterThan(0.6);
  });

  test("searches each branch", () => {
    const space: Space = { kind: choice({ a: { x: float(0, 1) }, b: { k: int(1, 30) } }) };
    // The first objective is at its best in one branch, the second in the other.
    const values = (params: Record<string, unknown>): number[] => {
      const { kind, x = 0, k = 0 } = params["kind"] as { kind: string; x?: number; k?: number };
      return kind === "a" ? [(x - 0.7) ** 2, 2 + x] : [1 + k / 30, ((k - 21) / 30) ** 2];
    };
    const trials = feedback(core, gp(), space, values, { seed: 1, trials: 30, directions: two });
    const best = (k: number): number => Math.min(...trials.map((trial) => trial.values?.[k] as number));
    expect(best(0)).toBeLessThan(1e-4);
    expect(best(1)).toBeLessThan(2e-3);
  });

  test("gives its answer from a trust region when there are many parameters", () => {
    const space: Space = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`x${i}`, float(-1, 1)]));
    const values = (params: Record<string, unknown>): number[] => {
      const x = Object.values(params) as number[];
      const rest = x.slice(1).reduce((sum, own) => sum + own * own, 0);
      return [((x[0] as number) - 0.5) ** 2 + rest, ((x[0] as number) + 0.5) ** 2 + rest];
    };
    const volume = (sampler: ReturnType<typeof gp>): number =>
      volumeOf(feedback(core, sampler, space, values, { seed: 4, trials: 50, directions: two }), [5, 5]);
    expect(volume(gp())).toBeGreaterThan(10);
    expect(volume(random())).toBeLessThan(1);
  });

  test.each([2, 5])("answers with %i objectives after many trials", (m) => {
    const space = flattenSpace(square);
    const u = numbers(2 * 330, 4);
    const history = Array.from({ length: 330 }, (_, number) => {
      const internal = { x: Math.abs(u[2 * number] as number), y: Math.abs(u[2 * number + 1] as number) };
      const places = Array.from({ length: m }, (_, k) => [(k % 3) / 2, k / m]);
      const values = places.map(([a = 0, b = 0]) => (internal.x - a) ** 2 + (internal.y - b) ** 2);
      return trialRecord(space, number, internal, null, { values });
    });
    const suggestion = ask(core, gp(), space, history, 330, { directions: new Array<Direction>(m).fill("minimize") });
    expect(Object.keys(suggestion ?? {})).toEqual(["x", "y"]);
  });

  test("takes the acquisition function of several objectives alone", () => {
    const check = (acquisition: "logEI" | "logPI", directions: readonly Direction[]) => (): void =>
      gp({ acquisition }).check?.(flattenSpace(square), directions);
    expect(check("logEI", two)).not.toThrow();
    expect(check("logPI", ["minimize"])).not.toThrow();
    expect(check("logPI", two)).toThrow('"acquisition": expected "logEI" with several objectives, got "logPI"');
  });
});

test("a pruned trial counts in no objective as better than the median", () => {
  const space = flattenSpace(square);
  const record = (number: number, values: readonly number[] | null, state: TrialRecord["state"] = "complete") =>
    trialRecord(space, number, { x: number / 10, y: 0.5 }, null, { values, state });
  const history = [
    record(0, [1, 6]),
    record(1, [2, 5]),
    record(2, [3, 4]),
    record(3, [0, 9], "pruned"),
    record(4, null, "pruned"),
    record(5, [1, Number.NaN]),
    record(6, [1]),
  ];
  const key = { seed: 0, trial: 7, purpose: "sampler" };
  const input = { space, directions: ["minimize", "maximize"] as const, history, pending: [], key };
  const rows = gpRows(surrogate, unitSpace(surrogate, space), input);
  expect(rows.objectives.map((losses) => [...losses])).toEqual([
    [1, 2, 3, 2],
    [-6, -5, -4, -5],
  ]);
  expect(rows.failed.length / 2).toBe(3);
});

describe("what a front leaves to improve", () => {
  test("lies below a reference beyond the front's worst, or beyond the worst of all", () => {
    const points = [
      [0, 2],
      [1, 0],
      [3, 4],
    ];
    const topOf = (wide: boolean): number[] =>
      [0, 1].map((k) => Math.max(...boxesToImprove(points, wide).map(({ high }) => high[k] as number)));
    expect(topOf(false)).toEqual([1 + 0.1 * 3, 2 + 0.1 * 4]);
    expect(topOf(true)).toEqual([3 + 0.1 * 3, 4 + 0.1 * 4]);
    const [alone] = boxesToImprove([[2, 2]], false);
    expect(alone?.high).toEqual([2.1, 2]);
  });

  test("is at most 1,000 boxes", () => {
    for (const m of [4, 5, 6]) {
      const u = numbers(120 * m, m);
      const points = Array.from({ length: 120 }, (_, i) => {
        const direction = Array.from({ length: m }, (_, k) => Math.abs(u[i * m + k] as number));
        const length = Math.sqrt(direction.reduce((sum, x) => sum + x * x, 0));
        return direction.map((x) => 1 - x / length);
      });
      const boxes = boxesToImprove(points, true);
      expect(boxes.length).toBeLessThanOrEqual(1000);
      expect(boxes.length).toBeGreaterThan(300);
    }
  });

  test("is a front of the points that none dominates, each once", () => {
    const points = fc.array(fc.tuple(fc.nat(5), fc.nat(5), fc.nat(5)), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(points, (all) => {
        const covers = (a: readonly number[], b: readonly number[]): boolean =>
          a.every((x, k) => x <= (b[k] as number));
        const expected = all.flatMap((point, i) => {
          const beaten = all.some((other, j) => covers(other, point) && (!covers(point, other) || j < i));
          return beaten ? [] : [i];
        });
        expect(frontOf(all).sort((a, b) => a - b)).toEqual(expected);
      }),
    );
  });
});
