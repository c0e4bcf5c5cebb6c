import { nth } from "../linalg/product";
import { ANOVA_MATERN, RADIAL_SQUARED } from "./covariance";
import { CATEGORY, firstColumn, isArc, typeOf } from "./columns";
import { distances } from "./distance";
import { AMPLITUDE, D, KERNEL, ORDER, ROW, rowOf, SLOPES, TABLE, W, X } from "./model";
import { profileAndSlope } from "./profile";

// Derivatives of weighted sums of covariances, S = sum_k g_k k(x, X_k).
// `slopes` leaves g_k dk/dt_j in the model's scratch, a row a parameter (one row for the radial kernels, whose
// derivatives by all t_j are the same); the other functions contract it.

/** In: g [count], followed by a 0 if count is odd. Adds dS / d log a to sums[0], dS / d log c to sums[1]. */
export function slopes(m: usize, x: usize, count: i32, g: usize, sums: usize): void {
  if (load<i32>(m, KERNEL) == ANOVA_MATERN) anovaSlopes(m, x, count, g, sums);
  else radialSlopes(m, x, count, g, sums);
}

function radialSlopes(m: usize, x: usize, count: i32, g: usize, sums: usize): void {
  const d = load<i32>(m, D);
  const a = f64x2.splat(load<f64>(m, AMPLITUDE));
  const squared = load<i32>(m, KERNEL) == RADIAL_SQUARED;
  const t = load<usize>(m, ROW);
  const slope = rowOf(m, SLOPES, 0);
  for (let j = 0; j < d; j++) distances(m, j, x, count, j > 0, t);
  let total = f64x2.splat(0);
  for (let k = 0; k < count; k += 2) {
    profileAndSlope(squared, v128.load(nth(t, k)), nth(t, k), nth(slope, k));
    const weight = f64x2.mul(a, v128.load(nth(g, k)));
    total = f64x2.add(total, f64x2.mul(weight, v128.load(nth(t, k))));
    v128.store(nth(slope, k), f64x2.mul(weight, v128.load(nth(slope, k))));
  }
  addLanes(sums, total);
}

function anovaSlopes(m: usize, x: usize, count: i32, g: usize, sums: usize): void {
  const d = load<i32>(m, D);
  const c = load<f64>(m, ORDER);
  const cv = f64x2.splat(c);
  const one = f64x2.splat(1);
  const scale = f64x2.splat(1.0 / (1.0 + c));
  const t = load<usize>(m, ROW);
  // g a prod_j (1 + c k_j) / (1 + c), and sum_j c k_j / (1 + c k_j) - c / (1 + c).
  const product = rowOf(m, SLOPES, d);
  const order = rowOf(m, SLOPES, d + 1);
  const a = f64x2.splat(load<f64>(m, AMPLITUDE));
  const base = f64x2.splat(-(<f64>d) * (c / (1.0 + c)));
  for (let k = 0; k < count; k += 2) {
    v128.store(nth(product, k), f64x2.mul(a, v128.load(nth(g, k))));
    v128.store(nth(order, k), base);
  }
  for (let j = 0; j < d; j++) {
    distances(m, j, x, count, false, t);
    const slope = rowOf(m, SLOPES, j);
    for (let k = 0; k < count; k += 2) {
      profileAndSlope(false, v128.load(nth(t, k)), nth(t, k), nth(slope, k));
      const part = f64x2.mul(cv, v128.load(nth(t, k)));
      const factor = f64x2.add(one, part);
      v128.store(nth(product, k), f64x2.mul(v128.load(nth(product, k)), f64x2.mul(factor, scale)));
      const share = f64x2.div(one, factor);
      v128.store(nth(order, k), f64x2.add(v128.load(nth(order, k)), f64x2.mul(part, share)));
      v128.store(nth(slope, k), f64x2.mul(f64x2.mul(cv, v128.load(nth(slope, k))), share));
    }
  }
  let total = f64x2.splat(0);
  let byOrder = f64x2.splat(0);
  for (let k = 0; k < count; k += 2) {
    const p = v128.load(nth(product, k));
    total = f64x2.add(total, p);
    byOrder = f64x2.add(byOrder, f64x2.mul(p, v128.load(nth(order, k))));
  }
  addLanes(sums, total);
  addLanes(sums + 8, byOrder);
  for (let j = 0; j < d; j++) {
    const slope = rowOf(m, SLOPES, j);
    for (let k = 0; k < count; k += 2) {
      v128.store(nth(slope, k), f64x2.mul(v128.load(nth(slope, k)), v128.load(nth(product, k))));
    }
  }
}

/** Where `slopes` leaves g_k dk/dt_j. */
export function slopeRow(m: usize, j: i32): usize {
  return rowOf(m, SLOPES, load<i32>(m, KERNEL) == ANOVA_MATERN ? j : 0);
}

/** out[j] += dS / d log lengthscale_j, after `slopes` of the same x and count. */
export function contractLengths(m: usize, x: usize, count: i32, out: usize): void {
  const d = load<i32>(m, D);
  const t = load<usize>(m, ROW);
  for (let j = 0; j < d; j++) {
    distances(m, j, x, count, false, t);
    const slope = slopeRow(m, j);
    let sum = f64x2.splat(0);
    for (let k = 0; k < count; k += 2) {
      sum = f64x2.add(sum, f64x2.mul(v128.load(nth(slope, k)), v128.load(nth(t, k))));
    }
    addLanes(nth(out, j), f64x2.mul(sum, f64x2.splat(-2)));
  }
}

/** out[e] = dS / dx_e, 0 for a category, after `slopes` of the same x and count. */
export function contractPoint(m: usize, x: usize, count: i32, out: usize): void {
  const d = load<i32>(m, D);
  const table = load<usize>(m, TABLE);
  for (let j = 0; j < d; j++) {
    const e = firstColumn(m, j);
    store<f64>(nth(out, e), 0);
    if (typeOf(table, j) == CATEGORY) continue;
    contractColumn(m, x, count, j, e, out);
    if (isArc(table, j)) contractColumn(m, x, count, j, e + 1, out);
  }
}

function contractColumn(m: usize, x: usize, count: i32, j: i32, e: i32, out: usize): void {
  const slope = slopeRow(m, j);
  const row = rowOf(m, X, e);
  const at = f64x2.splat(load<f64>(nth(x, e)));
  let sum = f64x2.splat(0);
  for (let k = 0; k < count; k += 2) {
    sum = f64x2.add(sum, f64x2.mul(v128.load(nth(slope, k)), f64x2.sub(at, v128.load(nth(row, k)))));
  }
  const total = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  store<f64>(nth(out, e), 2.0 * load<f64>(nth(load<usize>(m, W), j)) * total);
}

function addLanes(to: usize, sum: v128): void {
  store<f64>(to, load<f64>(to) + f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
}
