import { describe, expect, test } from "vitest";
import { flattenSpace, float } from "../../src/core/space.ts";
import { qmc } from "../../src/samplers/qmc.ts";
import { sobol } from "../../src/wasm/sobol.ts";
import { core, cores } from "../support/cores.ts";
import { ask } from "../support/feedback.ts";
import { vectors } from "../support/vectors.ts";

type Points = readonly Readonly<Record<string, number>>[];
const golden = vectors<{ sobol: Points; halton: Points }>("qmc-unscrambled.json");
const space = flattenSpace({ x0: float(0, 1), x1: float(0, 1), x2: float(0, 1), x3: float(0, 1) });
const key = { seed: 7, trial: 0, purpose: "test" };

describe("qmc", () => {
  // Optuna draws its first trial at random: its trial k + 1 takes point k.
  test.each(["sobol", "halton"] as const)("has Optuna's %s points", (type) => {
    golden[type].slice(1).forEach((point, k) => {
      const own = ask(core, qmc({ type, scramble: false }), space, [], k) as Record<string, number>;
      for (const [name, value] of Object.entries(point)) expect(own[name]).toBeCloseTo(value, 14);
    });
  });

  test.each(["sobol", "halton"] as const)("fills intervals evenly with scrambled %s points", (type) => {
    const [base, count] = type === "sobol" ? [2, 64] : [3, 81];
    const cells = Array.from({ length: count }, (_, k) => {
      const own = ask(core, qmc({ type }), space, [], k, { seed: 3 }) as Record<string, number>;
      return Math.floor((own["x1"] as number) * count);
    });
    expect(base > 1 && new Set(cells).size).toBe(count);
  });

  test("refuses an unknown sequence", () => {
    expect(() => qmc({ type: "sobel" as "sobol" })).toThrow(/"type": expected one of "sobol", "halton", got "sobel"/);
  });
});

describe.each(cores)("sobol ($build)", ({ core }) => {
  test("every coordinate of 2^m points is stratified, scrambled or not, beyond the table too", () => {
    for (const scramble of [null, key]) {
      const points = sobol(core, { dimensions: 400, count: 256, start: 0, scramble });
      for (let j = 0; j < 400; j++) {
        const cells = new Set(Array.from({ length: 256 }, (_, i) => Math.floor((points[i * 400 + j] as number) * 256)));
        expect(cells.size).toBe(256);
      }
    }
  });

  test("gives any part of the sequence on its own", () => {
    const whole = sobol(core, { dimensions: 200, count: 40, start: 0, scramble: key });
    const part = sobol(core, { dimensions: 200, count: 5, start: 30, scramble: key });
    expect(part).toEqual(whole.slice(30 * 200, 35 * 200));
    const last = sobol(core, { dimensions: 3, count: 1, start: 4294967295, scramble: key });
    expect(last.every((x) => x > 0 && x < 1)).toBe(true);
  });
});
