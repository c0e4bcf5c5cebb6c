import { expectInteger, expectNumber, show, VernierError } from "../core/errors.ts";
import type { FlatParam, FlatSpace } from "../core/space.ts";
import type { TrialRecord } from "../core/trial.ts";
import type { Observations } from "../wasm/tpe.ts";
import type { SamplerInput } from "./sampler.ts";
import { type TpeHistory, valueIn } from "./tpe-history.ts";
import type { TpeSettings } from "./tpe-options.ts";

/** Some of the trials, oldest first: rows of the history, and those under way as -1, -2 ... */
export interface Split {
  readonly good: readonly number[];
  readonly other: readonly number[];
  readonly underWay: readonly TrialRecord[];
}

/** Splits the trials into the good ones and the others, among which are those under way. */
export function splitTrials({ pending, key }: SamplerInput, settings: TpeSettings, history: TpeHistory): Split {
  const { numbers, ranking } = history;
  const n = numbers.length;
  const wanted = expectInteger(`gamma(${n})`, settings.gamma(n), 0);
  const good = ranking.slice(0, wanted).sort((a, b) => a - b);
  const isGood = new Uint8Array(n);
  for (const row of good) isGood[row] = 1;
  const underWay = settings.constantLiar ? pending.filter((trial) => trial.number !== key.trial) : [];
  const other: number[] = [];
  let next = 0;
  for (let row = 0; row < n; row++) {
    while (next < underWay.length && (underWay[next] as TrialRecord).number < (numbers[row] as number)) {
      other.push(~next++);
    }
    if (isGood[row] === 0) other.push(row);
  }
  while (next < underWay.length) other.push(~next++);
  return { good, other, underWay };
}

/** The values that `block`, parameters of the space, has in those of the trials `rows` that have them all. */
export function observe(
  space: FlatSpace,
  block: readonly number[],
  rows: readonly number[],
  underWay: readonly TrialRecord[],
  history: TpeHistory,
  settings: TpeSettings,
): Observations {
  const all = block.map((param) => valuesOf(space[param] as FlatParam, history.columns[param] ?? [], rows, underWay));
  const complete = rows.map((_, i) => i).filter((i) => all.every((values) => !Number.isNaN(values[i])));
  const count = complete.length;
  const values = new Float64Array(block.length * count);
  all.forEach((own, j) => {
    for (let i = 0; i < count; i++) values[j * count + i] = own[complete[i] as number] as number;
  });
  return { count, values, weights: checkedWeights(settings.weights(count), count) };
}

/** One parameter's value in each trial, NaN where it has none. */
function valuesOf(
  { name, distribution }: FlatParam,
  column: readonly number[],
  rows: readonly number[],
  underWay: readonly TrialRecord[],
): Float64Array {
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    values[i] = row >= 0 ? (column[row] as number) : valueIn(underWay[~row] as TrialRecord, name, distribution);
  }
  return values;
}

function checkedWeights(weights: ArrayLike<number>, count: number): ArrayLike<number> {
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number;
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      expectNumber(`weights(${count})[${i}]`, weight, "a finite number >= 0", () => false);
    }
    total += weight;
  }
  if (weights.length === count && (count === 0 || total > 0)) return weights;
  const expected = count === 0 ? "no weights" : `${count} weights, not all 0`;
  throw new VernierError(
    "invalid-argument",
    `"weights(${count})": expected ${expected}, got ${show(Array.from(weights))}`,
  );
}
