import { describe, expect, test } from "vitest";
import { prunerNamed, prunerNames } from "../../src/pruners/registry.ts";
import { samplerNamed, samplerNames } from "../../src/samplers/registry.ts";

describe("samplers and pruners by name", () => {
  test.each(samplerNames)("the sampler %s is called so", (name) => {
    expect(samplerNamed(name).name).toBe(name);
  });

  test.each(prunerNames)("the pruner %s is called so", (name) => {
    const needed: Record<string, object> = { percentile: { percentile: 25 }, threshold: { upper: 1 } };
    const { name: called } = prunerNamed(name, { ...needed[name] });
    expect(called).toContain(name);
  });

  test("options reach the maker", () => {
    expect(() => samplerNamed("qmc", { type: "lattice" })).toThrow(
      '"type": expected one of "sobol", "halton", got "lattice"',
    );
    expect(() => prunerNamed("percentile", { percentile: 101 })).toThrow(
      '"percentile": expected a number from 0 to 100',
    );
  });

  test("what is no name or no options is refused", () => {
    expect(() => samplerNamed("annealing")).toThrow(/"sampler": expected one of "auto", .* got "annealing"/);
    expect(() => prunerNamed("halving")).toThrow(/"pruner": expected one of "hyperband", .* got "halving"/);
    expect(() => samplerNamed("tpe", [] as never)).toThrow('"sampler": expected an object of options, got []');
    expect(() => prunerNamed("median", null as never)).toThrow('"pruner": expected an object of options, got null');
  });
});
