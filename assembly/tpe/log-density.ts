import { expx2 } from "../math/exp";
import { log } from "../math/log";
import { logCellMass } from "./cell-mass";
import { CATEGORY, cellCenter, cellWidth, countOf, DIMENSION_BYTES, isStepped, kindOf, toUnit } from "./dimension";
import { basesAt, logHit, logMiss, musAt, orderAt, sigmasAt } from "./mixture";

// Log densities of candidates under a mixture (mixture.ts), with respect to the unit coordinates of the
// continuous dimensions and to the cells of the stepped ones.
//   L[k, c] = base[k] + sum_j (log of kernel k's j-th factor at candidate c, not normalized)
//   out[c] = log sum_k exp L[k, c]
// A row holds one kernel and all candidates side by side, so that candidates fill the vector lanes.

/** Bytes of scratch for `logDensities`. */
export function logDensityBytes(n: i32, d: i32, candidates: i32): usize {
  const stride = evenUp(candidates);
  return 8 * stride * (<usize>n + 1 + <usize>d + 4);
}

function evenUp(count: i32): usize {
  return <usize>((count + 1) & ~1);
}

/** out [candidates] = the log densities of the candidates x [d, candidates] (allowed values, a row a dimension). */
export function logDensities(
  d: i32,
  dimensions: usize,
  n: i32,
  mixture: usize,
  priorWeight: f64,
  candidates: i32,
  x: usize,
  out: usize,
  scratch: usize,
): void {
  const row = evenUp(candidates) << 3;
  const L = scratch;
  const units = L + row * (<usize>n + 1);
  const work = units + row * <usize>d;
  for (let j = 0; j < d; j++) {
    const unit = units + row * <usize>j;
    toUnit(dimensions + <usize>j * DIMENSION_BYTES, candidates, x + ((<usize>j * <usize>candidates) << 3), unit);
    // The lane left over when the number is odd repeats the first candidate.
    if (candidates & 1) store<f64>(unit + ((<usize>candidates) << 3), load<f64>(unit));
  }
  spreadBases(n, mixture, row, L);
  for (let j = 0; j < d; j++) {
    const dimension = dimensions + <usize>j * DIMENSION_BYTES;
    const mu = musAt(mixture, n, j);
    const sigma = sigmasAt(mixture, n, d, j);
    const unit = units + row * <usize>j;
    if (kindOf(dimension) == CATEGORY) {
      const count = countOf(dimension);
      addCategories(n, mu, logHit(n, priorWeight, count), logMiss(n, priorWeight, count), unit, row, L);
    } else if (isStepped(dimension)) {
      const values = x + ((<usize>j * <usize>candidates) << 3);
      addCells(dimension, n, mu, sigma, orderAt(mixture, n, d, j), candidates, values, row, L, work);
    } else {
      addNormals(n, mu, sigma, unit, row, L);
    }
  }
  sumRows(n, candidates, row, L, out);
}

function spreadBases(n: i32, mixture: usize, row: usize, L: usize): void {
  const bases = basesAt(mixture, n);
  for (let k: usize = 0; k <= <usize>n; k++, L += row) {
    const base = v128.load64_splat(bases + (k << 3));
    for (let c: usize = 0; c < row; c += 16) v128.store(L + c, base);
  }
}

/** L[k, c] -= (unit[c] - mu[k])^2 / (2 sigma[k]^2). */
function addNormals(n: i32, mu: usize, sigma: usize, unit: usize, row: usize, L: usize): void {
  for (let k: usize = 0; k <= <usize>n; k++, L += row) {
    const center = v128.load64_splat(mu + (k << 3));
    const s = load<f64>(sigma + (k << 3));
    const factor = f64x2.splat(-0.5 / (s * s));
    for (let c: usize = 0; c < row; c += 16) {
      const gap = f64x2.sub(v128.load(unit + c), center);
      v128.store(L + c, f64x2.add(v128.load(L + c), f64x2.mul(f64x2.mul(gap, gap), factor)));
    }
  }
}

