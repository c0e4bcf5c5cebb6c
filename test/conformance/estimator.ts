import { describe, expect, test } from "vitest";
import { crc32 } from "../../src/core/crc32.ts";
import { VernierError } from "../../src/core/errors.ts";
import { takeRows, toMatrix } from "../../src/core/matrix.ts";
import { flattenSpace } from "../../src/core/space.ts";
import { breastCancer } from "../../src/datasets/breast-cancer.ts";
import { iris } from "../../src/datasets/iris.ts";
import {
  type Classifier,
  type Estimator,
  type EstimatorMaker,
  type FittedClassifier,
  type FittedEstimator,
  estimatorNamed,
  loadModel,
  type Regressor,
} from "../../src/models/index.ts";
import { checkSettings } from "../../src/selection/candidate-settings.ts";

// What every estimator keeps to: purity, names, copies, files that predict alike, and errors at the door.

interface Sample {
  readonly X: number[][];
  readonly y: (string | number)[];
}

const flowers = iris();
const cells = breastCancer();
const rowsOf = (X: { data: Float64Array; rows: number; cols: number }): number[][] =>
  Array.from({ length: X.rows }, (_, i) => [...X.data.subarray(i * X.cols, (i + 1) * X.cols)]);

const samples: Record<Estimator["task"], Sample> = {
  classification: { X: rowsOf(toMatrix(flowers.X)), y: [...flowers.y] as string[] },
  // The first column from the next seven.
  regression: {
    X: rowsOf(
      takeRows(
        toMatrix(cells.X),
        Array.from({ length: 120 }, (_, i) => i),
      ),
    ).map((row) => row.slice(1, 8)),
    y: rowsOf(toMatrix(cells.X))
      .slice(0, 120)
      .map((row) => row[0] as number),
  },
};

type Fit = (
  estimator: Estimator,
  X: unknown,
  y: unknown,
  options?: unknown,
) => { predict(X: unknown): ArrayLike<unknown> };
const fit = ((estimator: Classifier, X: never, y: never, options: never) =>
  estimator.fit(X, y, options)) as unknown as Fit;

const everything = (model: FittedEstimator, X: number[][]): unknown => {
  const { classes, predictProba, decisionFunction } = model as FittedClassifier;
  return { classes, proba: predictProba?.(X), decision: decisionFunction?.(X) };
};

function codeOf(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof VernierError ? error.code : String(error);
  }
}

