import { nth } from "../linalg/product";
import { CATEGORY, firstColumn, isArc, typeOf } from "./columns";
import { rowOf, TABLE, W, X } from "./model";

// Scaled squared distances of one parameter: t_k = w (x - X_k)^2 and its like for arcs and categories (columns.ts).
// In:   x [e] a point's columns; count points, of which an odd last one takes the next place of the arrays with it
// Out:  t [count], or t += where `add`

export function distances(m: usize, j: i32, x: usize, count: i32, add: bool, t: usize): void {
  const table = load<usize>(m, TABLE);
  const e = firstColumn(m, j);
  const w = f64x2.splat(load<f64>(nth(load<usize>(m, W), j)));
  const at = f64x2.splat(load<f64>(nth(x, e)));
  let row = rowOf(m, X, e);
  const end = t + ((<usize>(count + 1) >> 1) << 4);
  if (typeOf(table, j) == CATEGORY) {
    for (; t < end; t += 16) {
      const differs = v128.and(f64x2.ne(at, v128.load(row)), w);
      v128.store(t, add ? f64x2.add(v128.load(t), differs) : differs);
      row += 16;
    }
  } else if (!isArc(table, j)) {
    for (; t < end; t += 16) {
      const gap = f64x2.sub(at, v128.load(row));
      const square = f64x2.mul(w, f64x2.mul(gap, gap));
      v128.store(t, add ? f64x2.add(v128.load(t), square) : square);
      row += 16;
    }
  } else {
    const up = f64x2.splat(load<f64>(nth(x, e + 1)));
    let other = rowOf(m, X, e + 1);
    for (; t < end; t += 16) {
      const gap = f64x2.sub(at, v128.load(row));
      const rise = f64x2.sub(up, v128.load(other));
      const square = f64x2.mul(w, f64x2.add(f64x2.mul(gap, gap), f64x2.mul(rise, rise)));
      v128.store(t, add ? f64x2.add(v128.load(t), square) : square);
      row += 16;
      other += 16;
    }
  }
}
