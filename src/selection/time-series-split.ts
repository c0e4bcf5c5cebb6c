import { expectInteger, VernierError } from "../core/errors.ts";
import { foldWhere, type Splitter } from "./fold.ts";

export interface TimeSeriesSplitOptions {
  /** How many folds, >= 2; default 5. */
  readonly splits?: number;
  /** Samples to test on in each fold; default floor(n / (splits + 1)). */
  readonly testSize?: number;
  /** The most samples to train on, the latest; default all before. */
  readonly maxTrainSize?: number;
  /** Samples left out between the two sides; default 0. */
  readonly gap?: number;
}

/**
 * Folds of samples in the order of time, that train on what comes before the test side only. The test sides are
 * runs of equal length, one after another up to the last sample. Labels play no part.
 * Throws `invalid-argument` for fewer than two folds, or when the first fold has nothing to train on.
 * The folds are scikit-learn's TimeSeriesSplit.
 */
export function timeSeriesSplit(options: TimeSeriesSplitOptions = {}): Splitter {
  const splits = expectInteger("splits", options.splits ?? 5, 2);
  const gap = expectInteger("gap", options.gap ?? 0, 0);
  const most = options.maxTrainSize === undefined ? null : expectInteger("maxTrainSize", options.maxTrainSize, 1);
  const size = options.testSize === undefined ? null : expectInteger("testSize", options.testSize, 1);
  return {
    name: "timeSeriesSplit",
    split({ length: n }) {
      const testSize = size ?? Math.max(1, Math.floor(n / (splits + 1)));
      const first = n - splits * testSize;
      if (first - gap < 1) {
        throw new VernierError(
          "invalid-argument",
          `"splits": expected more than splits x testSize + gap = ${splits} x ${testSize} + ${gap} samples, got ${n}`,
        );
      }
      return Array.from({ length: splits }, (_, k) => {
        const start = first + k * testSize;
        const trainEnd = start - gap;
        const trainStart = most === null ? 0 : Math.max(0, trainEnd - most);
        return foldWhere(n, (row) => {
          if (row >= start) return row < start + testSize ? "test" : null;
          return row >= trainStart && row < trainEnd ? "train" : null;
        });
      });
    },
  };
}
