import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { encodeLabels } from "../../src/core/labels.ts";
import { breastCancer, type Dataset, digits, iris } from "../../src/datasets/index.ts";

interface Csv {
  readonly features: readonly string[];
  readonly rows: readonly (readonly number[])[];
  readonly labels: readonly string[];
}

function csv(file: string): Csv {
  const text = readFileSync(new URL(`../../data/${file}`, import.meta.url), "utf8");
  const [header = [], ...lines] = text
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  return {
    features: header.slice(0, -1),
    rows: lines.map((line) => line.slice(0, -1).map(Number)),
    labels: lines.map((line) => line.at(-1) as string),
  };
}

const tables: [file: string, load: () => Dataset<string | number>, shape: [number, number, number]][] = [
  ["iris.csv", iris, [150, 4, 3]],
  ["digits.csv", digits, [1797, 64, 10]],
  ["breast_cancer.csv", breastCancer, [569, 30, 2]],
];

describe.each(tables)("%s", (file, load, [rows, cols, classes]) => {
  const expected = csv(file);
  const { X, y, features, targets, description } = load();

  test("has the file's shape and names", () => {
    expect([X.rows, X.cols, y.length, targets.length]).toEqual([rows, cols, rows, classes]);
    expect(features).toEqual(expected.features);
  });

  test("holds every number and label of the file, bit for bit", () => {
    expect(X.data).toEqual(Float64Array.from(expected.rows.flat()));
    expect(y.map(String)).toEqual(expected.labels);
  });

  test("lists the classes in the order in which models number them", () => {
    expect(targets).toEqual(encodeLabels(y).classes);
  });

  test("names its source and license", () => {
    expect(description).toMatch(/\(\d{4}\).*UCI Machine Learning Repository, CC BY 4\.0/);
  });

  test("is decoded once, and frozen", () => {
    expect(load()).toBe(load());
    for (const part of [load(), X, y, features, targets]) expect(Object.isFrozen(part)).toBe(true);
  });
});

test("digits' labels are numbers, the others' are strings", () => {
  expect(digits().y[3]).toBe(3);
  expect(iris().y[0]).toBe("setosa");
  expect(breastCancer().y[0]).toBe("malignant");
});
