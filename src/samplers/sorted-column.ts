/** Numbers by row, NaN where a row has none, and the rows in ascending order of their numbers. */
export interface SortedColumn {
  readonly length: number;
  at(row: number): number;
  push(value: number): void;
  /** The rows that have a number, ascending by it, equal ones by row. Valid until the next push. */
  ascending(): Int32Array;
  /** The numbers; valid until the next push. */
  values(): Float64Array;
}

/** An empty column. Rows pushed since the last `ascending` are sorted together and merged in. */
export function sortedColumn(): SortedColumn {
  let values = new Float64Array(64);
  let order = new Int32Array(64);
  let length = 0;
  let sortedRows = 0;
  let sorted = 0;
  return {
    get length() {
      return length;
    },
    at: (row) => values[row] as number,
    push(value) {
      if (length === values.length) {
        const grown = new Float64Array(2 * length);
        grown.set(values);
        values = grown;
      }
      values[length++] = value;
    },
    ascending() {
      if (sortedRows < length) {
        const added: number[] = [];
        for (let row = sortedRows; row < length; row++) if (!Number.isNaN(values[row])) added.push(row);
        added.sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
        if (order.length < values.length) {
          const grown = new Int32Array(values.length);
          grown.set(order.subarray(0, sorted));
          order = grown;
        }
        mergeIn(order, sorted, added, values);
        sorted += added.length;
        sortedRows = length;
      }
      return order.subarray(0, sorted);
    },
    values: () => values.subarray(0, length),
  };
}

/** Merges later rows, sorted, into the first `count` of `order`, from the largest down. */
function mergeIn(order: Int32Array, count: number, added: readonly number[], values: Float64Array): void {
  let end = count;
  for (let i = added.length - 1; i >= 0; i--) {
    const row = added[i] as number;
    const value = values[row] as number;
    let low = 0;
    let high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((values[order[middle] as number] as number) <= value) low = middle + 1;
      else high = middle;
    }
    order.copyWithin(low + i + 1, low, end);
    order[low + i] = row;
    end = low;
  }
}
