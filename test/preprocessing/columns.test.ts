import { describe, expect, test } from "vitest";
import type { Matrix } from "../../src/core/matrix.ts";
import {
  columns,
  type ColumnsPart,
  loadTransform,
  minMaxScaler,
  oneHotEncoder,
  passthrough,
  pipeline,
  polynomialFeatures,
  selectKBest,
  simpleImputer,
  standardScaler,
} from "../../src/preprocessing/index.ts";
import { partFrom } from "../../src/preprocessing/registry.ts";
import { specOf } from "../../src/preprocessing/steps.ts";

const table = {
  age: [20, 40, null],
  city: ["Oslo", "Bern", "Oslo"],
  income: Float64Array.of(1, 2, 3),
  owner: [true, false, null],
};
const numeric = pipeline([simpleImputer(), minMaxScaler()]);

describe("columns()", () => {
  test("puts the results of its parts side by side", () => {
    const fitted = columns([
      [numeric, "numeric"],
      [oneHotEncoder(), "categorical"],
    ]).fit(table);
    expect(fitted.names).toEqual([
      "age",
      "income",
      "city_Bern",
      "city_Oslo",
      "owner_false",
      "owner_true",
      "owner_null",
    ]);
    expect(fitted.transform(table)).toEqual({
      data: Float64Array.of(0, 0, 0, 1, 0, 1, 0, 1, 0.5, 1, 0, 1, 0, 0, 0.5, 1, 0, 1, 0, 0, 1),
      rows: 3,
      cols: 7,
    });
    expect(Object.keys(fitted.parts)).toEqual(["pipeline", "oneHotEncoder"]);
    expect(fitted.features).toBe(4);
  });

  test("leaves other columns out, or puts them at the end", () => {
    const parts: ColumnsPart[] = [[minMaxScaler(), ["income"]]];
    expect(columns(parts).fit(table).names).toEqual(["income"]);
    const fitted = columns(parts, { remainder: "passthrough" }).fit(table);
    expect(fitted.names).toEqual(["income", "age", "city", "owner"]);
    expect(fitted.transform(table)).toEqual({
      income: Float64Array.of(0, 0.5, 1),
      age: [20, 40, null],
      city: ["Oslo", "Bern", "Oslo"],
      owner: [true, false, null],
    });
    expect(columns(parts).with({ remainder: "passthrough" }).fit(table).names).toEqual(fitted.names);
  });

  test("selects by number and name, of rows and of tables, and a column more than once", () => {
    const rows = [
      [1, 5, 3],
      [2, 6, 9],
    ];
    const fitted = columns([
      [minMaxScaler(), [2, 0]],
      [passthrough(), [0]],
    ]).fit(rows);
    expect(fitted.names).toEqual(["x2", "minMaxScaler.x0", "passthrough.x0"]);
    expect([...(fitted.transform(rows) as Matrix).data]).toEqual([0, 0, 1, 1, 1, 2]);
    const named = columns([[minMaxScaler(), ["b"]]]).fit(rows, undefined, { names: ["a", "b", "c"] });
    expect(named.names).toEqual(["b"]);
  });

  test("takes tables with columns in another order, and more of them", () => {
    const fitted = columns([[oneHotEncoder(), ["city"]]]).fit(table);
    const other = { extra: [1], income: [1], owner: [true], city: ["Bern"], age: [3] };
    expect([...(fitted.transform(other) as Matrix).data]).toEqual([1, 0]);
    expect(() => fitted.transform({ city: ["Bern"] })).toThrow('"X": expected a column "age" as in the training data');
  });

  test("leaves a part without columns out, and refuses to select none at all", () => {
    const words = { city: ["Oslo", "Bern"] };
    const both = columns([
      [standardScaler(), "numeric"],
      [oneHotEncoder(), "categorical"],
    ]);
    expect(both.fit(words).names).toEqual(["city_Bern", "city_Oslo"]);
    expect(() => columns([[standardScaler(), "numeric"]]).fit(words)).toThrow(
      '"X": expected columns that the parts select, got none of them',
    );
  });

  test("passes y on to the parts that need it", () => {
    const select = columns([[selectKBest({ k: 1 }), "numeric"]]);
    expect(select.supervised).toBe(true);
    expect(select.fit({ a: [1, 2, 1, 2], b: [1, 2, 8, 9] }, ["x", "x", "y", "y"]).names).toEqual(["b"]);
  });

  test("has the settings of its parts, flat and nested", () => {
    const make = columns([
      [numeric, "numeric"],
      ["hot", oneHotEncoder(), ["city"]],
    ]);
    expect(Object.keys(make.params)).toEqual([
      "remainder",
      "pipeline.simpleImputer",
      "pipeline.minMaxScaler",
      "pipeline.simpleImputer.strategy",
      "pipeline.simpleImputer.fillValue",
      "pipeline.simpleImputer.addIndicator",
      "pipeline.simpleImputer.keepEmptyFeatures",
      "pipeline.minMaxScaler.low",
      "pipeline.minMaxScaler.high",
      "pipeline.minMaxScaler.clip",
      "hot.handleUnknown",
      "hot.drop",
      "hot.minFrequency",
    ]);
    const changed = make.with({ pipeline: { simpleImputer: { strategy: "median" } }, "hot.drop": "first" });
    expect(changed.params).toMatchObject({ "pipeline.simpleImputer.strategy": "median", "hot.drop": "first" });
    expect(make.with({ "pipeline.simpleImputer.strategy": "median", hot: { drop: "first" } }).params).toEqual(
      changed.params,
    );
    expect(partFrom(structuredClone(specOf(changed))).params).toEqual(changed.params);
    expect(Object.keys(make.space?.() ?? {})).toEqual(["pipeline"]);
  });

  test("is kept whole in a file", () => {
    const fitted = columns(
      [
        [numeric, ["age"]],
        [polynomialFeatures(), ["income"]],
      ],
      { remainder: "passthrough" },
    ).fit(table);
    const file = fitted.save();
    const loaded = loadTransform(file);
    expect(loaded.transform(table)).toEqual(fitted.transform(table));
    expect(new Uint8Array(loaded.save())).toEqual(new Uint8Array(file));
  });

  test.each<[string, () => unknown, string, string]>([
    [
      "no list",
      () => columns(7 as never),
      "invalid-argument",
      '"columns": expected a list of [transform, columns], got 7',
    ],
    [
      "a part without columns",
      () => columns([[standardScaler()] as never]),
      "invalid-argument",
      '"columns[0]": expected [transform, columns], got [{task',
    ],
    [
      "what selects nothing",
      () => columns([[standardScaler(), "age" as never]]),
      "invalid-argument",
      '"columns[0]": expected "numeric", "categorical" or a list of columns\' names or numbers, got "age"',
    ],
    [
      "a column that is not there",
      () => columns([[standardScaler(), ["agee"]]]).fit(table),
      "invalid-data",
      '"X": expected a column "agee", got "age", "city", "income", "owner"',
    ],
    ["a number too high", () => columns([[standardScaler(), [4]]]).fit(table), "invalid-data", "expected a column 4"],
    [
      "another remainder",
      () => columns([[standardScaler(), [0]]], { remainder: "keep" as never }),
      "invalid-argument",
      '"remainder": expected one of "drop", "passthrough", got "keep"',
    ],
    [
      "a value for a part",
      () => columns([[standardScaler(), [0]]]).with({ standardScaler: "on" }),
      "invalid-argument",
      '"standardScaler": expected settings of the part as an object, got "on"',
    ],
  ])("refuses %s", (_, act, code, message) => {
    expect(act).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});
