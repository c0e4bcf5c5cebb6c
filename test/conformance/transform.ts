import { describe, expect, test } from "vitest";
import type { Matrix } from "../../src/core/matrix.ts";
import { flattenSpace } from "../../src/core/space.ts";
import { isTable, type Table, takeFeatures } from "../../src/core/table.ts";
import { breastCancer } from "../../src/datasets/breast-cancer.ts";
import {
  type FittedTransform,
  loadTransform,
  type Transform,
  type TransformMaker,
  transformNamed,
} from "../../src/preprocessing/index.ts";
import { checkSettings } from "../../src/selection/candidate-settings.ts";

// What every transform keeps to: purity, names, copies, files that transform alike, and errors at the door.

/** 60 rows of five columns that vary, and their classes. */
const cells = breastCancer();
const numberTable: Table = Object.fromEntries(
  ["radius", "texture", "perimeter", "area", "smoothness"].map((name, j) => [
    name,
    Float64Array.from({ length: 60 }, (_, i) => cells.X.data[i * cells.X.cols + j] as number),
  ]),
);
const numberTarget = cells.y.slice(0, 60);
const categoryTable: Table = {
  city: Array.from({ length: 60 }, (_, i) => ["Oslo", "Bern", "Rome"][(i * i) % 3] as string),
  size: Array.from({ length: 60 }, (_, i) => (i * 7) % 4),
  open: Array.from({ length: 60 }, (_, i) => i % 5 < 2),
};

export interface TransformTraits {
  /** What it takes; categories unless numbers. */
  readonly takes: "numbers" | "categories";
  /** What becomes of a missing number. */
  readonly missing: "kept" | "refused" | "replaced";
}

/** The numbers or cells of what a transform returned, in the order of its columns. */
function shown(result: Matrix | Table): unknown {
  return isTable(result) ? Object.entries(result) : { ...result, data: [...result.data].map(String) };
}

function reordered(table: Table): Table {
  return { other: Object.values(table)[0] as number[], ...Object.fromEntries(Object.entries(table).toReversed()) };
}

