import { profileAndSlope } from "../gp/profile";
import { choleskyInverse } from "../linalg/cholesky-inverse";
import { dot } from "../linalg/dot";
import { at, nth } from "../linalg/product";
import { log } from "../math/log";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { gprCondition } from "./condition";
import { evenStride, squaredDistances } from "./covariance";

// The log marginal likelihood of y, log p(y) = -1/2 y^T K^-1 y - 1/2 log |K| - n/2 log 2 pi, and its gradient,
//   1/2 tr((alpha alpha^T - K^-1) dK).
// In:   as gprCondition
// Out:  log p(y), NaN where K is not positive definite to working precision; gradient [d + 2] by the logarithms of the
//       length scales, a, and the noise
// Ref:  Rasmussen & Williams (2006), equations 2.30 and 5.9.  Golden: test/vectors/gp-sklearn.json

const HALF_LOG_TWO_PI: f64 = 0.9189385332046727;

export function gprLikelihood(U: usize, n: i32, d: i32, kind: i32, a: f64, noise: f64, y: usize, gradient: usize): f64 {
  const mark = arenaMark();
  const stride = evenStride(n);
  const bytes = (<usize>stride) << 3;
  const L = arenaAlloc(bytes * <usize>n);
  const alpha = arenaAlloc(bytes);
  memory.fill(gradient, 0, (<usize>(d + 2)) << 3);
  let value: f64 = NaN;
  if (gprCondition(U, n, d, kind, a, noise, y, L, alpha) === 0) {
    value = -0.5 * dot(y, alpha, n) - <f64>n * HALF_LOG_TWO_PI;
    for (let i = 0; i < n; i++) value -= log(load<f64>(at(L, stride, i, i)));
    const inverse = arenaAlloc(bytes * <usize>n);
    choleskyInverse(n, L, stride, inverse, stride);
    const t = arenaAlloc(bytes);
    const slope = arenaAlloc(bytes);
    let trace: f64 = 0;
    for (let i = 0; i < n; i++) {
      const row = at(inverse, stride, i, 0);
      const own = load<f64>(nth(alpha, i));
      trace += own * own - load<f64>(nth(row, i));
      // The row of alpha alpha^T - K^-1 below the diagonal, in place of K^-1.
      for (let k = 0; k < i; k++) {
        store<f64>(nth(row, k), own * load<f64>(nth(alpha, k)) - load<f64>(nth(row, k)));
      }
      if (i & 1) store<f64>(nth(row, i), 0);
      addRow(U, stride, d, kind, a, i, row, t, slope, gradient);
    }
    const byAmplitude = nth(gradient, d);
    store<f64>(byAmplitude, load<f64>(byAmplitude) + 0.5 * trace * a);
    store<f64>(nth(gradient, d + 1), 0.5 * trace * noise);
  }
  arenaRelease(mark);
  return value;
}

// Adds sum_(k < i) g_k dk(x_i, x_k), g [i] followed by 0 where i is odd, to the gradient by length scales and a.
function addRow(
  U: usize,
  stride: i32,
  d: i32,
  kind: i32,
  a: f64,
  i: i32,
  g: usize,
  t: usize,
  slope: usize,
  gradient: usize,
): void {
  const step = (<usize>stride) << 3;
  squaredDistances(U, stride, d, nth(U, i), step, i, t);
  let total = f64x2.splat(0);
  for (let k = 0; k < i; k += 2) {
    profileAndSlope(kind === 1, v128.load(nth(t, k)), nth(t, k), nth(slope, k));
    const weight = f64x2.mul(f64x2.splat(a), v128.load(nth(g, k)));
    total = f64x2.add(total, f64x2.mul(weight, v128.load(nth(t, k))));
    v128.store(nth(slope, k), f64x2.mul(weight, v128.load(nth(slope, k))));
  }
  addLanes(nth(gradient, d), total);
  // t_j falls with the square of its length scale: dt / d log l_j = -2 t_j.
  for (let j = 0; j < d; j++) {
    const own = v128.load64_splat(nth(U, i));
    let sum = f64x2.splat(0);
    for (let k = 0; k < i; k += 2) {
      const gap = f64x2.sub(own, v128.load(nth(U, k)));
      sum = f64x2.add(sum, f64x2.mul(v128.load(nth(slope, k)), f64x2.mul(gap, gap)));
    }
    addLanes(nth(gradient, j), f64x2.mul(sum, f64x2.splat(-2)));
    U += step;
  }
}

function addLanes(to: usize, sum: v128): void {
  store<f64>(to, load<f64>(to) + f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
}
