import { describe, expect, test } from "vitest";
import { float } from "../../src/core/space.ts";
import type { SearchOptions } from "../../src/selection/search-options.ts";
import { createSearches } from "../../src/selection/searches.ts";
import { memory } from "../../src/storages/memory.ts";
import type { Storage } from "../../src/storages/storage.ts";
import { testStudy } from "../support/study.ts";
import { thresholdClassifier } from "../support/threshold-classifier.ts";

const { gridSearch, randomSearch } = createSearches({ createStudy: testStudy, worker: new URL("file:///none") });
const X = Array.from({ length: 40 }, (_, i) => [i / 40]);
const y = X.map(([x]) => ((x as number) < 0.5 ? "a" : "b"));
const space = { threshold: float(0, 1) };

describe("a search of a name that the storage knows", () => {
  const run = (
    storage: Storage,
    change: SearchOptions = {},
    labels: readonly string[] = y,
    estimator = thresholdClassifier(),
  ) => randomSearch(estimator, space, X, labels, { name: "s", seed: 1, trials: 3, storage, ...change });
  const refused = (message: string): object => expect.objectContaining({ code: "study-mismatch", message });

  test("goes on with the same data, estimator and score", async () => {
    const storage = memory();
    await run(storage);
    expect((await run(storage, { trials: 5, cv: 5, scoring: "accuracy" })).table).toHaveLength(5);
  });

  test("refuses other labels, features, folds", async () => {
    const storage = memory();
    await run(storage);
    const message = 'study "s": expected the same X, y and folds as before, got others';
    await expect(run(storage, {}, y.with(0, "b"))).rejects.toThrow(refused(message));
    await expect(run(storage, { cv: 4 })).rejects.toThrow(refused(message));
    const moved = X.with(3, [0.0750001]);
    const options = { name: "s", seed: 1, trials: 3, storage };
    await expect(randomSearch(thresholdClassifier(), space, moved, y, options)).rejects.toThrow(refused(message));
  });

  test("refuses another score or other settings", async () => {
    const storage = memory();
    await run(storage);
    await expect(run(storage, { scoring: "f1Macro" })).rejects.toThrow(
      refused('study "s": expected the same scoring as before, "accuracy", got "f1Macro"'),
    );
    const other = thresholdClassifier({ threshold: 0.25, mode: "works" });
    await expect(run(storage, {}, y, other)).rejects.toThrow(
      refused(
        'study "s": expected the same settings as before, {"threshold":0,"mode":"works"}, got {"threshold":0.25,"mode":"works"}',
      ),
    );
  });
});

test("an abort is noticed between two folds, and the search taken up again has the same result", async () => {
  const lists = { threshold: [0.1, 0.49, 0.7] };
  const storage = memory();
  const stopping = new AbortController();
  const estimator = thresholdClassifier();
  const slow = {
    ...estimator,
    with: (params: Readonly<Record<string, unknown>>) => {
      const model = estimator.with(params);
      return {
        ...model,
        fit: (...data: Parameters<typeof model.fit>) => {
          if (estimator.fits.count === 7) stopping.abort();
          return model.fit(...data);
        },
      };
    },
  };
  const options = { name: "s", seed: 1, storage, refit: false };
  const cut = await gridSearch(slow, lists, X, y, { ...options, signal: stopping.signal });
  expect(cut.study.stopReason).toBe("aborted");
  expect(cut.table).toHaveLength(1);
  expect(estimator.fits.count).toBe(8);
  const whole = await gridSearch(estimator, lists, X, y, options);
  const straight = await gridSearch(thresholdClassifier(), lists, X, y, { seed: 1, refit: false });
  expect(whole.study.digest()).toBe(straight.study.digest());
});

test("options that are given as undefined count as not given", async () => {
  const unset = { sampler: undefined, trials: undefined, seed: 1 } as unknown as SearchOptions;
  expect((await gridSearch(thresholdClassifier(), { threshold: [0.1, 0.2] }, X, y, unset)).table).toHaveLength(2);
  expect((await randomSearch(thresholdClassifier(), space, X, y, unset)).table).toHaveLength(10);
});
