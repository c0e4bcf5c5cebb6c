/** The column of the largest of each row's numbers, the first of those that tie; `data` is [rows, data.length / rows]. */
export function largestOfRows(data: Float64Array, rows: number): Int32Array {
  const cols = data.length / rows;
  return Int32Array.from({ length: rows }, (_, i) => {
    let best = 0;
    for (let k = 1; k < cols; k++) {
      if ((data[i * cols + k] as number) > (data[i * cols + best] as number)) best = k;
    }
    return best;
  });
}
