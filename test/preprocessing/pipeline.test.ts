import { describe, expect, test } from "vitest";
import { crc32 } from "../../src/core/crc32.ts";
import { flattenSpace } from "../../src/core/space.ts";
import { iris } from "../../src/datasets/index.ts";
import { loadModel, logisticRegression, type Regressor, svc } from "../../src/models/index.ts";
import { packModel } from "../../src/models/model-file.ts";
import {
  type FittedStandardScaler,
  estimatorFrom,
  loadPipeline,
  loadTransform,
  pca,
  pipeline,
  polynomialFeatures,
  selectKBest,
  simpleImputer,
  standardScaler,
  type Transform,
} from "../../src/preprocessing/index.ts";
import { specOf } from "../../src/preprocessing/steps.ts";
import { checkSettings } from "../../src/selection/candidate-settings.ts";

const { X, y } = iris();
const shown = (matrix: unknown): unknown => JSON.parse(JSON.stringify(matrix));

/** The mean of y everywhere. */
const meanRegressor: Regressor<object> = {
  name: "mean",
  task: "regression",
  params: {},
  with: () => meanRegressor,
  fit: (_, values) => {
    const mean = Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
    return { features: 1, predict: (rows) => new Float64Array((rows as { rows: number }).rows).fill(mean) };
  },
};

