import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { runProgram } from "./support/program.ts";

interface Seen {
  readonly names: Record<string, string[]>;
  readonly digests: string[];
  readonly slopes: number[];
  readonly leaves: number[];
  readonly losses: number[];
  readonly refusal: { readonly code: string; readonly message: string };
  readonly drawn: { readonly a: number; readonly c: number };
  readonly version: string;
}

const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), "utf8");

describe("the built package", () => {
  let seen: Seen;
  beforeAll(async () => {
    const { code, stdout, stderr } = await runProgram("test/programs/package.mjs");
    if (code !== 0) throw new Error(stderr);
    seen = JSON.parse(stdout) as Seen;
  });

  test("every entry is there", () => {
    expect(Object.keys(seen.names)).toEqual([
      ".",
      "./surrogate",
      "./models",
      "./preprocessing",
      "./metrics",
      "./selection",
      "./datasets",
      "./neural",
      "./csv",
      "./worker",
      "./service",
      "./storage/journal",
    ]);
    expect(seen.names["./models"]).toEqual([
      "decisionTreeClassifier",
      "decisionTreeRegressor",
      "elasticNet",
      "estimatorNamed",
      "extraTreesClassifier",
      "extraTreesRegressor",
      "gaussianNb",
      "gpRegressor",
      "gradientBoostingClassifier",
      "gradientBoostingRegressor",
      "kNeighborsClassifier",
      "kNeighborsRegressor",
      "lasso",
      "linearRegression",
      "linearSvc",
      "loadModel",
      "logisticRegression",
      "randomForestClassifier",
      "randomForestRegressor",
      "ridge",
      "setDefaultModels",
      "setDefaultTrees",
      "svc",
      "svr",
    ]);
    expect(seen.names["./preprocessing"]).toEqual([
      "columns",
      "estimatorFrom",
      "kBinsDiscretizer",
      "loadPipeline",
      "loadTransform",
      "maxAbsScaler",
      "minMaxScaler",
      "normalizer",
      "oneHotEncoder",
      "ordinalEncoder",
      "passthrough",
      "pca",
      "pipeline",
      "polynomialFeatures",
      "powerTransformer",
      "quantileTransformer",
      "robustScaler",
      "selectKBest",
      "selectPercentile",
      "simpleImputer",
      "standardScaler",
      "transformNamed",
      "varianceThreshold",
    ]);
    expect(seen.names["./csv"]).toEqual(["readCsv", "writeCsv"]);
    expect(seen.names["./service"]).toEqual(["createTuningService", "openapi", "spaceFromJson"]);
    expect(seen.names["./datasets"]).toEqual(["breastCancer", "digits", "iris"]);
    expect(seen.names["./neural"]).toEqual([
      "adam",
      "cnn",
      "layerNorm",
      "loadBackend",
      "loadNetwork",
      "mlp",
      "networkData",
      "registerLayers",
      "rnn",
      "softmaxCrossEntropy",
      "trainNetwork",
      "transformer",
      "tuneNetwork",
      "weightSeeds",
    ]);
    expect(seen.names["./storage/journal"]).toEqual(["fileCheckpoints", "journalFile"]);
    expect(seen.names["."]).toEqual(expect.arrayContaining(["choice", "createStudy", "float", "grid", "int", "tpe"]));
  });

  test("the core served from elsewhere gives the same study", () => {
    expect(new Set(seen.digests).size).toBe(1);
    expect(seen.digests).toHaveLength(4);
  });

  test("the models module served from elsewhere trains the same machine", () => {
    expect(seen.slopes[0]).toBeCloseTo(1, 10);
    expect(new Set(seen.slopes).size).toBe(1);
    expect(seen.slopes).toHaveLength(3);
  });

  test("the trees module served from elsewhere grows the same tree", () => {
    expect(seen.leaves).toEqual([4, 4, 4]);
  });

  test("the math module served from elsewhere gives the same loss", () => {
    expect(seen.losses[0]).toBeCloseTo(0.16425, 5);
    expect(new Set(seen.losses).size).toBe(1);
    expect(seen.losses).toHaveLength(3);
  });

  test("another module in its place is refused", () => {
    expect(seen.refusal.code).toBe("unsupported");
    expect(seen.refusal.message).toMatch(/"wasm": expected Vernier's core module/);
  });

  test("own distributions reach the draws", () => {
    expect(Math.abs(seen.drawn.a - 5)).toBeLessThan(0.2);
    expect(Math.abs(seen.drawn.c - 0.75)).toBeLessThan(0.08);
  });

  test("versions agree", () => {
    const { version } = JSON.parse(read("package.json")) as { version: string };
    expect(seen.version).toBe(version);
    expect(read("CHANGELOG.md")).toContain(`## ${version}`);
  });
});

describe("the README", () => {
  test("shows the quickstart example and what it prints", async () => {
    const readme = read("README.md");
    const code = read("examples/quickstart.mjs").split("\n").slice(1).join("\n").trim();
    expect(squeeze(readme)).toContain(squeeze(code));
    expect(readme).toContain((await runProgram("examples/quickstart.mjs")).stdout.trim());
  });
});

/** Without what a formatter changes. */
function squeeze(text: string): string {
  return text.replace(/[\s,]+/g, "");
}
