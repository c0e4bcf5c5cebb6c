import { describe, expect, test } from "vitest";
import { random } from "../../src/samplers/random.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import { tpe } from "../../src/samplers/tpe.ts";
import { core } from "../support/cores.ts";
import { type Objective, objectives } from "../support/objectives.ts";
import { quartiles, regretTrace } from "../support/regret.ts";
import { vectors } from "../support/vectors.ts";

interface Row {
  readonly objective: string;
  readonly sampler: "default" | "group";
  readonly evaluations: 50 | 100;
  /** Of Optuna 5's TPE over 20 seeds. */
  readonly quartiles20: readonly [number, number, number];
  /** Of Optuna 5's TPE, one per seed. */
  readonly regrets200: readonly number[];
}
const rows = vectors<readonly Row[]>("regret.json");

// The median of twenty seeds strays by a third of the quartiles' distance: 200 tell more.
const seeds = 200;

/** How far the first sample lies above the second, in standard deviations of the rank sum (Mann and Whitney). */
function excess(ours: readonly number[], theirs: readonly number[]): number {
  let wins = 0;
  for (const a of ours) for (const b of theirs) wins += a > b ? 1 : a === b ? 0.5 : 0;
  const [n, m] = [ours.length, theirs.length];
  return (wins - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}

const traces = (name: string, make: () => Sampler, count: number): number[][] =>
  Array.from({ length: count }, (_, seed) => regretTrace(core, make(), objectives[name] as Objective, seed, 100));

describe("regret is that of Optuna 5's TPE", () => {
  test("on every objective", () => {
    const names = rows.filter((row) => row.sampler === "default").map((row) => row.objective);
    expect([...new Set(names)]).toEqual(Object.keys(objectives));
  });

  const cases = rows
    .filter((row) => row.evaluations === 50)
    .map(({ objective, sampler }) => [objective, sampler] as const);
  test.each(cases)("%s, %s", (objective, sampler) => {
    const found = traces(objective, () => tpe({ group: sampler === "group" }), seeds);
    const references = rows.filter((row) => row.objective === objective && row.sampler === sampler);
    expect(references.map((row) => row.evaluations)).toEqual([50, 100]);
    for (const { evaluations, quartiles20, regrets200 } of references) {
      const ours = found.map((trace) => trace[evaluations - 1] as number);
      expect(quartiles(ours)[1]).toBeLessThanOrEqual(quartiles20[2]);
      // Exceeded by chance once in 1,000.
      expect(excess(ours, regrets200)).toBeLessThan(3.1);
    }
  });

  test("and the test would tell a sampler that does not learn", () => {
    for (const { objective, evaluations, regrets200, quartiles20 } of rows) {
      if (objective !== "hartmann6" || evaluations !== 100) continue;
      const ours = traces(objective, random, 20).map((trace) => trace[evaluations - 1] as number);
      expect(quartiles(ours)[1]).toBeGreaterThan(quartiles20[2]);
      expect(excess(ours, regrets200)).toBeGreaterThan(3.1);
    }
  });
});
