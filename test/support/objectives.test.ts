import { describe, expect, test } from "vitest";
import { type Distribution, toInternal } from "../../src/core/distribution.ts";
import { flattenSpace, isActive, nestParams } from "../../src/core/space.ts";
import { type Objective, objectives } from "./objectives.ts";
import { vectors } from "./vectors.ts";

interface GoldenParam {
  readonly name: string;
  readonly type: "float" | "int" | "cat";
  readonly low?: number;
  readonly high?: number;
  readonly log?: boolean;
  readonly choices?: readonly string[];
}
interface Golden {
  readonly space: readonly GoldenParam[];
  readonly optimum: number;
  readonly points: readonly (readonly [Record<string, number | string>, number])[];
}

const golden = vectors<Record<string, Golden>>("functions.json");
const shortName = (name: string): string => name.split(".").at(-1) as string;

function describeDistribution(name: string, distribution: Distribution): GoldenParam {
  if (distribution.type === "categorical") return { name, type: "cat", choices: distribution.choices as string[] };
  return { name, type: distribution.type, low: distribution.low, high: distribution.high, log: distribution.log };
}

test("the reference's objectives, and a noisy one", () => {
  expect(Object.keys(objectives)).toEqual([...Object.keys(golden), "branin_noisy"]);
  const { branin, branin_noisy } = objectives;
  expect(branin_noisy).toEqual({ ...branin, noise: 2 });
});

describe.each(Object.entries(golden))("%s", (name, reference) => {
  const objective = objectives[name] as Objective;
  const flat = flattenSpace(objective.space);

  test("has the reference's space and optimum", () => {
    const ours = flat.map((param) => describeDistribution(shortName(param.name), param.distribution));
    const theirs = reference.space.map(({ name, type, low, high, log, choices }) =>
      type === "cat" ? { name, type, choices } : { name, type, low, high, log },
    );
    expect(ours).toEqual(theirs);
    expect(objective.optimum).toBe(reference.optimum);
  });

  test("has the reference's values to 1e-9", () => {
    expect(reference.points.length).toBe(10);
    for (const [point, value] of reference.points) {
      const internal: Record<string, number> = {};
      for (const param of flat) {
        if (!isActive(param, internal)) continue;
        internal[param.name] = toInternal(param.name, param.distribution, point[shortName(param.name)]);
      }
      const ours = objective.value(nestParams(objective.space, internal));
      expect(Math.abs(ours - value)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value)));
    }
  });
});
