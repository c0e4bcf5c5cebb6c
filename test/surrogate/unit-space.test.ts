import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cardinality } from "../../src/core/distribution.ts";
import { choice, flattenSpace, float, int } from "../../src/core/space.ts";
import { random } from "../../src/samplers/random.ts";
import { type UnitSpace, unitSpace } from "../../src/surrogate/unit-space.ts";
import type { GpParameter } from "../../src/wasm/gp.ts";
import { core as search, surrogate as core } from "../support/cores.ts";
import { ask } from "../support/feedback.ts";
import { anySpace } from "../support/spaces.ts";

function isCoordinate(u: number, j: number, unit: UnitSpace, point: Float64Array): boolean {
  const { type, count, levels } = unit.parameters[j] as GpParameter;
  if (!unit.isActive(point, j)) return Number.isNaN(u);
  if (type === "category") return Number.isInteger(u) && u >= 0 && u < count;
  return type === "grid" ? Array.from(levels).includes(u) : u >= 0 && u <= 1;
}

describe("unit coordinates", () => {
  test("lead back to the values they came from", () => {
    const property = fc.property(anySpace, fc.maxSafeNat(), (space, seed) => {
      const flat = flattenSpace(space);
      const unit = unitSpace(core, flat);
      const internal = ask(search, random(), flat, [], 0, { seed }) as Record<string, number>;
      const point = unit.toUnit((name) => internal[name] ?? Number.NaN) as Float64Array;
      const odd = Array.from(point).filter((u, j) => !isCoordinate(u, j, unit, point));
      expect(odd).toEqual([]);
      const back = unit.fromUnit(point);
      expect(Object.keys(back)).toEqual(flat.map(({ name }) => name).filter((name) => name in internal));
      const away = flat
        .filter(({ name }) => name in internal)
        .map(({ name, distribution }) => {
          const [before, after] = [internal[name] as number, back[name] as number];
          if (distribution.type === "categorical" || cardinality(distribution) < 1e6) return before === after ? 0 : 1;
          const scale = distribution.log ? Math.abs(before) : distribution.high / 2 - distribution.low / 2;
          return Math.abs(after - before) / scale;
        });
      expect(Math.max(...away)).toBeLessThan(1e-10);
    });
    fc.assert(property, { numRuns: 300 });
  });

  test("put a stepped value in the middle of its cell, and a choice at its index", () => {
    const flat = flattenSpace({ k: int(3, 6), x: float(0, 1, { step: 0.5 }), c: choice(["a", "b"]), one: "fixed" });
    const { parameters, toUnit, fromUnit } = unitSpace(core, flat);
    expect(parameters.map(({ levels }) => Array.from(levels))).toEqual([
      [0.125, 0.375, 0.625, 0.875],
      [1 / 6, 0.5, 5 / 6],
      [],
    ]);
    const values: Record<string, number> = { k: 5, x: 0.5, c: 1 };
    expect([...(toUnit((name) => values[name] as number) as Float64Array)]).toEqual([0.625, 0.5, 1]);
    expect(fromUnit(new Float64Array([0.625, 0.5, 1]))).toEqual({ k: 5, x: 0.5, c: 1, one: 0 });
  });

  test("skip parents of a single value, whose own parents decide", () => {
    const inner = choice({ only: { x: float(0, 1) } });
    const flat = flattenSpace({ outer: choice({ a: { inner }, b: {} }) });
    const { parameters, isActive } = unitSpace(core, flat);
    expect(parameters.map(({ parent, parentValue }) => [parent, parentValue])).toEqual([
      [-1, 0],
      [0, 0],
    ]);
    expect(isActive(new Float64Array([0, 0.5]), 1)).toBe(true);
    expect(isActive(new Float64Array([1, Number.NaN]), 1)).toBe(false);
  });

  test("have no point for trials without a value that they should have", () => {
    const { toUnit } = unitSpace(core, flattenSpace({ x: float(0, 1), k: int(1, 3) }));
    expect(toUnit((name) => (name === "x" ? 0.5 : Number.NaN))).toBe(null);
  });
});
