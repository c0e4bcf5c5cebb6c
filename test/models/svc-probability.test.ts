import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { breastCancer } from "../../src/datasets/breast-cancer.ts";
import { iris } from "../../src/datasets/iris.ts";
import { logLoss } from "../../src/metrics/index.ts";
import { loadModel, svc } from "../../src/models/index.ts";
import { svcOn } from "../../src/models/svm/svc.ts";
import { svcParams } from "../../src/models/svm/svc-params.ts";
import { svmProbabilities, svmSigmoid } from "../../src/wasm/svm-probability.ts";
import { describeClassifier } from "../conformance/estimator.ts";
import { modelsCores } from "../support/cores.ts";
import { standardized } from "../support/standardized.ts";
import { vectors } from "../support/vectors.ts";

interface Golden {
  readonly probability: { data: "iris" | "breast_cancer"; params: object; least: number; most: number }[];
  readonly sigmoids: { f: number[]; first: number[]; a: number; b: number }[];
  readonly couplings: { f: number[]; sigmoids: number[]; p: number[] }[];
}
const golden = vectors<Golden>("linear.json");
const tables = {
  iris: { X: standardized(iris().X), y: iris().y as readonly string[] },
  breast_cancer: { X: standardized(breastCancer().X), y: breastCancer().y as readonly string[] },
};

describeClassifier(svc, { probability: true });

describe.each(modelsCores)("probabilities, $build", ({ core }) => {
  test.each(golden.sigmoids)("the sigmoid of the largest likelihood: a = $a, b = $b", ({ f, first, a, b }) => {
    const [gotA, gotB] = svmSigmoid(core, Float64Array.from(f), Int32Array.from(first)) as unknown as [number, number];
    expect(Math.abs(gotA / a - 1)).toBeLessThan(1e-6);
    expect(Math.abs(gotB - b)).toBeLessThan(1e-6);
  });

  test.each(golden.couplings)("pairwise coupling: the least disagreement", ({ f, sigmoids, p }) => {
    const got = svmProbabilities(core, Float64Array.from(f), Float64Array.from(sigmoids), p.length);
    expect([got.rows, got.cols]).toEqual([1, p.length]);
    p.forEach((value, c) => expect(got.data[c]).toBeCloseTo(value, 13));
  });

  test("extreme decision values give probabilities all the same", () => {
    const values = Float64Array.of(1e9, 1e9, 1e9, -1e9, 1e9, -1e9, 0, 0, 0);
    const { data } = svmProbabilities(core, values, Float64Array.of(-5, 0, -5, 0, -5, 0), 3);
    for (let i = 0; i < 3; i++) {
      const row = data.subarray(3 * i, 3 * i + 3);
      expect(row.every((share) => share >= 0 && share <= 1)).toBe(true);
      expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 14);
    }
    expect(data[0]).toBeGreaterThan(0.999);
    expect([data[6], data[7], data[8]].map((share) => (share as number).toFixed(12))).toEqual(
      Array(3).fill((1 / 3).toFixed(12)),
    );
  });

  test.each(golden.probability)("$data: a log-loss like the reference's over its seeds", (it) => {
    const { X, y } = tables[it.data];
    const margin = it.most - it.least;
    for (const seed of [0, 1, 2]) {
      const fitted = svcOn(() => core, svcParams({ ...it.params, probability: true, seed })).fit(X, y);
      const loss = logLoss(y, fitted.predictProba?.(X) as never);
      expect(loss).toBeGreaterThan(it.least - margin);
      expect(loss).toBeLessThan(it.most + margin);
    }
  });
});

test("only when asked for; the machine is the same with them", () => {
  const { X, y } = tables.iris;
  const without = svc().fit(X, y);
  const withThem = svc({ probability: true }).fit(X, y);
  expect("predictProba" in without).toBe(false);
  expect("predictProba" in loadModel(without.save())).toBe(false);
  expect(withThem.decisionFunction(X)).toEqual(without.decisionFunction(X));
});

test("the seed decides the folds, and nothing else does", () => {
  const { X, y } = tables.breast_cancer;
  const probabilities = (seed: number): Float64Array =>
    svc({ probability: true, seed }).fit(X, y).predictProba?.(X).data as Float64Array;
  expect(probabilities(1)).toEqual(probabilities(1));
  expect(probabilities(1)).not.toEqual(probabilities(2));
});

test("classes of one or two members", () => {
  const fitted = svc({ probability: true }).fit([[0], [1], [5], [6], [9]], ["a", "a", "b", "b", "c"]);
  const shares = fitted.predictProba?.([[0], [9]]).data ?? [];
  expect(shares.length).toBe(6);
  expect([...shares].every((share) => share >= 0 && share <= 1)).toBe(true);
  expect(() => svc({ probability: true }).fit([[0], [1]], ["a", "b"])).not.toThrow();
});

test("wrong settings are refused", () => {
  expect(() => svc({ probability: 1 as never })).toThrow('"probability": expected one of true, false, got 1');
  expect(() => svc({ seed: -1 })).toThrow('"seed": expected a whole number >= 0, got -1');
});

test("the bits of the probabilities are pinned", () => {
  const { X, y } = tables.iris;
  const data = svc({ probability: true }).fit(X, y).predictProba?.(X).data as Float64Array;
  expect(createHash("sha256").update(new Uint8Array(data.buffer)).digest("hex")).toBe(
    "9f30e3dada0077a5fae8859895bea26f5858d21c0b1e9c9c95c0b4e66da04d80",
  );
});
