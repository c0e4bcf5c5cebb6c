import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { gramFill } from "./gram";
import { kernelSet } from "./kernel";
import { cacheOpen } from "./row-cache";
import { iterations, rho, solve } from "./solver";
import { sourceFromMatrix, sourceFromSamples } from "./source";

// Epsilon-support vector regression: the value at x is sum_i beta_i k(x_i, x) + intercept, where |beta_i| <= C_i and
// errors below epsilon are free.
// In:   X [n, d] row-major; y [n]; C [n] > 0, each sample's bound; epsilon >= 0; products, kernel, tolerance,
//       cacheBytes, maxIterations, shrinking as in fit.ts
// Out:  beta [n]; out [3] = intercept, steps, 1 where the tolerance is met
//       Returns 0, or 1 when a result is not finite (the kernel overflows).
// Variable t < n of the solver is the part of beta_t that is >= 0, n + t the part that is <= 0: both have sample t's
// kernel row, and their targets are y_t - epsilon and y_t + epsilon.
// Ref:  Chang & Lin (2011), LIBSVM, sections 2.4 and 4.  Golden: test/vectors/regression.json
export function svmRegress(
  X: usize,
  n: i32,
  d: i32,
  y: usize,
  C: usize,
  epsilon: f64,
  products: usize,
  kind: i32,
  gamma: f64,
  coef0: f64,
  degree: i32,
  tolerance: f64,
  cacheBytes: usize,
  maxIterations: i32,
  shrinking: bool,
  beta: usize,
  out: usize,
): i32 {
  kernelSet(kind, gamma, coef0, degree);
  const mark = arenaMark();
  const l = 2 * n;
  const half = (<usize>n) << 3;
  const order = arenaAlloc((<usize>l) << 2);
  const signed = arenaAlloc(half << 1);
  const target = arenaAlloc(half << 1);
  const both = arenaAlloc(half << 1);
  for (let t: usize = 0; t < <usize>n; t++) {
    const at = t << 3;
    store<i32>(order + (t << 2), <i32>t);
    store<i32>(order + (half >> 1) + (t << 2), <i32>t);
    store<f64>(signed + at, load<f64>(C + at));
    store<f64>(signed + half + at, -load<f64>(C + at));
    store<f64>(target + at, load<f64>(y + at) - epsilon);
    store<f64>(target + half + at, load<f64>(y + at) + epsilon);
  }
  const matrixBytes = (<u64>n * <u64>n) << 3;
  let room = cacheBytes;
  // The solver's rows are twice as long as the matrix's: there must be room for a good part of them as well.
  if (matrixBytes * 3 <= <u64>cacheBytes) {
    const K = products === 0 ? arenaAlloc(<usize>matrixBytes) : products;
    const diagonal = arenaAlloc(half);
    gramFill(X, n, d, products !== 0, K, diagonal);
    sourceFromMatrix(K, diagonal, n, order, n);
    room -= <usize>matrixBytes;
  } else {
    const bytes = half * <usize>d;
    const Z = arenaAlloc(bytes << 1);
    memory.copy(Z, X, bytes);
    memory.copy(Z + bytes, X, bytes);
    sourceFromSamples(Z, d, order, l, arenaAlloc(half << 1));
  }
  cacheOpen(l, room);
  const met = solve(l, signed, target, both, tolerance, maxIterations, shrinking);
  memory.fill(beta, 0, half);
  let status = isFinite(rho) ? 0 : 1;
  for (let t: usize = 0; t < <usize>l; t++) {
    const at = beta + ((<usize>load<i32>(order + (t << 2))) << 3);
    const value = load<f64>(both + (t << 3));
    if (!isFinite(value)) status = 1;
    store<f64>(at, load<f64>(at) + value);
  }
  store<f64>(out, 0 - rho);
  store<f64>(out, <f64>iterations, 8);
  store<f64>(out, met ? 1 : 0, 16);
  arenaRelease(mark);
  return status;
}