/** L[k, c] += hit where the candidate has the kernel's category, else miss; the prior's base has its share. */
function addCategories(n: i32, mu: usize, hit: f64, miss: f64, unit: usize, row: usize, L: usize): void {
  const hits = f64x2.splat(hit);
  const misses = f64x2.splat(miss);
  for (let k: usize = 0; k < <usize>n; k++, L += row) {
    const category = v128.load64_splat(mu + (k << 3));
    for (let c: usize = 0; c < row; c += 16) {
      const term = v128.bitselect(hits, misses, f64x2.eq(v128.load(unit + c), category));
      v128.store(L + c, f64x2.add(v128.load(L + c), term));
    }
  }
}

/**
 * L[k, c] += log of the mass that kernel k has in candidate c's cell. In the order of mu, kernels of the same
 * value and bandwidth follow each other and share their masses. Work: 4 rows.
 */
function addCells(
  dimension: usize,
  n: i32,
  mu: usize,
  sigma: usize,
  order: usize,
  candidates: i32,
  values: usize,
  row: usize,
  L: usize,
  work: usize,
): void {
  const centers = work + row;
  const widths = centers + row;
  const logWidths = widths + row;
  for (let c: usize = 0; c < row; c += 8) {
    const value = load<f64>(values + (c < (<usize>candidates) << 3 ? c : 0));
    store<f64>(centers + c, cellCenter(dimension, value));
    const width = cellWidth(dimension, value);
    store<f64>(widths + c, width);
    store<f64>(logWidths + c, log(width));
  }
  let lastMu = -1.0;
  let lastSigma = -1.0;
  for (let i = 0; i <= n; i++) {
    const k = i < n ? <usize>load<i32>(order + ((<usize>i) << 2)) : <usize>n;
    const m = load<f64>(mu + (k << 3));
    const s = load<f64>(sigma + (k << 3));
    if (m != lastMu || s != lastSigma) cellMasses(m, s, centers, row, work);
    lastMu = m;
    lastSigma = s;
    const Lk = L + k * row;
    for (let c: usize = 0; c < row; c += 16) v128.store(Lk + c, f64x2.add(v128.load(Lk + c), v128.load(work + c)));
  }
}

/** The log masses of the cells under one kernel; of centers, widths and logarithms of widths, a row each. */
function cellMasses(mu: f64, sigma: f64, cells: usize, row: usize, masses: usize): void {
  const logSigma = log(sigma);
  for (let c: usize = 0; c < row; c += 8) {
    const center = load<f64>(cells + c);
    let earlier: usize = 0;
    while (load<f64>(cells + earlier) != center) earlier += 8;
    let mass: f64;
    if (earlier < c) mass = load<f64>(masses + earlier);
    else {
      const width = load<f64>(cells + row + c);
      const logWidth = load<f64>(cells + 2 * row + c);
      mass = logCellMass((center - mu) / sigma, width / sigma, logWidth - logSigma);
    }
    store<f64>(masses + c, mass);
  }
}

/** out[c] = log sum_k exp L[k, c]; -Infinity when every term is. */
function sumRows(n: i32, candidates: i32, row: usize, L: usize, out: usize): void {
  for (let c: usize = 0; c < row; c += 16) {
    let largest = v128.load(L + c);
    for (let k: usize = 1; k <= <usize>n; k++) largest = f64x2.max(largest, v128.load(L + k * row + c));
    // Infinity minus infinity is not wanted below.
    const finite = f64x2.gt(largest, f64x2.splat(-Infinity));
    largest = v128.and(largest, finite);
    let sum = f64x2.splat(0.0);
    for (let k: usize = 0; k <= <usize>n; k++) {
      sum = f64x2.add(sum, expx2(f64x2.sub(v128.load(L + k * row + c), largest)));
    }
    store<f64>(out + c, log(f64x2.extract_lane(sum, 0)) + f64x2.extract_lane(largest, 0));
    if (c + 8 < (<usize>candidates) << 3) {
      store<f64>(out + c, log(f64x2.extract_lane(sum, 1)) + f64x2.extract_lane(largest, 1), 8);
    }
  }
}
