import { expectInteger, expectNumber, show, VernierError } from "../core/errors.ts";
import type { FlatParam } from "../core/space.ts";
import type { TrialRecord } from "../core/trial.ts";
import type { Observations } from "../wasm/tpe.ts";
import type { SamplerInput } from "./sampler.ts";
import { type TpeHistory, valueIn } from "./tpe-history.ts";
import type { TpeSettings } from "./tpe-options.ts";

/** The value of the i-th parameter in each of some trials, oldest first; NaN where it has none. */
export interface TrialValues {
  readonly count: number;
  readonly valueOf: (trial: number, param: number) => number;
}

export interface Split {
  readonly good: TrialValues;
  readonly other: TrialValues;
}

/** Splits the trials into the good ones and the others, among which are those under way. */
export function splitTrials({ space, pending, key }: SamplerInput, settings: TpeSettings, history: TpeHistory): Split {
  const { numbers, ranking, columns } = history;
  const n = numbers.length;
  const wanted = settings.gamma(n);
  const goodRows = ranking.slice(0, expectInteger(`gamma(${n})`, wanted, 0)).sort((a, b) => a - b);
  const isGood = new Uint8Array(n);
  for (const row of goodRows) isGood[row] = 1;
  const liars = settings.constantLiar ? pending.filter((trial) => trial.number !== key.trial) : [];
  // Trials under way stand among the other rows by number, as -1, -2 ...
  const otherRows: number[] = [];
  let next = 0;
  for (let row = 0; row < n; row++) {
    while (next < liars.length && (liars[next] as TrialRecord).number < (numbers[row] as number))
      otherRows.push(~next++);
    if (isGood[row] === 0) otherRows.push(row);
  }
  while (next < liars.length) otherRows.push(~next++);
  const valueOf = (row: number, param: number): number => {
    if (row >= 0) return (columns[param] as number[])[row] as number;
    const { name, distribution } = space[param] as FlatParam;
    return valueIn(liars[~row] as TrialRecord, name, distribution);
  };
  return {
    good: { count: goodRows.length, valueOf: (i, param) => valueOf(goodRows[i] as number, param) },
    other: { count: otherRows.length, valueOf: (i, param) => valueOf(otherRows[i] as number, param) },
  };
}

/** The block's parameters in the trials that have them all. */
export function observe(trials: TrialValues, block: readonly number[], settings: TpeSettings): Observations {
  const complete: number[] = [];
  for (let i = 0; i < trials.count; i++) {
    if (block.every((param) => !Number.isNaN(trials.valueOf(i, param)))) complete.push(i);
  }
  const count = complete.length;
  const values = new Float64Array(block.length * count);
  block.forEach((param, j) => {
    for (let i = 0; i < count; i++) values[j * count + i] = trials.valueOf(complete[i] as number, param);
  });
  return { count, values, weights: checkedWeights(settings.weights(count), count) };
}

function checkedWeights(weights: ArrayLike<number>, count: number): ArrayLike<number> {
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    total += expectNumber(`weights(${count})[${i}]`, weights[i], "a finite number >= 0", (weight) => weight >= 0);
  }
  if (weights.length === count && (count === 0 || total > 0)) return weights;
  const expected = count === 0 ? "no weights" : `${count} weights, not all 0`;
  throw new VernierError(
    "invalid-argument",
    `"weights(${count})": expected ${expected}, got ${show(Array.from(weights))}`,
  );
}
