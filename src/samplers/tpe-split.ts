import { expectInteger, expectNumber, show, VernierError } from "../core/errors.ts";
import type { FlatParam, FlatSpace } from "../core/space.ts";
import type { TrialRecord } from "../core/trial.ts";
import { valueIn } from "../core/value-in.ts";
import type { Observations } from "../wasm/tpe.ts";
import type { SamplerInput } from "./sampler.ts";
import type { SortedColumn } from "./sorted-column.ts";
import { bestByFronts } from "./tpe-fronts.ts";
import type { TpeHistory } from "./tpe-history.ts";
import type { TpeSettings } from "./tpe-options.ts";

/** Some of the trials, oldest first: rows of the history, and those under way as -1, -2 ... */
export interface Split {
  readonly good: readonly number[];
  readonly other: readonly number[];
  readonly underWay: readonly TrialRecord[];
}

/** Splits the trials into the good ones and the others, among which are those under way. */
export function splitTrials(
  { directions, pending, key }: SamplerInput,
  settings: TpeSettings,
  history: TpeHistory,
): Split {
  const { numbers, ranking } = history;
  const n = numbers.length;
  const wanted = expectInteger(`gamma(${n})`, settings.gamma(n), 0);
  const fronts = directions.length > 1 && wanted < history.complete;
  const best = fronts
    ? bestByFronts(ranking.slice(0, history.complete), history.scores, wanted)
    : ranking.slice(0, wanted);
  const good = [...best].sort((a, b) => a - b);
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
  weightsOf: TpeSettings["weights"],
): Observations {
  const params = block.map((j) => space[j] as FlatParam);
  const columns = block.map((j) => history.columns[j] as SortedColumn);
  const waiting = underWay.map((trial) => params.map(({ name, distribution }) => valueIn(trial, name, distribution)));
  const whole = underWay.length === 0 && columns.every((column) => column.ascending().length === column.length);
  const complete = whole ? rows : rows.filter((row) => hasAll(columns, waiting, row));
  const count = complete.length;
  const values = new Float64Array(block.length * count);
  columns.forEach((column, j) => gather(column.values(), complete, waiting, j, values.subarray(j * count)));
  const weights = checkedWeights(weightsOf(count), count);
  const n = history.numbers.length;
  // A few are sorted sooner than found among all.
  return 8 * count < n
    ? { count, values, weights }
    : { count, values, weights, orders: ordersOf(params, columns, complete, n) };
}

/** out[i] = parameter j in the trial of row rows[i]. */
function gather(
  column: Float64Array,
  rows: readonly number[],
  waiting: readonly (readonly number[])[],
  j: number,
  out: Float64Array,
): void {
  if (waiting.length === 0) {
    for (let i = 0; i < rows.length; i++) out[i] = column[rows[i] as number] as number;
    return;
  }
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    out[i] = row >= 0 ? (column[row] as number) : ((waiting[~row] as readonly number[])[j] as number);
  }
}

function hasAll(columns: readonly SortedColumn[], waiting: readonly (readonly number[])[], row: number): boolean {
  if (row < 0) return (waiting[~row] as readonly number[]).every((value) => !Number.isNaN(value));
  for (const column of columns) if (Number.isNaN(column.at(row))) return false;
  return true;
}

/**
 * For each column the positions in `rows`, ascending by value; those of trials under way come last. Choices have no
 * order: theirs is left out.
 */
function ordersOf(
  params: readonly FlatParam[],
  columns: readonly SortedColumn[],
  rows: readonly number[],
  n: number,
): Int32Array {
  const count = rows.length;
  if (params.every(({ distribution }) => distribution.type === "categorical"))
    return new Int32Array(params.length * count);
  const positions = new Int32Array(n).fill(-1);
  const underWay: number[] = [];
  for (let i = 0; i < count; i++) {
    const row = rows[i] as number;
    if (row >= 0) positions[row] = i;
    else underWay.push(i);
  }
  // One more, for what is written beyond the last and then left out.
  const orders = new Int32Array(columns.length * count + 1);
  let at = 0;
  for (let j = 0; j < columns.length; j++) {
    if (params[j]?.distribution.type === "categorical") {
      at += count;
      continue;
    }
    const ascending = (columns[j] as SortedColumn).ascending();
    for (let i = 0; i < ascending.length; i++) {
      const position = positions[ascending[i] as number] as number;
      orders[at] = position;
      // The next place unless it is -1: a branch would often be guessed wrong.
      at += ~position >>> 31;
    }
    for (const position of underWay) orders[at++] = position;
  }
  return orders.subarray(0, columns.length * count);
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
