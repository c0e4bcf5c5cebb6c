import { VernierError } from "../core/errors.ts";
import { nestedOrder } from "./nested-rows.ts";
import { takeTargets } from "./targets.ts";
import { type FoldedData, type TrainingFold, trainingFolds } from "./training-folds.ts";

/**
 * The folds with a part of each training side: `samples` of all samples' share of it, rounded down. A larger part
 * holds the smaller one of the same seed, and classes keep their shares. Test sides stay whole. The last asked for
 * are kept, as the candidates of a rung follow each other.
 */
export function subsampledFolds(data: FoldedData): (seed: number, samples: number) => readonly TrainingFold[] {
  let last: { readonly seed: number; readonly samples: number; readonly folds: readonly TrainingFold[] } | null = null;
  return (seed, samples) => {
    if (last?.seed !== seed || last.samples !== samples) {
      last = { seed, samples, folds: trainingFolds(subsample(data, seed, samples)) };
    }
    return last.folds;
  };
}

function subsample(data: FoldedData, seed: number, samples: number): FoldedData {
  if (samples >= data.y.length) return data;
  const folds = data.folds.map(({ train, test }, k) => {
    const order = nestedOrder(takeTargets(data.y, train), seed, `subsample/${k}`);
    const part = order.subarray(0, Math.floor((samples * train.length) / data.y.length));
    return { train: Int32Array.from(part.slice().sort(), (i) => train[i] as number), test };
  });
  return { ...data, folds };
}

/** Checks that `samples` leave every fold a row of each of its classes; throws `invalid-argument` when they do not. */
export function expectEnoughSamples(name: string, samples: number, data: FoldedData): void {
  data.folds.forEach(({ train }, k) => {
    const y = takeTargets(data.y, train);
    const needed = y instanceof Float64Array ? 1 : new Set(y).size;
    const got = Math.floor((samples * train.length) / data.y.length);
    if (got >= needed) return;
    throw new VernierError(
      "invalid-argument",
      `"${name}": expected samples enough for ${needed} training rows in fold ${k}, got ${samples}, which leave ${got}`,
    );
  });
}
