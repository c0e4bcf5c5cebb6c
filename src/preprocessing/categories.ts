import { show, VernierError } from "../core/errors.ts";
import type { Cell } from "../core/table.ts";

/** A category: null is the missing one. */
export type Category = Exclude<Cell, undefined>;

/**
 * The different values of a column: numbers, then false, true, then strings by code unit, then the missing value
 * if there is one.
 */
export function categoriesOf(column: readonly Category[]): Category[] {
  return [...new Set(column)].sort(compare);
}

function compare(a: Category, b: Category): number {
  const rank = order(a) - order(b);
  if (rank !== 0) return rank;
  return (a as number) < (b as number) ? -1 : 1;
}

function order(category: Category): number {
  return category === null ? 3 : ["number", "boolean", "string"].indexOf(typeof category);
}

/** The number of each cell's category, -1 where it is none of them. */
export function codesOf(column: readonly Category[], categories: readonly Category[]): Int32Array {
  const numbers = new Map(categories.map((category, k) => [category, k]));
  return Int32Array.from(column, (cell) => numbers.get(cell) ?? -1);
}

/** Throws `invalid-data` naming the first cell that is none of the categories. */
export function refuseUnknown(column: readonly Category[], codes: Int32Array, name: string): void {
  const odd = codes.indexOf(-1);
  if (odd < 0) return;
  throw new VernierError(
    "invalid-data",
    `"X": expected the categories of the training data in column ${show(name)}, got ${show(column[odd])} in row ${odd}`,
  );
}
