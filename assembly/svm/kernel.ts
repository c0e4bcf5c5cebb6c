import { expArray } from "../math/exp";
import { tanhx2 } from "./tanh";

// Kernel functions, computed from inner products s = x'z:
//   linear   s
//   rbf      exp(-gamma max(0, |x|^2 + |z|^2 - 2 s)), exactly 1 for a sample with itself
//   poly     (gamma s + coef0)^degree, by repeated squaring
//   sigmoid  tanh(gamma s + coef0)
// One kernel is set at a time. Scalars go through the vector code, so that a value has the same bits
// wherever it stands in a row.
//
// In training, values of the two bounded kernels are rounded to single precision. LIBSVM stores them so, and
// where the problem leaves the answer open (an rbf matrix that is the identity but for values like 1e-60, an
// indefinite sigmoid matrix with several optima) this decides which answer comes out: the same one as there.

const LINEAR: i32 = 0;
const RBF: i32 = 1;
const POLY: i32 = 2;
const SIGMOID: i32 = 3;

let kind: i32 = LINEAR;
let gamma: f64 = 0;
let coef0: f64 = 0;
let degree: i32 = 0;

/** Chooses the kernel of all later calls. */
export function kernelSet(newKind: i32, newGamma: f64, newCoef0: f64, newDegree: i32): void {
  kind = newKind;
  gamma = newGamma;
  coef0 = newCoef0;
  degree = newDegree;
}

// Inner products to kernel values, in place.
// In:   row [n], row_t = x'z_t; norm = x'x; norms [n], norms_t = z_t'z_t (read by rbf alone)
// Out:  row [n]
export function kernelRow(row: usize, n: i32, norm: f64, norms: usize): void {
  if (kind === LINEAR) return;
  if (kind === RBF) {
    exponents(row, n, norm, norms);
    expArray(row, n, row);
    return;
  }
  const even = row + ((<usize>(n & ~1)) << 3);
  for (; row < even; row += 16) v128.store(row, bend(v128.load(row)));
  if (n & 1) store<f64>(row, f64x2.extract_lane(bend(v128.load64_splat(row)), 0));
}

// As kernelRow, rounded for training.
export function kernelTrainingRow(row: usize, n: i32, norm: f64, norms: usize): void {
  kernelRow(row, n, norm, norms);
  if (kind !== RBF && kind !== SIGMOID) return;
  const even = row + ((<usize>(n & ~1)) << 3);
  for (; row < even; row += 16) {
    v128.store(row, f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(v128.load(row))));
  }
  if (n & 1) store<f64>(row, <f64>(<f32>load<f64>(row)));
}

/** k(x, x) from x'x, not rounded. */
export function kernelSelf(norm: f64): f64 {
  if (kind === LINEAR) return norm;
  if (kind === RBF) return norm < Infinity ? 1 : NaN;
  return f64x2.extract_lane(bend(f64x2.splat(norm)), 0);
}

// row_t = -gamma max(0, norm + norms_t - 2 row_t). Rounding can leave a tiny negative distance. A NaN
// (x'x overflows) stays one: pmax(a, b) is b where a < b, else a.
function exponents(row: usize, n: i32, norm: f64, norms: usize): void {
  const x = f64x2.splat(norm);
  const factor = f64x2.splat(-gamma);
  const zero = f64x2.splat(0);
  const even = row + ((<usize>(n & ~1)) << 3);
  for (; row < even; row += 16) {
    const s = v128.load(row);
    const squared = f64x2.sub(f64x2.add(x, v128.load(norms)), f64x2.add(s, s));
    v128.store(row, f64x2.mul(factor, f64x2.pmax(squared, zero)));
    norms += 16;
  }
  if (n & 1) {
    const s = load<f64>(row);
    store<f64>(row, -gamma * max(0, norm + load<f64>(norms) - (s + s)));
  }
}

// The kernels of x'z alone.
function bend(s: v128): v128 {
  const t = f64x2.add(f64x2.mul(f64x2.splat(gamma), s), f64x2.splat(coef0));
  return kind === POLY ? power(t) : tanhx2(t);
}

function power(base: v128): v128 {
  let result = f64x2.splat(1);
  for (let rest = degree; rest > 0; rest >>= 1) {
    if (rest & 1) result = f64x2.mul(result, base);
    base = f64x2.mul(base, base);
  }
  return result;
}
