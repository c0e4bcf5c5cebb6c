import type { Matrix } from "./matrix.ts";
import { isTable, type Column, type Table } from "./table.ts";

type Numbers = Float64Array | Float32Array | Int32Array | Uint8Array;

/** A copy of the numbers in memory that threads share: posted to any number of workers, they stay one. */
export function shareNumbers<N extends Numbers>(numbers: N): N {
  const Kind = numbers.constructor as new (buffer: SharedArrayBuffer) => N;
  const shared = new Kind(new SharedArrayBuffer(numbers.byteLength));
  shared.set(numbers);
  return shared;
}

/** The same features, their numbers in shared memory; cells that are no numbers stay as they are. */
export function shareFeatures(X: Matrix | Table): Matrix | Table {
  if (!isTable(X)) return { ...X, data: shareNumbers(X.data) };
  return Object.fromEntries(
    Object.entries(X).map(([key, column]): [string, Column] => [
      key,
      ArrayBuffer.isView(column) ? shareNumbers(column as Numbers) : column,
    ]),
  );
}
