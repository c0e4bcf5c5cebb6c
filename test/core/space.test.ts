import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  choice,
  flattenParams,
  flattenSpace,
  float,
  int,
  nestParams,
  type Params,
  type Space,
} from "../../src/core/space.ts";

const relu = (x: number): number => Math.max(0, x);

const space = {
  model: choice({
    svm: { C: float(1e-3, 1e3, { log: true }), gamma: float(1e-4, 10, { log: true }) },
    forest: { trees: int(10, 500, { log: true }), depth: int(2, 32) },
  }),
  scale: choice([true, false]),
  activation: choice([relu, Math.abs]),
  optimizer: { rate: float(0, 1, { step: 0.25 }), name: "adam" },
};

describe("types", () => {
  test("the objective's parameters are inferred", () => {
    type P = Params<typeof space>;
    expectTypeOf<P["model"]>().toEqualTypeOf<
      { kind: "svm"; C: number; gamma: number } | { kind: "forest"; trees: number; depth: number }
    >();
    expectTypeOf<P["scale"]>().toEqualTypeOf<boolean>();
    expectTypeOf<P["optimizer"]["rate"]>().toEqualTypeOf<number>();
    expectTypeOf<P["activation"]>().toEqualTypeOf<typeof relu | typeof Math.abs>();
    const kinds = choice(["linear", "rbf"]);
    expectTypeOf<Params<{ k: typeof kinds }>["k"]>().toEqualTypeOf<"linear" | "rbf">();
  });
});

describe("flattenSpace", () => {
  test("joins paths by dots, parents before children, constants as single choices", () => {
    const flat = flattenSpace(space);
    expect(flat.map(({ name }) => name)).toEqual([
      "model",
      "model.svm.C",
      "model.svm.gamma",
      "model.forest.trees",
      "model.forest.depth",
      "scale",
      "activation",
      "optimizer.rate",
      "optimizer.name",
    ]);
    expect(flat[1]?.when).toEqual({ name: "model", index: 0 });
    expect(flat[3]?.when).toEqual({ name: "model", index: 1 });
    expect(flat[6]?.distribution).toEqual({ type: "categorical", choices: ["relu", "abs"] });
    expect(flat[8]?.distribution).toEqual({ type: "categorical", choices: ["adam"] });
  });

  const bad: [string, Space, RegExp][] = [
    ["inverted float", { lr: float(0.1, 0.01) }, /"lr": expected low < high, got low=0.1, high=0.01/],
    ["empty float", { lr: float(1, 1) }, /"lr": expected low < high, got low=1, high=1/],
    ["inverted int", { n: int(5, 4) }, /"n": expected low <= high, got low=5, high=4/],
    ["log from zero", { lr: float(0, 1, { log: true }) }, /"lr": expected low > 0 with log, got low=0, high=1/],
    ["log int from zero", { n: int(0, 8, { log: true }) }, /"n": expected low > 0 with log, got low=0, high=8/],
    [
      "a step that does not divide",
      { x: float(0, 1, { step: 0.3 }) },
      /"x": expected a step that divides high - low, got low=0, high=1, step=0.3/,
    ],
    ["an int step that does not divide", { n: int(1, 8, { step: 2 }) }, /"n": expected a step that divides/],
    ["a negative step", { x: float(0, 1, { step: -0.5 }) }, /"x": expected step > 0, got step=-0.5/],
    ["log with step", { x: float(1, 2, { step: 0.5, log: true }) }, /"x": expected either log or step/],
    ["fractions in int", { n: int(1, 2.5) }, /"n": expected whole numbers as low and high, got low=1, high=2.5/],
    ["NaN", { x: float(Number.NaN, 1) }, /"x": expected finite numbers as low and high, got low=NaN, high=1/],
    ["infinite width", { x: float(-1.7e308, 1.7e308) }, /"x": expected a range narrower/],
    ["no choices", { k: choice([]) }, /"k": expected at least one choice, got none/],
    ["the same choice twice", { k: choice(["a", "a"]) }, /"k": expected different choices, got "a" twice/],
    ["a duplicate name", { "a.b": int(1, 2), a: { b: int(1, 2) } }, /"a.b": expected every parameter name once/],
    ["a branch with kind", { m: choice({ a: { kind: int(1, 2) } }) } as Space, /"m.a.kind": expected another name/],
    [
      "an array",
      { x: [1, 2] } as unknown as Space,
      /"x": expected float\(\), int\(\), choice\(\), a constant or a nested space, got \[1, 2\]/,
    ],
    ["no object", 7 as unknown as Space, /"space": expected an object of parameters, got 7/],
  ];
  test.each(bad)("refuses %s", (_name, wrong, message) => {
    expect(() => flattenSpace(wrong)).toThrow(message);
    expect(() => flattenSpace(wrong)).toThrow(expect.objectContaining({ code: "invalid-space" }));
  });

  test("a branch parameter may be called kind when it is nested deeper", () => {
    const fine = { m: choice({ a: { inner: { kind: int(1, 2) } } }) };
    expect(flattenSpace(fine).map(({ name }) => name)).toEqual(["m", "m.a.inner.kind"]);
  });
});

describe("nestParams and flattenParams", () => {
  test("give the objective its values, and take them back", () => {
    const internal = {
      model: 0,
      "model.svm.C": 2,
      "model.svm.gamma": 0.5,
      scale: 1,
      activation: 1,
      "optimizer.rate": 0.25,
      "optimizer.name": 0,
    };
    const nested = nestParams(space, internal);
    expect(nested).toEqual({
      model: { kind: "svm", C: 2, gamma: 0.5 },
      scale: false,
      activation: Math.abs,
      optimizer: { rate: 0.25, name: "adam" },
    });
    expect(flattenParams(space, nested)).toEqual({
      model: "svm",
      "model.svm.C": 2,
      "model.svm.gamma": 0.5,
      scale: false,
      activation: "abs",
      "optimizer.rate": 0.25,
      "optimizer.name": "adam",
    });
  });

  test("flat names do as well", () => {
    expect(flattenParams(space, { "model.svm.C": 3, scale: true })).toEqual({ "model.svm.C": 3, scale: true });
  });

  test("unknown names are refused", () => {
    expect(() => flattenParams(space, { learningRate: 1 })).toThrow(/"learningRate": expected the name of a parameter/);
    expect(() => flattenParams(space, { model: { kind: "svm", depth: 3 } })).toThrow(/"model.svm.depth"/);
  });

  test("round trip over random choices", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1 }), fc.double({ min: 0.001, max: 1000, noNaN: true }), (model, C) => {
        const internal =
          model === 0
            ? {
                model,
                "model.svm.C": C,
                "model.svm.gamma": 1,
                scale: 0,
                activation: 0,
                "optimizer.rate": 1,
                "optimizer.name": 0,
              }
            : {
                model,
                "model.forest.trees": 10,
                "model.forest.depth": 2,
                scale: 0,
                activation: 0,
                "optimizer.rate": 1,
                "optimizer.name": 0,
              };
        const flat = flattenParams(space, nestParams(space, internal));
        expect(Object.keys(flat)).toEqual(Object.keys(internal));
      }),
    );
  });
});
