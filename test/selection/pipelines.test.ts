import { describe, expect, test } from "vitest";
import { choice, float, int, type Space } from "../../src/core/space.ts";
import { breastCancer, iris } from "../../src/datasets/index.ts";
import { svc } from "../../src/models/index.ts";
import { oneHotEncoder, pca, pipeline, standardScaler, type Transform } from "../../src/preprocessing/index.ts";
import { candidateSettings, checkSettings } from "../../src/selection/candidate-settings.ts";
import { crossValidate } from "../../src/selection/cross-validate.ts";
import { createSearches } from "../../src/selection/searches.ts";
import { runProgram } from "../support/program.ts";
import { testStudy } from "../support/study.ts";
import { vectors } from "../support/vectors.ts";

const { gridSearch, randomSearch } = createSearches({ createStudy: testStudy, worker: new URL("file:///none") });
const flowers = iris();
const estimator = pipeline([standardScaler(), pca(), svc()]);

describe("cross-validation of a pipeline", () => {
  interface Case {
    readonly data: string;
    readonly standardized: boolean;
    readonly params: Readonly<Record<string, unknown>>;
    readonly cv5: number[];
  }
  const golden = vectors<{ cases: Case[] }>("svc.json").cases.filter(({ standardized }) => standardized);

  test.each(golden.map((one) => [`${one.data} ${JSON.stringify(one.params)}`, one] as const))(
    "gives the reference's accuracies: %s",
    (_, { data, params, cv5 }) => {
      const { X, y } = data === "iris" ? flowers : breastCancer();
      const { scores } = crossValidate(pipeline([standardScaler(), svc(params)]), X, y);
      scores.forEach((score, k) => expect(score).toBeCloseTo(cv5[k] as number, 12));
    },
  );

  test("fits its transforms on training rows alone", () => {
    const seen: number[][] = [];
    const inner = standardScaler();
    const spy = {
      ...(inner as unknown as Transform),
      fit: (X: { data: Float64Array }, ...rest: [never]) => {
        seen.push([...X.data]);
        return inner.fit(X as never, ...rest);
      },
    } as unknown as Transform;
    const X = Array.from({ length: 20 }, (_, i) => [i]);
    const y = X.map(([x]) => (x as number) % 2);
    const cv = [0, 1].map((k) => ({
      test: Array.from({ length: 10 }, (_, i) => 10 * k + i),
      train: Array.from({ length: 10 }, (_, i) => 10 * (1 - k) + i),
    }));
    crossValidate(pipeline([spy, svc()]), X, y, { cv });
    expect(seen).toEqual(cv.map(({ train }) => train));
  });

  test("takes tables of columns, which an estimator by itself takes when they are of numbers", () => {
    const columns = Object.fromEntries(
      ["a", "b", "c", "d"].map((name, j) => [name, flowers.X.data.filter((_, k) => k % 4 === j)]),
    );
    const wanted = crossValidate(svc(), flowers.X, flowers.y).scores;
    expect(crossValidate(svc(), columns, flowers.y).scores).toEqual(wanted);
    const words = { word: flowers.y.map((label, i) => (i % 10 === 0 ? null : label)) };
    expect(crossValidate(pipeline([oneHotEncoder(), svc()]), words, flowers.y).mean).toBeGreaterThan(0.9);
    expect(() => crossValidate(svc(), words, flowers.y)).toThrow('"X": expected numbers, got "setosa" in row 1');
    expect(() => crossValidate(pipeline([oneHotEncoder(), svc()]), { word: ["a"] }, flowers.y)).toThrow(
      '"y": expected a label for each of X\'s 1 rows, got 150',
    );
  });
});