/** What every transform keeps to, on one with default settings, but for `cheap` ones. */
export function describeTransform<P extends object>(
  make: TransformMaker<P>,
  { takes, missing }: TransformTraits,
  cheap: Readonly<Record<string, unknown>> = {},
): void {
  const transform = make().with(cheap) as unknown as Transform;
  const X = takes === "numbers" ? numberTable : categoryTable;
  const y = numberTarget;
  const fit = (table: Table | Matrix | number[][] = X): FittedTransform => transform.fit(table, y);

  describe(`${transform.name}: what every transform keeps to`, () => {
    test("it is frozen, has a name that the registry knows, and settings that are plain", () => {
      expect(Object.isFrozen(transform)).toBe(true);
      expect(Object.isFrozen(transform.params)).toBe(true);
      expect(transformNamed(transform.name, cheap).params).toEqual(transform.params);
      expect(structuredClone(transform.spec?.())).toEqual({ name: transform.name, params: transform.params });
      expect(transform.task).toBe("transform");
    });

    test("with() changes a copy, ignores undefined and refuses unknown names", () => {
      const before = JSON.stringify(transform.params);
      const nothing = Object.fromEntries(Object.keys(transform.params).map((name) => [name, undefined]));
      expect(transform.with(nothing).params).toEqual(transform.params);
      expect(() => transform.with({ noSuchSetting: 1 })).toThrow("noSuchSetting");
      for (const name of Object.keys(transform.params)) {
        expect(() => transform.with({ [name]: Symbol.iterator })).toThrow(`"${name}": expected`);
      }
      expect(JSON.stringify(transform.params)).toBe(before);
    });

    test("its usual space names its own settings", () => {
      checkSettings(transform, make.space());
      expect(flattenSpace(transform.space?.() ?? {})).toEqual(flattenSpace(make.space()));
    });

    test("the same data give the same result, and neither data nor transform change", () => {
      const copy = structuredClone(X);
      const fitted = fit();
      expect(shown(fit().transform(X))).toEqual(shown(fitted.transform(X)));
      expect(X).toEqual(copy);
      expect(Object.isFrozen(fitted)).toBe(true);
    });

    test("each column of the result has a name, each row is that of the data", () => {
      const fitted = fit();
      const result = fitted.transform(X);
      expect(new Set(fitted.names).size).toBe(fitted.names.length);
      const shape = isTable(result) ? Object.keys(result) : [result.rows, result.cols];
      expect(shape).toEqual(isTable(result) ? fitted.names : [60, fitted.names.length]);
      expect(fitted.features).toBe(Object.keys(X).length);
    });

    test("a row is transformed alike alone and among others", () => {
      const fitted = fit();
      const all = fitted.transform(X);
      for (const i of [0, 17, 59]) {
        expect(shown(fitted.transform(takeFeatures(X, [i])))).toEqual(shown(takeFeatures(all, [i])));
      }
    });

    test("columns of a table are found by name, in any order", () => {
      const fitted = fit();
      expect(shown(fitted.transform(reordered(X)))).toEqual(shown(fitted.transform(X)));
      const [first = "", ...rest] = Object.keys(X);
      const short = Object.fromEntries(rest.map((name) => [name, X[name] as number[]]));
      expect(() => fitted.transform(short)).toThrow(`"X": expected a column "${first}" as in the training data`);
    });

    test("what save() writes, loadTransform() reads: the same results, and the same bytes again", () => {
      const fitted = fit();
      const file = fitted.save();
      const loaded = loadTransform(file);
      expect(shown(loaded.transform(X))).toEqual(shown(fitted.transform(X)));
      expect(loaded.names).toEqual(fitted.names);
      expect(loaded.features).toBe(fitted.features);
      expect(new Uint8Array(loaded.save())).toEqual(new Uint8Array(file));
    });

    test("what is no table is refused", () => {
      for (const odd of [[], {}, null, 7, { a: [] }, { a: [1], b: [1, 2] }, { a: [{}] }, { a: 1 }]) {
        expect(() => transform.fit(odd as never, y)).toThrow(
          expect.objectContaining({ code: "invalid-data", message: expect.stringContaining('"X": expected') }),
        );
      }
    });

    if (takes === "categories") return;

    test("rows, a Matrix and a table are alike", () => {
      const rows = Array.from({ length: 60 }, (_, i) => Object.values(X).map((column) => column[i] as number));
      const matrix = { data: Float64Array.from(rows.flat()), rows: 60, cols: 5 };
      const wanted = shown(fit().transform(X));
      expect(shown(fit(rows).transform(rows))).toEqual(wanted);
      expect(shown(fit(matrix).transform(matrix))).toEqual(wanted);
      expect(shown(fit().transform(matrix))).toEqual(wanted);
      expect(() => fit(rows).transform(rows.map((row) => row.slice(1)))).toThrow(
        '"X": expected 5 columns as in the training data, got 4',
      );
      const names = ["a", "b", "c", "d", "e"];
      expect(transform.fit(rows, y, { names }).names.length).toBe(fit().names.length);
      expect(() => transform.fit(rows, y, { names: ["a"] })).toThrow('"names": expected 5, one a column of X, got 1');
    });

    const areaOf = (value: number | null): Table => {
      return { ...X, area: [value, ...Array.from(X["area"] as number[]).slice(1)] };
    };
    const gaps = [null, Number.NaN];

    test("infinite numbers are refused", () => {
      const message = '"X": expected finite numbers, got Infinity in row 0';
      expect(() => fit(areaOf(Number.POSITIVE_INFINITY))).toThrow(message);
      expect(() => fit().transform(areaOf(Number.POSITIVE_INFINITY))).toThrow(message);
    });

    const refused = missing === "refused" ? gaps : [];
    test.each(refused)("missing numbers are refused: %s", (gap) => {
      const message = '"X": expected finite numbers, got NaN in row 0';
      expect(() => fit(areaOf(gap))).toThrow(message);
      expect(() => fit().transform(areaOf(gap))).toThrow(message);
    });

    test.each(missing === "refused" ? [] : gaps)(`missing numbers are ${missing}: %s`, (gap) => {
      const fitted = fit(areaOf(gap));
      const { data, cols } = fitted.transform(areaOf(gap)) as Matrix;
      const left = [...data.keys()].filter((at) => Number.isNaN(data[at]));
      const places = left.map((at) => [Math.floor(at / cols), fitted.names[at % cols]]);
      expect(places).toEqual(missing === "kept" ? [[0, "area"]] : []);
    });

    test("columns of words are refused", () => {
      expect(() => fit({ ...X, area: Array.from({ length: 60 }, () => "wide") })).toThrow(
        /^"X": expected numbers.*got "wide"/,
      );
    });

    test("what can be inverted comes back", () => {
      const fitted = fit();
      if (fitted.inverseTransform === undefined) return;
      const back = fitted.inverseTransform(fitted.transform(X));
      Object.values(X).forEach((column, j) => {
        for (let i = 0; i < 60; i++) {
          const value = column[i] as number;
          expect(Math.abs((back.data[i * 5 + j] as number) - value)).toBeLessThan(1e-8 * Math.abs(value));
        }
      });
    });
  });
}