/** What every classifier keeps to beside `describeEstimator`, which it calls. */
export function describeClassifier<E extends Classifier<object>>(
  make: EstimatorMaker<E, never>,
  cheap: Readonly<Record<string, unknown>> = {},
): void {
  describeEstimator(make, cheap);
  const estimator = make().with(cheap);
  const { X, y } = samples.classification;

  describe(`${estimator.name}: what every classifier keeps to`, () => {
    test("labels come back as they were; probabilities are rows of numbers from 0 to 1 that sum to 1", () => {
      const model = estimator.fit(X, y);
      expect(model.classes).toEqual([...new Set(y)].sort());
      expect(model.predict(X).filter((label) => !model.classes.includes(label))).toEqual([]);
      const { data, rows, cols } = model.predictProba?.(X) ?? {
        data: new Float64Array(450).fill(1 / 3),
        rows: 150,
        cols: 3,
      };
      expect([rows, cols]).toEqual([X.length, model.classes.length]);
      expect(data.every((share) => share >= 0 && share <= 1)).toBe(true);
      for (let i = 0; i < rows; i++) {
        expect(data.subarray(i * cols, (i + 1) * cols).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
      }
    });

    test("a single class is refused", () => {
      const same = X.map(() => "same");
      expect(() => estimator.fit(X, same)).toThrow("expected at least two classes");
    });
  });
}

/** What every regressor keeps to beside `describeEstimator`, which it calls. */
export function describeRegressor<E extends Regressor<object>>(
  make: EstimatorMaker<E, never>,
  cheap: Readonly<Record<string, unknown>> = {},
): void {
  describeEstimator(make, cheap);
  const estimator = make().with(cheap);
  const { X, y } = samples.regression;

  test(`${estimator.name}: values that are not finite are refused`, () => {
    const odd = [...y] as number[];
    odd[3] = Number.NaN;
    expect(() => estimator.fit(X, odd)).toThrow('"y": expected finite numbers, got NaN at position 3');
  });
}

// On an estimator with default settings, but for `cheap` ones that keep it quick.
function describeEstimator<E extends Classifier<object> | Regressor<object>>(
  make: EstimatorMaker<E, never>,
  cheap: Readonly<Record<string, unknown>> = {},
): void {
  const estimator = make().with(cheap) as unknown as Estimator;
  const { X, y } = samples[estimator.task];
  const shown = (values: ArrayLike<unknown>): string => JSON.stringify(Array.from(values));

  describe(`${estimator.name}: what every estimator keeps to`, () => {
    test("it is frozen, has a name that the registry knows, and settings that are plain", () => {
      expect(Object.isFrozen(estimator)).toBe(true);
      expect(Object.isFrozen(estimator.params)).toBe(true);
      expect(estimatorNamed(estimator.name, cheap).params).toEqual(estimator.params);
      expect(structuredClone(estimator.params)).toEqual(estimator.params);
    });

    test("with() changes a copy, ignores undefined and refuses unknown names", () => {
      const before = shown(Object.entries(estimator.params));
      const nothing = Object.fromEntries(Object.keys(estimator.params).map((name) => [name, undefined]));
      expect(estimator.with(nothing).params).toEqual(estimator.params);
      expect(() => estimator.with({ noSuchSetting: 1 })).toThrow("noSuchSetting");
      expect(shown(Object.entries(estimator.params))).toBe(before);
    });

    test("its usual space names its own settings", () => {
      const space = make.space();
      checkSettings(estimator as Classifier<object>, space);
      expect(flattenSpace(estimator.space?.() ?? {})).toEqual(flattenSpace(space));
    });

    test("the same data give the same model, and fitting changes neither data nor estimator", () => {
      const copy = structuredClone({ X, y });
      const model = fit(estimator, X, y);
      expect(shown(fit(estimator, X, y).predict(X))).toBe(shown(model.predict(X)));
      expect({ X, y }).toEqual(copy);
      expect(Object.isFrozen(model)).toBe(true);
    });

    test("a row is predicted alike alone and among others", () => {
      const model = fit(estimator, X, y);
      const all = Array.from(model.predict(X));
      for (const i of [0, 7, X.length - 1]) expect(Array.from(model.predict([X[i]]))).toEqual([all[i]]);
    });

    test("what save() writes, loadModel() reads: the same predictions, and the same bytes again", () => {
      const model = estimator.fit(X, y as never);
      const file = model.save?.();
      const loaded = loadModel(file as ArrayBuffer);
      expect(shown(loaded.predict(X))).toBe(shown(model.predict(X)));
      expect(loaded.features).toBe(model.features);
      expect(everything(loaded, X)).toEqual(everything(model, X));
      expect(new Uint8Array(loaded.save?.() as ArrayBuffer)).toEqual(new Uint8Array(file as ArrayBuffer));
    });

    test("weights are those of the rows, checked; or they are refused by name", () => {
      const weigh = (sampleWeight: unknown) => () => fit(estimator, X, y, { sampleWeight });
      const refusal = codeOf(weigh(X.map(() => 1)));
      const withdrawn = refusal === "unsupported";
      expect(refusal === null || withdrawn).toBe(true);
      const expected = withdrawn ? "unsupported" : "invalid-data";
      const zeros = X.map(() => 0);
      for (const bad of [zeros, zeros.with(3, -1), zeros.with(5, Number.NaN), zeros.slice(1)]) {
        expect(codeOf(weigh(bad))).toBe(expected);
      }
      // Half the rows weigh ten times as much: a model that takes weights must have noticed.
      const uneven = X.map((_, i) => (i % 2 === 0 ? 10 : 1));
      const files = [undefined, uneven].map((sampleWeight) => {
        if (withdrawn) return sampleWeight;
        return crc32(
          new Uint8Array(estimator.fit(X, y as never, sampleWeight && { sampleWeight }).save?.() as ArrayBuffer),
        );
      });
      expect(files[0]).not.toBe(files[1]);
    });

    test("unequal lengths and another number of columns are refused", () => {
      expect(() => fit(estimator, X, y.slice(1))).toThrow('"y": expected');
      const model = fit(estimator, X, y);
      expect(() => model.predict(X.map((row) => row.slice(1)))).toThrow('"X": expected');
      expect(() => fit(estimator, [], [])).toThrow('"X": expected');
      expect(() => fit(estimator, { a: ["x", "y"] }, ["p", "q"])).toThrow('"X": expected');
    });
  });
}
