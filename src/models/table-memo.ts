import type { Matrix } from "../core/matrix.ts";

// What models work out from a training table alone (bins, neighbors, inner products), kept while the same table is
// fitted again and again, as a search does with its folds. All of it could be computed anew with the same bits, and
// is when the budget is spent. An entry lives no longer than the array of numbers it was worked out from.

/** Bytes kept at most, in this thread; when they are spent, everything is dropped. */
const BUDGET = 128 * 1024 * 1024;

interface Entry {
  /** The numbers as they were, by which a table that was written to since is told. */
  readonly copy: Float64Array;
  readonly kept: Map<string, unknown>;
}

let entries = new WeakMap<Float64Array, Entry>();
let spent = 0;

/**
 * What `compute` returns for X: computed the first time that X is seen and not kept, computed and kept the next
 * time, read from then on. `what` names it, and every setting that it depends on beside X. It must not be written
 * to; `bytesOf` says what it takes.
 */
export function remembered<T>(X: Matrix, what: string, bytesOf: (value: T) => number, compute: () => T): T {
  const entry = entries.get(X.data);
  if (entry === undefined || !sameNumbers(entry.copy, X.data)) {
    if (makeRoom(X.data.byteLength)) entries.set(X.data, { copy: X.data.slice(), kept: new Map() });
    return compute();
  }
  if (entry.kept.has(what)) return entry.kept.get(what) as T;
  const value = compute();
  const bytes = bytesOf(value);
  // Making room may have dropped the entry itself; what is set on it then dies with it.
  if (makeRoom(bytes)) entry.kept.set(what, value);
  return value;
}

function makeRoom(bytes: number): boolean {
  if (bytes > BUDGET) return false;
  if (spent + bytes > BUDGET) {
    entries = new WeakMap();
    spent = 0;
  }
  spent += bytes;
  return true;
}

function sameNumbers(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && !(Number.isNaN(a[i]) && Number.isNaN(b[i]))) return false;
  return true;
}
