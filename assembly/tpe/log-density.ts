import { log } from "../math/log";
import { logCellMass } from "./cell-mass";
import { CATEGORY, cellCenter, cellWidth, countOf, DIMENSION_BYTES, isStepped, kindOf, toUnit } from "./dimension";
import { sumRows } from "./density-sum";
import { logHit, logMiss, musAt, orderAt, sigmasAt } from "./mixture";
import { addNormals } from "./normal-terms";
import { spreadBases, spreadLive } from "./live-kernels";

// Log densities of candidates under a mixture (mixture.ts), with respect to the unit coordinates of the
// continuous dimensions and to the cells of the stepped ones.
//   L[k, c] = base[k] + sum_j (log of kernel k's j-th factor at candidate c, not normalized), j ascending
//   out[c] = log sum_k exp L[k, c]
// A row holds one kernel and all candidates side by side, so that candidates fill the vector lanes; places left
// over, up to a multiple of eight, repeat the first candidate. Where there are cells to be integrated or several
// dimensions, L is -Infinity at once where a bound (live-kernels.ts) shows that its exp would not count.

/** Bytes of scratch for `logDensities`. */
export function logDensityBytes(n: i32, d: i32, candidates: i32): usize {
  const stride = paddedCount(candidates);
  return 8 * stride * (<usize>n + 1 + 4 * <usize>d + 2) + 32 * <usize>d + 8 * (<usize>n + 1);
}

function paddedCount(count: i32): usize {
  return <usize>((count + 7) & ~7);
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
  const row = paddedCount(candidates) << 3;
  const L = scratch;
  const units = L + row * (<usize>n + 1);
  // Of stepped dimensions: centers (as units), widths, logarithms of widths.
  const widths = units + row * <usize>d;
  const logWidths = widths + row * <usize>d;
  const work = logWidths + row * <usize>d;
  const table = work + row * (<usize>d + 2);
  const live = table + 32 * <usize>d;
  let stepped = false;
  for (let j = 0; j < d; j++) {
    const dimension = dimensions + <usize>j * DIMENSION_BYTES;
    const values = x + ((<usize>j * <usize>candidates) << 3);
    const at = row * <usize>j;
    if (isStepped(dimension)) {
      stepped = true;
      placeCells(dimension, candidates, values, row, units + at, widths + at, logWidths + at);
      continue;
    }
    toUnit(dimension, candidates, values, units + at);
    for (let c = (<usize>candidates) << 3; c < row; c += 8) store<f64>(units + at + c, load<f64>(units + at));
  }
  if (stepped || d > 1) spreadLive(d, dimensions, n, mixture, row, units, widths, logWidths, L, live, work);
  else spreadBases(d, dimensions, n, mixture, row, L, live);
  for (let j = 0; j < d; ) {
    const dimension = dimensions + <usize>j * DIMENSION_BYTES;
    const mu = musAt(mixture, n, j);
    const at = row * <usize>j;
    let end = j + 1;
    if (kindOf(dimension) == CATEGORY) {
      const count = countOf(dimension);
      addCategories(n, mu, logHit(n, priorWeight, count), logMiss(n, priorWeight, count), units + at, row, live, L);
    } else if (isStepped(dimension)) {
      const sigma = sigmasAt(mixture, n, d, j);
      const order = orderAt(mixture, n, d, j);
      addCells(n, mu, sigma, order, row, units + at, widths + at, logWidths + at, live, L, work);
    } else {
      while (end < d && isReal(dimensions + <usize>end * DIMENSION_BYTES)) end++;
      addNormals(j, end, d, n, mixture, units, row, live, L, table);
    }
    j = end;
  }
  sumRows(n, candidates, row, live, L, out);
}

function isReal(dimension: usize): bool {
  return kindOf(dimension) != CATEGORY && !isStepped(dimension);
}

/** L[k, c] += hit where the candidate has the kernel's category, else miss; the prior's base has its share. */
function addCategories(n: i32, mu: usize, hit: f64, miss: f64, unit: usize, row: usize, live: usize, L: usize): void {
  const hits = f64x2.splat(hit);
  const misses = f64x2.splat(miss);
  for (let k: usize = 0; k < <usize>n; k++, L += row) {
    if (!load<u8>(live + k)) continue;
    const category = v128.load64_splat(mu + (k << 3));
    for (let c: usize = 0; c < row; c += 16) {
      const term = v128.bitselect(hits, misses, f64x2.eq(v128.load(unit + c), category));
      v128.store(L + c, f64x2.add(v128.load(L + c), term));
    }
  }
}

/** Centers, widths and logarithms of widths of the candidates' cells. */
function placeCells(
  dimension: usize,
  candidates: i32,
  values: usize,
  row: usize,
  centers: usize,
  widths: usize,
  logWidths: usize,
): void {
  for (let c: usize = 0; c < row; c += 8) {
    const value = load<f64>(values + (c < (<usize>candidates) << 3 ? c : 0));
    const width = cellWidth(dimension, value);
    store<f64>(centers + c, cellCenter(dimension, value));
    store<f64>(widths + c, width);
    store<f64>(logWidths + c, log(width));
  }
}

/**
 * L[k, c] += log of the mass that kernel k has in candidate c's cell, where L is not -Infinity. In the order of
 * mu, kernels of the same value and bandwidth follow each other and share their masses. Work: 2 rows.
 */
function addCells(
  n: i32,
  mu: usize,
  sigma: usize,
  order: usize,
  row: usize,
  centers: usize,
  widths: usize,
  logWidths: usize,
  live: usize,
  L: usize,
  work: usize,
): void {
  // For each candidate the first one of the same cell, whose mass serves both.
  const firsts = work + row;
  for (let c: usize = 0; c < row; c += 8) {
    let first: usize = 0;
    while (load<f64>(centers + first) != load<f64>(centers + c)) first += 8;
    store<usize>(firsts + c, first);
  }
  let lastMu = -1.0;
  let lastSigma = -1.0;
  let logSigma = 0.0;
  for (let i = 0; i <= n; i++) {
    const k = i < n ? <usize>load<i32>(order + ((<usize>i) << 2)) : <usize>n;
    if (!load<u8>(live + k)) continue;
    const m = load<f64>(mu + (k << 3));
    const s = load<f64>(sigma + (k << 3));
    if (m != lastMu || s != lastSigma) {
      for (let c: usize = 0; c < row; c += 16) v128.store(work + c, f64x2.splat(NaN));
      if (s != lastSigma) logSigma = log(s);
    }
    lastMu = m;
    lastSigma = s;
    const Lk = L + k * row;
    for (let c: usize = 0; c < row; c += 8) {
      const known = load<f64>(Lk + c);
      if (known == -Infinity) continue;
      const first = load<usize>(firsts + c);
      let mass = load<f64>(work + first);
      if (mass != mass) {
        mass = logCellMass(
          (load<f64>(centers + first) - m) / s,
          load<f64>(widths + first) / s,
          load<f64>(logWidths + first) - logSigma,
        );
        store<f64>(work + first, mass);
      }
      store<f64>(Lk + c, known + mass);
    }
  }
}
