import { expectOneOf, show, VernierError } from "../core/errors.ts";
import { choice } from "../core/space.ts";
import type { Matrix } from "../core/matrix.ts";
import type { Column, Table } from "../core/table.ts";
import { type Category, categoriesOf, codesOf } from "./categories.ts";
import { quantile } from "./column-statistics.ts";
import { type DefinedTransform, defineTransform, type FittedWith } from "./define-transform.ts";
import { cells, type Frame, hasNumbers } from "./frame.ts";
import { joinColumns } from "./join-columns.ts";

export type SimpleImputerParams = {
  /** What missing values are replaced by; columns of categories take the last two. */
  readonly strategy: "mean" | "median" | "mostFrequent" | "constant";
  /** With "constant"; null is 0 for columns of numbers and "missing" for others. */
  readonly fillValue: string | number | boolean | null;
  /** Whether each column with missing values in the training data is followed, at the end, by one that says where. */
  readonly addIndicator: boolean;
  /** Whether a column that had nothing but missing values is kept, as 0 or `fillValue`. */
  readonly keepEmptyFeatures: boolean;
};

interface SimpleImputerState {
  /** By what each column's missing values are replaced; null for a column that is left out. */
  readonly statistics: readonly Category[];
  /** Whether each training column was one of numbers. */
  readonly numeric: readonly boolean[];
  /** Columns whose missing values are shown. */
  readonly indicated: readonly number[];
}

export type FittedSimpleImputer = FittedWith<SimpleImputerParams, SimpleImputerState, Matrix | Table>;

const strategies = ["mean", "median", "mostFrequent", "constant"] as const;

/**
 * Missing values replaced by a column's mean, median, most frequent value (of equally frequent ones the first in
 * order) or a constant. The result is a Matrix, or a table where a column is one of categories.
 */
export const simpleImputer: DefinedTransform<SimpleImputerParams, FittedSimpleImputer> = defineTransform<
  SimpleImputerParams,
  SimpleImputerState,
  Matrix | Table
>({
  name: "simpleImputer",
  defaults: { strategy: "mean", fillValue: null, addIndicator: false, keepEmptyFeatures: false },
  check: ({ strategy, fillValue, addIndicator, keepEmptyFeatures }) => ({
    strategy: expectOneOf("strategy", strategy, strategies),
    fillValue: checkFillValue(fillValue),
    addIndicator: expectOneOf("addIndicator", addIndicator, [true, false]),
    keepEmptyFeatures: expectOneOf("keepEmptyFeatures", keepEmptyFeatures, [true, false]),
  }),
  space: () => ({ strategy: choice(["mean", "median", "mostFrequent"]) }),
  learn(params, frame) {
    const columns = frame.names.map((_, j) => cells(frame, j));
    return {
      statistics: columns.map((column, j) => statistic(params, frame, column, j)),
      numeric: columns.map((_, j) => hasNumbers(frame, j)),
      indicated: params.addIndicator ? [...columns.keys()].filter((j) => columns[j]?.includes(null)) : [],
    };
  },
  names({ inputs, statistics, indicated }) {
    return [
      ...inputs.filter((_, j) => statistics[j] !== null),
      ...indicated.map((j) => `${inputs[j] as string}_missing`),
    ];
  },
  apply({ inputs, statistics, numeric, indicated }, frame) {
    const columns: (readonly [string, Column])[] = [];
    statistics.forEach((fill, j) => {
      if (numeric[j] && !hasNumbers(frame, j)) refuse(inputs[j] as string, frame, j);
      if (fill !== null) columns.push([inputs[j] as string, filled(frame, j, fill, numeric[j] as boolean)]);
    });
    for (const j of indicated) {
      const flags = Float64Array.from(cells(frame, j), (cell) => (cell === null ? 1 : 0));
      columns.push([`${inputs[j] as string}_missing`, flags]);
    }
    return joinColumns(columns, frame.rows);
  },
});

function filled(frame: Frame, j: number, fill: Category, numeric: boolean): Column {
  const column = cells(frame, j).map((cell) => cell ?? fill);
  return numeric ? Float64Array.from(column as number[]) : column;
}

function statistic(params: SimpleImputerParams, frame: Frame, column: readonly Category[], j: number): Category {
  const { strategy, fillValue, keepEmptyFeatures } = params;
  const known = column.filter((cell) => cell !== null);
  const numeric = hasNumbers(frame, j);
  if (known.length === 0 && !keepEmptyFeatures) return null;
  if (strategy === "constant") {
    if (numeric && fillValue !== null && typeof fillValue !== "number") {
      const message = `"fillValue": expected a number for column ${show(frame.names[j])}, got ${show(fillValue)}`;
      throw new VernierError("invalid-argument", message);
    }
    return fillValue ?? (numeric ? 0 : "missing");
  }
  if (known.length === 0) return 0;
  if (strategy === "mostFrequent") return mostFrequent(known);
  if (!numeric) refuse(frame.names[j] as string, frame, j);
  const values = Float64Array.from(known as number[]);
  if (strategy === "median") return quantile(values.sort(), 0.5) + 0;
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function mostFrequent(column: readonly Category[]): Category {
  const categories = categoriesOf(column);
  const times = new Int32Array(categories.length);
  for (const code of codesOf(column, categories)) times[code] = (times[code] as number) + 1;
  let best = 0;
  times.forEach((count, k) => {
    if (count > (times[best] as number)) best = k;
  });
  return categories[best] as Category;
}

function checkFillValue(value: unknown): SimpleImputerParams["fillValue"] {
  if (value === null || ["string", "boolean"].includes(typeof value) || Number.isFinite(value)) return value as string;
  throw new VernierError(
    "invalid-argument",
    `"fillValue": expected a string, a finite number, a boolean or null, got ${show(value)}`,
  );
}

function refuse(name: string, frame: Frame, j: number): never {
  const odd = cells(frame, j).find((cell) => cell !== null && typeof cell !== "number");
  throw new VernierError("invalid-data", `"X": expected numbers in column ${show(name)}, got ${show(odd)}`);
}
