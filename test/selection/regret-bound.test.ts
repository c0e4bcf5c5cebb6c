import { expect, test } from "vitest";
import { float } from "../../src/core/space.ts";
import { iris } from "../../src/datasets/iris.ts";
import { svc } from "../../src/models/svm/svc.ts";
import { createSearches } from "../../src/selection/searches.ts";
import { foldError } from "../../src/stopping/evaluation-error.ts";
import { regretBound } from "../../src/stopping/regret-bound.ts";
import { testStudy } from "../support/study.ts";

const worker = new URL("../../build/js/selection/search-worker.js", import.meta.url);
const { randomSearch } = createSearches({ createStudy: testStudy, worker });

test("a search ends when less is left than the folds can tell apart", async () => {
  const { X, y } = iris();
  const space = { C: float(1e-3, 1e3, { log: true }), gamma: float(1e-4, 10, { log: true }) };
  const { study } = await randomSearch(svc(), space, X, y, { seed: 1, trials: 120, stop: [regretBound()] });
  const error = foldError(study.best) as number;
  expect(study.stopReason).toMatch(/^regret bound/);
  expect(study.trials.length).toBeLessThan(60);
  expect(study.stopReason?.endsWith(` < ${error.toPrecision(3)}`)).toBe(true);
});