describe("a pipeline", () => {
  test("fits and predicts as its steps by hand do", () => {
    const scaler = standardScaler().fit(X);
    const Z = scaler.transform(X);
    const axes = pca({ components: 2 }).fit(Z);
    const model = logisticRegression().fit(axes.transform(Z), y);
    const fitted = pipeline([standardScaler(), pca({ components: 2 }), logisticRegression()]).fit(X, y);
    expect(fitted.model.coef).toEqual(model.coef);
    expect(fitted.predict(X)).toEqual(model.predict(axes.transform(Z)));
    expect(fitted.predictProba?.(X)).toEqual(model.predictProba(axes.transform(Z)));
    expect(fitted.transform(X)).toEqual(axes.transform(Z));
    expect(fitted.classes).toEqual(model.classes);
    expect((fitted.steps["standardScaler"] as FittedStandardScaler).mean).toEqual(scaler.mean);
    expect([fitted.features, fitted.names]).toEqual([4, ["pca0", "pca1"]]);
  });

  test("names its steps and their settings", () => {
    const scale = standardScaler();
    const p = pipeline([scale, ["axes", pca()], standardScaler({ withMean: false }), svc()]);
    expect(Object.entries(p.params).slice(0, 9)).toEqual([
      ["standardScaler", "on"],
      ["axes", "on"],
      ["standardScaler2", "on"],
      ["standardScaler.withMean", true],
      ["standardScaler.withStd", true],
      ["axes.components", null],
      ["axes.whiten", false],
      ["standardScaler2.withMean", false],
      ["standardScaler2.withStd", true],
    ]);
    expect(Object.isFrozen(p) && Object.isFrozen(p.params)).toBe(true);
    // A number never takes a name that is given.
    expect(Object.keys(pipeline([["svc", scale], svc()]).params).filter((name) => name.endsWith("C"))).toEqual([
      "svc2.C",
    ]);
  });

  test("takes settings flat and nested, on a copy", () => {
    const p = pipeline([standardScaler(), svc()]);
    expect(p.with({ "svc.C": 3 }).params).toEqual(p.with({ svc: { C: 3 } }).params);
    expect(p.with({ "svc.C": 3, standardScaler: { withMean: false } }).params).toMatchObject({
      "svc.C": 3,
      "svc.kernel": "rbf",
      "standardScaler.withMean": false,
    });
    expect(p.params["svc.C"]).toBe(1);
    expect(p.with({ svc: undefined, "svc.C": undefined }).params).toEqual(p.params);
    expect(p.with(p.params).params).toEqual(p.params);
  });

  test("leaves a transform out where it is told to pass through, and takes it back", () => {
    const p = pipeline([standardScaler(), svc()]);
    for (const off of [p.with({ standardScaler: "passthrough" }), p.with({ standardScaler: null })]) {
      expect(off.params["standardScaler"]).toBe("passthrough");
      const fitted = off.fit(X, y);
      expect(fitted.steps).toEqual({});
      expect(fitted.model.supportVectors).toEqual(svc().fit(X, y).supportVectors);
      expect(off.with({ standardScaler: "on" }).params).toEqual(p.params);
    }
  });

  test("joins the usual spaces of its steps", () => {
    const p = pipeline([standardScaler(), pca(), svc()]);
    const space = p.space?.() ?? {};
    expect(Object.keys(space)).toEqual(["pca", "svc"]);
    expect(flattenSpace(space).map(({ name }) => name)).toContain("svc.kernel.rbf.gamma");
    checkSettings(p, space);
  });

  test("is made anew from its spec, which is plain", () => {
    const inner = pipeline([simpleImputer({ strategy: "median" }), standardScaler()]);
    const p = pipeline([["clean", inner], pca({ components: 3 }), svc({ C: 2 })]).with({ pca: "passthrough" });
    const again = estimatorFrom(structuredClone(specOf(p)));
    expect(again.params).toEqual(p.params);
    expect((again.fit(X, y as never) as { predict(rows: unknown): unknown }).predict(X)).toEqual(
      p.fit(X, y).predict(X),
    );
    expect(() => estimatorFrom({ name: "pca", params: {} })).toThrow('"estimator": expected an estimator');
    expect(() => estimatorFrom({ name: "none", params: {} })).toThrow('"estimator": expected one of');
  });

  test("ends in a regressor as well, or in a transform", () => {
    const p = pipeline([standardScaler(), meanRegressor]);
    expect(p.task).toBe("regression");
    const fitted = p.fit([[1], [2], [3]], [1, 2, 6]);
    expect([...fitted.predict([[5], [6]])]).toEqual([3, 3]);
    expect("save" in fitted || "classes" in fitted).toBe(false);

    const both = pipeline([standardScaler(), pca()]);
    expect([both.task, both.supervised]).toEqual(["transform", false]);
    expect(pipeline([selectKBest({ k: 1 }), standardScaler()]).supervised).toBe(true);
    const axes = both.fit(X);
    const back = axes.inverseTransform?.(axes.transform(X));
    back?.data.forEach((value, k) => expect(value).toBeCloseTo(X.data[k] as number, 10));
    expect(pipeline([simpleImputer(), pca()]).fit(X).inverseTransform).toBeUndefined();
  });

  test("gives the weights of samples to its model", () => {
    const weights: unknown[] = [];
    const weighed: Regressor<object> = {
      ...meanRegressor,
      fit: (rows, values, options) => {
        weights.push(options?.sampleWeight);
        return meanRegressor.fit(rows, values);
      },
    };
    pipeline([standardScaler(), weighed]).fit([[1], [2]], [1, 2], { sampleWeight: [3, 4] });
    expect(weights).toEqual([[3, 4]]);
  });

  test("keeps names of columns through its steps", () => {
    const table = { a: [1, 2, 4], b: [3, null, 5] };
    const fitted = pipeline([simpleImputer(), polynomialFeatures({ includeBias: false }), svc()]).fit(table, [
      "x",
      "y",
      "y",
    ]);
    expect(fitted.names).toEqual(["a", "b", "a^2", "a b", "b^2"]);
    expect(fitted.predict({ b: [3, 5], a: [1, 4] })).toEqual(
      fitted.predict([
        [1, 3],
        [4, 5],
      ]),
    );
    expect(() => fitted.predict({ a: [1] })).toThrow('"X": expected a column "b" as in the training data, got "a"');
    expect(() => fitted.predict([[1]])).toThrow('"X": expected 2 columns as in the training data, got 1');
  });

  test.each<[string, () => unknown, string]>([
    ["no steps", () => pipeline([]), '"pipeline": expected a list of at least one step, got []'],
    ["what is no step", () => pipeline([{} as never, svc()]), '"pipeline[0]": expected a transform or an estimator'],
    [
      "an estimator too early",
      () => pipeline([svc() as never, svc()]),
      '"pipeline": expected transforms before the last',
    ],
    [
      "equal names",
      () =>
        pipeline([
          ["a", pca()],
          ["a", svc()],
        ]),
      '"pipeline": expected different names of steps, got "a" twice',
    ],
    ["dots", () => pipeline([["a.b", pca()], svc()]), '"pipeline": expected names of steps without dots, got "a.b"'],
    [
      "unknown steps",
      () => pipeline([pca(), svc()]).with({ "svm.C": 1 }),
      '"pipeline parameter": expected a step ("pca", "svc"), got "svm.C"',
    ],
    ["unknown settings", () => pipeline([pca(), svc()]).with({ "svc.c": 1 }), '"svc parameter": expected one of "C"'],
    ["a value for a step", () => pipeline([pca(), svc()]).with({ pca: 3 }), '"pca": expected "on", "passthrough" or'],
    [
      "a value for the last",
      () => pipeline([pca(), svc()]).with({ svc: "on" }),
      '"svc": expected settings of the last',
    ],
  ])("refuses %s", (_, act, message) => {
    expect(act).toThrow(
      expect.objectContaining({ code: "invalid-argument", message: expect.stringContaining(message) }),
    );
  });
});

