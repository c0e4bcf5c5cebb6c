import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { iris } from "../../src/datasets/iris.ts";
import { logisticRegression } from "../../src/models/logistic/logistic-regression.ts";
import { pipeline } from "../../src/preprocessing/pipeline.ts";
import { standardScaler } from "../../src/preprocessing/standard-scaler.ts";
import { tune } from "../../src/selection.ts";
import { vernier } from "../support/program.ts";

interface Found {
  readonly best: { readonly value: number; readonly params: Record<string, unknown> };
  readonly trials: number;
  readonly digest: string;
  readonly stopReason: string;
  readonly table: readonly { readonly mean: number | null }[];
}

async function found(...args: string[]): Promise<Found> {
  const { code, stdout, stderr } = await vernier(["tune", ...args, "--json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Found;
}

const folder = mkdtempSync(join(tmpdir(), "vernier-tune-"));

describe("vernier tune", () => {
  test("makes the study that the library makes", async () => {
    const { X, y } = iris();
    const estimator = pipeline([standardScaler(), logisticRegression()]);
    const { study } = await tune(estimator, X, y, { trials: 12, seed: 3, lag: 4, refit: false });
    const args = ["--model", "logisticRegression", "--scale", "--trials", "12", "--seed", "3"];
    for (const workers of ["1", "2"]) {
      const { digest, trials } = await found("iris", ...args, "--workers", workers);
      expect({ digest, trials }).toEqual({ digest: study.digest(), trials: 12 });
    }
  });

  test("reads a CSV file with words and gaps, and regresses", async () => {
    const file = join(folder, "rent.csv");
    const rows = Array.from({ length: 60 }, (_, i) => {
      const size = i % 7 === 0 ? "" : 20 + ((i * 13) % 80);
      return [size, ["north", "south", "west"][i % 3], 300 + 11 * (Number(size) || 60) + 80 * (i % 3)].join(",");
    });
    writeFileSync(file, ["size,side,rent", ...rows].join("\n"));
    const { best, trials } = await found(file, "--model", "ridge", "--scale", "--trials", "10");
    expect(trials).toBe(10);
    expect(best.value).toBeGreaterThan(0.9);
    expect(Object.keys(best.params)).toContain("ridge.alpha");
    const other = await found(file, "--target", "side", "--model", "kNeighborsClassifier", "--trials", "5");
    expect(other.best.value).toBeGreaterThan(0.3);
  });

  test("tunes a perceptron on rows prepared by what the training rows tell, and continues its journal", async () => {
    const journal = join(folder, "perceptron.log");
    const args = ["iris", "--model", "mlpClassifier", "--seed", "3"];
    const { digest, best } = await found(...args, "--trials", "4", "--workers", "1");
    expect(best.value).toBeGreaterThan(0.9);
    expect(Object.keys(best.params)).toEqual(expect.arrayContaining(["learningRate", "batchSize", "units", "dropout"]));
    await found(...args, "--trials", "2", "--journal", journal);
    const rest = await found(...args, "--trials", "4", "--journal", journal, "--workers", "2");
    expect({ digest: rest.digest, trials: rest.trials }).toEqual({ digest, trials: 4 });
  }, 180_000);

  test("a perceptron regresses on words and gaps", async () => {
    const file = join(folder, "lamps.csv");
    const rows = Array.from({ length: 120 }, (_, i) => {
      const [watts, kind] = [(i * 37) % 100, ["bulb", "tube"][i % 2]];
      return [i % 9 === 0 ? "" : watts, kind, 5 * watts + (i % 2) * 200].join(",");
    });
    writeFileSync(file, ["watts,kind,lumens", ...rows].join("\n"));
    const { best, table } = await found(file, "--model", "mlpRegressor", "--trials", "6", "--cv", "4");
    expect(best.value).toBeGreaterThan(0.5);
    expect(best.value).toBe(Math.max(...table.map(({ mean }) => mean ?? Number.NEGATIVE_INFINITY)));
  });

  test("a journal is continued", async () => {
    const journal = join(folder, "iris.log");
    const args = ["iris", "--model", "gaussianNb", "--journal", journal];
    expect((await found(...args, "--trials", "5")).trials).toBe(5);
    const more = await found(...args, "--trials", "9");
    expect(more.trials).toBe(9);
    expect(more.digest).toBe((await found("iris", "--model", "gaussianNb", "--trials", "9")).digest);
    expect(readFileSync(journal, "utf8")).toContain('"study_name":"tune"');
  });

  test("says in words what it found", async () => {
    const { code, stdout } = await vernier(["tune", "iris", "--trials", "5", "--patience", "4"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/best {5}0\.9\d+ with C=.*\n {2}stopped {2}\w+ after 5 trials/);
    expect((await vernier(["tune", "--help"])).stdout).toContain("vernier tune TABLE");
  });

  test.each([
    [[], "tune: expected the name of a table or a CSV file, got none"],
    [["iris", "digits"], 'arguments: expected at most 1, got "digits" as well'],
    [["nowhere.csv"], /table: expected breast-cancer, digits, iris or a CSV file that can be read, got "nowhere.csv"/],
    [["iris", "--target", "x"], '--target: expected none with the table iris, got "x"'],
    [["data/iris.csv", "--target", "x"], /"--target": expected one of "sepal_length", .*"species", got "x"/],
    [["iris", "--model", "bayes"], /"estimator": expected one of .*"svc".* got "bayes"/],
    [["iris", "--sampler", "best"], /"sampler": expected one of "auto", .* got "best"/],
    [["iris", "--trials", "0"], '"--trials": expected a whole number >= 1, got 0'],
    [["iris", "--scoring", "beauty"], /"scoring": expected one of /],
    [["iris", "--model", "mlpClassifier", "--scoring", "f1"], '--scoring: expected none with mlpClassifier, got "f1"'],
    [["iris", "--model", "mlpRegressor"], '"y": expected finite numbers for a regressor, got "setosa" at position 0'],
    [["iris", "--model", "ridge"], '"y": expected finite numbers for a regressor, got "setosa"'],
  ])("refuses %j", async (args, message) => {
    const { code, stdout, stderr } = await vernier(["tune", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });
});
