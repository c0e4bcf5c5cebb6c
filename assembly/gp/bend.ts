import { exp } from "../math/exp";
import { expm1 } from "../math/expm1";
import { nth } from "../linalg/product";
import { firstColumn, isBent, shapeA, shapeB } from "./columns";
import { logRest, logV } from "./kumaraswamy";
import { BENDS, D, N, RAW, rowOf, SHAPES, W, X } from "./model";
import { slopeRow } from "./slopes";

// The warp of a model's inputs (kumaraswamy.ts), whose shapes a, b of each parameter are fitted with the other
// hyperparameters: columns, and derivatives of the likelihood by log a and log b.

/** Sets the shapes to exp(logs [2, d]: of a, of b), and the points' columns with their derivatives by the logarithms. */
export function bendColumns(m: usize, logs: usize): void {
  const d = load<i32>(m, D);
  const n = load<i32>(m, N);
  for (let j = 0; j < 2 * d; j++) store<f64>(nth(load<usize>(m, SHAPES), j), exp(load<f64>(nth(logs, j))));
  for (let j = 0; j < d; j++) {
    if (!isBent(m, j)) continue;
    const a = shapeA(m, j);
    const b = shapeB(m, j);
    const raw = rowOf(m, RAW, j);
    const column = rowOf(m, X, firstColumn(m, j));
    const byA = rowOf(m, BENDS, j);
    const byB = rowOf(m, BENDS, d + j);
    for (let i = 0; i < n; i++) {
      const t = a * logV(load<f64>(nth(raw, i)));
      const r = logRest(t);
      store<f64>(nth(column, i), -expm1(b * r));
      // (1 - v^a)^(b - 1) v^a b log v^a, and -(1 - v^a)^b log (1 - v^a)^b
      store<f64>(nth(byA, i), b * t * exp(t + (b - 1.0) * r));
      store<f64>(nth(byB, i), -b * r * exp(b * r));
    }
  }
}

/** out [2, d] += dS / d log a, d log b of the pairs of point i and the `i` points before it, after `slopes` of them. */
export function contractBends(m: usize, i: i32, out: usize): void {
  const d = load<i32>(m, D);
  for (let j = 0; j < d; j++) {
    if (!isBent(m, j)) continue;
    const column = rowOf(m, X, firstColumn(m, j));
    const slope = slopeRow(m, j);
    const weight = 2.0 * load<f64>(nth(load<usize>(m, W), j));
    for (let shape = 0; shape < 2; shape++) {
      const bends = rowOf(m, BENDS, shape * d + j);
      const at = f64x2.splat(load<f64>(nth(column, i)));
      const by = f64x2.splat(load<f64>(nth(bends, i)));
      let sum = f64x2.splat(0);
      for (let k = 0; k < i; k += 2) {
        const gap = f64x2.mul(f64x2.sub(at, v128.load(nth(column, k))), f64x2.sub(by, v128.load(nth(bends, k))));
        sum = f64x2.add(sum, f64x2.mul(v128.load(nth(slope, k)), gap));
      }
      const total = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
      const to = nth(out, shape * d + j);
      store<f64>(to, load<f64>(to) + weight * total);
    }
  }
}
