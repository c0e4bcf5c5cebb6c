import { describe, expect, test } from "vitest";
import { choice, float, type Space } from "../../src/core/space.ts";
import { iris } from "../../src/datasets/index.ts";
import { svc } from "../../src/models/svm/svc.ts";
import { candidateSettings, checkSettings } from "../../src/selection/candidate-settings.ts";
import { createSearches } from "../../src/selection/searches.ts";
import { testStudy } from "../support/study.ts";

describe("a candidate's settings", () => {
  test("are its parameters, those of a branch beside the branch's name", () => {
    expect(
      candidateSettings({ C: 1, kernel: { kind: "poly", degree: 2, mode: { kind: "x", y: null } } }, svc()),
    ).toEqual({
      C: 1,
      kernel: "poly",
      degree: 2,
      mode: "x",
      y: null,
    });
  });

  test("come from one place each", () => {
    expect(() => candidateSettings({ a: { kind: "x", gamma: 1 }, b: { kind: "y", gamma: 2 } }, svc())).toThrow(
      '"gamma": expected every setting once, got two branches with it',
    );
  });

  test("of a conditional space reach the estimator", async () => {
    const { X, y } = iris();
    const space = {
      C: float(0.1, 10, { log: true }),
      kernel: choice({ linear: {}, rbf: { gamma: float(1e-3, 1, { log: true }) } }),
    };
    checkSettings(svc(), space);
    const { randomSearch } = createSearches({ createStudy: testStudy, worker: new URL("file:///none") });
    const { table, best, bestEstimator } = await randomSearch(svc(), space, X, y, { seed: 5, trials: 8 });
    expect(new Set(table.map(({ params }) => params["kernel"]))).toEqual(new Set(["linear", "rbf"]));
    for (const { params } of table) expect("kernel.rbf.gamma" in params).toBe(params["kernel"] === "rbf");
    expect(best.mean).toBeGreaterThan(0.95);
    expect(bestEstimator?.predict([[5, 3.5, 1.4, 0.2]])).toEqual(["setosa"]);
  });
});

describe("a space for an estimator refuses", () => {
  test.each<[string, Space, RegExp]>([
    [
      "an unknown setting",
      { gama: 1 },
      /^"gama": expected a setting of svc \("C", "kernel", "gamma", .*\), got "gama"$/,
    ],
    [
      "one inside a branch",
      { kernel: choice({ rbf: { width: float(0, 1) } }) },
      /^"kernel\.rbf\.width": expected a setting/,
    ],
    [
      "a setting inside a branch and outside",
      { kernel: choice({ rbf: { gamma: 1 } }), gamma: 2 },
      /^"kernel\.rbf\.gamma": expected every setting once, got it inside a branch and outside$/,
    ],
    [
      "values that are not plain",
      { C: choice([{ kind: 1 }]) },
      /^"C": expected strings, numbers, booleans or null as choices, got \{kind\}$/,
    ],
    [
      "nested spaces",
      { C: { low: float(0, 1) } },
      /^"C": expected float\(\), int\(\), choice\(\) or a constant, got a nested space$/,
    ],
    ["an inverted range", { C: float(2, 1) }, /^"C": expected low < high/],
  ])("%s", (_, space, message) => {
    expect(() => checkSettings(svc(), space)).toThrow(
      expect.objectContaining({ code: "invalid-space", message: expect.stringMatching(message) }),
    );
  });
});