describe("a candidate of a pipeline", () => {
  test.each<[string, Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>]>([
    ["nested groups", { svc: { C: 2, gamma: 1 } }, { "svc.C": 2, "svc.gamma": 1 }],
    ["flat names", { "svc.C": 2 }, { "svc.C": 2 }],
    ["a branch inside a step", { svc: { kernel: { kind: "rbf", gamma: 1 } } }, { "svc.kernel": "rbf", "svc.gamma": 1 }],
    ["one under a flat name", { "svc.kernel": { kind: "rbf", gamma: 1 } }, { "svc.kernel": "rbf", "svc.gamma": 1 }],
    ["a branch for a step", { pca: { kind: "on", components: 2 } }, { pca: "on", "pca.components": 2 }],
    ["one that leaves it out", { pca: { kind: "passthrough" } }, { pca: "passthrough" }],
  ])("%s are settings of its steps", (_, params, settings) => {
    expect(candidateSettings(params, estimator)).toEqual(settings);
    expect(estimator.with(settings).params).toMatchObject(settings);
  });

  test("may be spaced out flat, branches and all", () => {
    const gamma = float(0.1, 1);
    expect(() => checkSettings(estimator, { "svc.kernel": choice({ linear: {}, rbf: { gamma } }) })).not.toThrow();
  });

  test.each<[string, Space, RegExp]>([
    ["an unknown step", { svm: { C: 1 } }, /^"svm": expected a setting of pipeline/],
    [
      "an unknown setting of a step",
      { svc: { c: 1 } },
      /^"svc\.c": expected a setting of pipeline \(.*\), got "svc\.c"$/,
    ],
    ["one in a branch", { pca: choice({ on: { parts: 2 } }) }, /^"pca\.on\.parts": .*got "pca\.parts"$/],
    [
      "one inside a branch and outside",
      { svc: { kernel: choice({ rbf: { gamma: 1 } }), gamma: 2 } },
      /^"svc\.kernel\.rbf\.gamma": expected every setting once/,
    ],
    ["a space within a setting", { svc: { C: { low: 1 } } }, /^"svc\.C": expected float\(\), int\(\)/],
  ])("is refused with %s", (_, space, message) => {
    expect(() => checkSettings(estimator, space)).toThrow(
      expect.objectContaining({ code: "invalid-space", message: expect.stringMatching(message) }),
    );
  });
});

describe("searches over pipelines", () => {
  test("take nested and flat grids alike", async () => {
    const options = { seed: 1 };
    const { X, y } = flowers;
    const nested = await gridSearch(estimator, { svc: { C: [0.1, 10] }, pca: { components: [1, 2] } }, X, y, options);
    const flat = await gridSearch(estimator, { "svc.C": [0.1, 10], "pca.components": [1, 2] }, X, y, options);
    expect(nested.table.map(({ params }) => params)).toEqual([
      { "svc.C": 0.1, "pca.components": 1 },
      { "svc.C": 0.1, "pca.components": 2 },
      { "svc.C": 10, "pca.components": 1 },
      { "svc.C": 10, "pca.components": 2 },
    ]);
    expect(flat.study.digest()).toBe(nested.study.digest());
    expect(nested.bestEstimator?.predict([[5, 3.5, 1.4, 0.2]])).toEqual(["setosa"]);
  });

  test("score each candidate as cross-validation does", async () => {
    const { X, y } = flowers;
    const space = {
      standardScaler: choice(["on", "passthrough"]),
      pca: choice({ passthrough: {}, on: { components: int(1, 4) } }),
      svc: { C: float(0.1, 10, { log: true }), kernel: choice({ linear: {}, rbf: { gamma: float(0.01, 1) } }) },
    };
    const { table } = await randomSearch(estimator, space, X, y, { seed: 2, trials: 8 });
    expect(new Set(table.map(({ params }) => params["pca"]))).toEqual(new Set(["on", "passthrough"]));
    for (const { params, splits } of table) {
      const settings = Object.entries(params).map(([name, value]) => [
        name.replace("kernel.rbf.", "").replace(".on.", "."),
        value,
      ]);
      expect(crossValidate(estimator.with(Object.fromEntries(settings)), X, y).scores).toEqual(splits);
    }
  });

  test("find the same with two workers, which rebuild the pipeline from its spec", async () => {
    const run = async (workers: number): Promise<string> => {
      const { code, stdout, stderr } = await runProgram("test/selection/programs/pipeline-search.mjs", [`${workers}`]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      return stdout;
    };
    const alone = await run(1);
    expect(alone).toMatch(/^[0-9a-f]{64} \{.*\} (yes|no)\n$/);
    expect(await run(2)).toBe(alone);
  });

  test("of other parts or data do not continue one study", async () => {
    const { memory } = await import("../../src/storages/memory.ts");
    const storage = memory();
    const options = { storage, name: "one", seed: 1, trials: 1, resume: true };
    const X = { word: flowers.y };
    const p = pipeline([oneHotEncoder(), svc()]);
    const space = { svc: { C: float(1, 2) } };
    await randomSearch(p, space, X, flowers.y, options);
    const other = { word: flowers.y.map((label) => `${label}!`) };
    await expect(randomSearch(p, space, other, flowers.y, options)).rejects.toThrow("expected the same X, y and folds");
    const changed = p.with({ oneHotEncoder: { handleUnknown: "ignore" } });
    await expect(randomSearch(changed, space, X, flowers.y, options)).rejects.toThrow("expected the same settings");
  });
});
