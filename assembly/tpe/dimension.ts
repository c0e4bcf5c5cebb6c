import { exp } from "../math/exp";
import { log, logx2 } from "../math/log";

// A parameter as TPE sees it: numbers become t in the unit interval, so that no range is too wide or too
// narrow; a value of a stepped parameter becomes a cell of it (its center and its width).
//
// A dimension is five f64: kind, low, high, step, count. The linear forms divide by high - low, which is finite.

export const DIMENSION_BYTES: usize = 40;

export const REAL: i32 = 0; // t = (x - low) / (high - low)
export const LOG_REAL: i32 = 1; // the same of the logarithms
export const GRID: i32 = 2; // x = low + k step, k < count; t = (k + 1/2) / count
export const LOG_INT: i32 = 3; // whole x; log t from low - 1/2 to high + 1/2
export const CATEGORY: i32 = 4; // x = 0 ... count - 1, kept as it is

export function kindOf(dimension: usize): i32 {
  return <i32>load<f64>(dimension);
}
export function countOf(dimension: usize): f64 {
  return load<f64>(dimension, 32);
}
function lowOf(dimension: usize): f64 {
  return load<f64>(dimension, 8);
}
function highOf(dimension: usize): f64 {
  return load<f64>(dimension, 16);
}
function stepOf(dimension: usize): f64 {
  return load<f64>(dimension, 24);
}

export function isStepped(dimension: usize): bool {
  const kind = kindOf(dimension);
  return kind == GRID || kind == LOG_INT;
}

/** The lower end and the length of the logarithms' range. */
function logLow(dimension: usize): f64 {
  return log(kindOf(dimension) == LOG_INT ? lowOf(dimension) - 0.5 : lowOf(dimension));
}
function logRange(dimension: usize): f64 {
  return log(kindOf(dimension) == LOG_INT ? highOf(dimension) + 0.5 : highOf(dimension)) - logLow(dimension);
}

/** Which cell of a GRID the value x lies in. */
function cellOf(dimension: usize, x: f64): f64 {
  return nearest((x - lowOf(dimension)) / stepOf(dimension));
}

/** t of every value x [n], a CATEGORY's values themselves; out [n] may be x. */
export function toUnit(dimension: usize, n: i32, x: usize, out: usize): void {
  const kind = kindOf(dimension);
  const logs = kind == LOG_REAL || kind == LOG_INT;
  const low = logs ? logLow(dimension) : lowOf(dimension);
  const range = logs ? logRange(dimension) : highOf(dimension) - low;
  const end = x + ((<usize>n) << 3);
  if (kind == CATEGORY) {
    memory.copy(out, x, end - x);
    return;
  }
  // Neighboring numbers may have the same logarithm.
  const known = kind == GRID || range > 0;
  for (; x < end; x += 16, out += 16) {
    const last = x + 8 == end;
    const value = last ? v128.load64_splat(x) : v128.load(x);
    let t = f64x2.splat(0.5);
    if (kind == GRID) {
      const cell = f64x2.nearest(f64x2.div(f64x2.sub(value, f64x2.splat(low)), f64x2.splat(stepOf(dimension))));
      t = f64x2.div(f64x2.add(cell, t), f64x2.splat(countOf(dimension)));
    } else if (known) t = f64x2.div(f64x2.sub(logs ? logx2(value) : value, f64x2.splat(low)), f64x2.splat(range));
    t = f64x2.min(f64x2.max(t, f64x2.splat(0.0)), f64x2.splat(1.0));
    if (last) store<f64>(out, f64x2.extract_lane(t, 0));
    else v128.store(out, t);
  }
}

/** The allowed value at t, for all kinds but CATEGORY. */
export function fromUnit(dimension: usize, t: f64): f64 {
  const kind = kindOf(dimension);
  const low = lowOf(dimension);
  const high = highOf(dimension);
  if (kind == GRID) {
    const count = countOf(dimension);
    return min(low + min(floor(t * count), count - 1.0) * stepOf(dimension), high);
  }
  if (kind == REAL) return min(max(low + t * (high - low), low), high);
  const value = exp(logLow(dimension) + t * logRange(dimension));
  return min(max(kind == LOG_INT ? nearest(value) : value, low), high);
}

/** The width in t of the cell of a stepped dimension's value x. */
export function cellWidth(dimension: usize, x: f64): f64 {
  if (kindOf(dimension) == GRID) return 1.0 / countOf(dimension);
  // Far from 0 the difference of the logarithms is 1 / x, and x - 1/2 can no longer be told from x.
  const width = x > 1e6 ? 1.0 / x : log(x + 0.5) - log(x - 0.5);
  return width / logRange(dimension);
}

/** The center in t of the cell of a stepped dimension's value x. */
export function cellCenter(dimension: usize, x: f64): f64 {
  if (kindOf(dimension) == GRID) return (cellOf(dimension, x) + 0.5) / countOf(dimension);
  return (0.5 * (log(x - 0.5) + log(x + 0.5)) - logLow(dimension)) / logRange(dimension);
}
