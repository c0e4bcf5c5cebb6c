import type { Matrix } from "../core/matrix.ts";
import { sameNumbers } from "../core/same-numbers.ts";

// What models work out from a training table alone (bins, neighbors, inner products), kept while the same table is
// fitted again and again, as a search does with its folds. All of it could be computed anew with the same bits, and
// is when the budget is spent. An entry lives no longer than the array of numbers it was worked out from.

/** Bytes kept at most, in this thread; when they are spent, everything is dropped. */
export const MOST_KEPT: number = 128 * 1024 * 1024;

interface Kept {
  readonly value: unknown;
  readonly bytes: number;
}

interface Entry {
  /** The numbers as they were, by which a table that was written to since is told. */
  readonly copy: Float64Array;
  readonly kept: Map<string, Kept>;
}

/** What is kept for one table. `what` names a value, and every setting that it depends on beside X. */
export interface TableMemo {
  get<T>(what: string): T | undefined;
  /** Keeps `value`, which must not be written to, in the place of what had this name. */
  set(what: string, value: unknown, bytes: number): void;
}

let entries = new WeakMap<Float64Array, Entry>();
let spent = 0;

/** The memo of X; null the first time that X is seen and not kept, when it is not yet known to come again. */
export function tableMemo(X: Matrix): TableMemo | null {
  const entry = entries.get(X.data);
  if (entry === undefined || !sameNumbers(entry.copy, X.data)) {
    if (makeRoom(X.data.byteLength)) entries.set(X.data, { copy: X.data.slice(), kept: new Map() });
    return null;
  }
  const { kept } = entry;
  return {
    get: <T>(what: string) => kept.get(what)?.value as T | undefined,
    set(what, value, bytes) {
      if (entries.get(X.data) !== entry) return;
      spent -= kept.get(what)?.bytes ?? 0;
      kept.delete(what);
      // Making room may have dropped the entry itself; what is set on it then dies with it.
      if (makeRoom(bytes)) kept.set(what, { value, bytes });
    },
  };
}

/**
 * What `compute` returns for X: computed the first time that X is seen and not kept, computed and kept the next
 * time, read from then on. `what` names it, and every setting that it depends on beside X. It must not be written
 * to; `bytesOf` says what it takes.
 */
export function remembered<T>(X: Matrix, what: string, bytesOf: (value: T) => number, compute: () => T): T {
  const memo = tableMemo(X);
  const known = memo?.get<T>(what);
  if (known !== undefined) return known;
  const value = compute();
  memo?.set(what, value, bytesOf(value));
  return value;
}

function makeRoom(bytes: number): boolean {
  if (bytes > MOST_KEPT) return false;
  if (spent + bytes > MOST_KEPT) {
    entries = new WeakMap();
    spent = 0;
  }
  spent += bytes;
  return true;
}