describe("files of pipelines", () => {
  const p = pipeline([["clean", pipeline([simpleImputer(), standardScaler()])], pca({ components: 2 }), svc()]);

  test("predict the same, and are the same bytes again", () => {
    const fitted = p.fit(X, y);
    const file = fitted.save?.() as ArrayBuffer;
    const loaded = loadPipeline(new Uint8Array(file)) as typeof fitted;
    expect(loaded.predict(X)).toEqual(fitted.predict(X));
    expect(loaded.decisionFunction?.(X)).toEqual(fitted.decisionFunction?.(X));
    expect(shown([loaded.classes, loaded.names, loaded.features])).toEqual(
      shown([fitted.classes, fitted.names, fitted.features]),
    );
    expect(new Uint8Array(loaded.save?.() as ArrayBuffer)).toEqual(new Uint8Array(file));
    expect(crc32(new Uint8Array(file))).toMatchInlineSnapshot(`3251409021`);
  });

  test("of transforms alone are read as transforms", () => {
    const fitted = pipeline([standardScaler(), pca()]).fit(X);
    expect(loadTransform(fitted.save()).transform(X)).toEqual(fitted.transform(X));
    expect(() => loadPipeline(fitted.save())).toThrow("expected a pipeline with a model at its end");
  });

  test("are told from others", () => {
    const fitted = p.fit(X, y);
    const file = fitted.save?.() as ArrayBuffer;
    expect(() => loadModel(file)).toThrow("which loadPipeline() of vernier/preprocessing reads");
    expect(() => loadTransform(file)).toThrow('model file: expected a transform, got "pipeline"');
    expect(() => loadPipeline(svc().fit(X, y).save())).toThrow('model file: expected a pipeline, got "svc"');
    expect(() => loadTransform(packModel({ name: "constructor", settings: {}, arrays: {} }))).toThrow('"constructor"');
  });
});

describe("what is remembered of a training table", () => {
  /** A scaler that counts its fits. */
  function counting(counts: { fits: number }, own?: { plain?: boolean }): Transform {
    const inner = standardScaler();
    const made = {
      ...(inner as unknown as Transform),
      fit: (...args: Parameters<Transform["fit"]>) => {
        counts.fits += 1;
        return inner.fit(...args);
      },
    };
    if (own?.plain === false) Reflect.deleteProperty(made, "spec");
    return made;
  }
  const later = (C: number, transform: Transform): unknown[] => {
    const p = pipeline([transform, svc()]).with({ "svc.C": C });
    return p.fit(table, y).predict(table);
  };
  const table = { ...X, data: X.data.slice() };

  test("serves every candidate with the same first steps, until the table changes", () => {
    const counts = { fits: 0 };
    const transform = counting(counts);
    const first = later(1, transform);
    for (const C of [0.1, 1, 10]) later(C, transform);
    // Kept from the second time on.
    expect(counts.fits).toBe(2);
    expect(later(1, transform)).toEqual(first);
    table.data[0] = 100;
    later(1, transform);
    expect(counts.fits).toBe(3);
  });

  test("does not hold transforms that plain settings do not describe", () => {
    const counts = { fits: 0 };
    const transform = counting(counts, { plain: false });
    for (const C of [0.1, 1, 10]) later(C, transform);
    expect(counts.fits).toBe(3);
  });

  test("goes by the cells of a table of columns", () => {
    const counts = { fits: 0 };
    const transform = counting(counts);
    const columns = { a: [1, 2, 3, 4], b: [0, 1, 0, 1] };
    const p = pipeline([transform, svc()]);
    for (let k = 0; k < 3; k++) p.fit(columns, ["x", "x", "y", "y"]);
    expect(counts.fits).toBe(2);
    columns.a[0] = 7;
    p.fit(columns, ["x", "x", "y", "y"]);
    expect(counts.fits).toBe(3);
  });
});
