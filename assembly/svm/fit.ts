import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { gramFill } from "./gram";
import { kernelSet } from "./kernel";
import { cacheOpen, cacheOpenFull } from "./row-cache";
import { iterations, rho, solve } from "./solver";
import { sourceFromMatrix, sourceFromSamples } from "./source";

// One-vs-one C-support vector classification: one binary problem per pair of classes a < b, in the order
// (0,1), (0,2), ..., (1,2), ...; class a counts as +1.
// In:   X [n, d] row-major, grouped by class: class c is rows starts[c] to starts[c + 1] - 1 (starts i32 [k + 1],
//       no class empty, k >= 2); C [n] > 0, each sample's bound; products [n, n], whose lower triangle holds the rows'
//       inner products and which is overwritten, or 0: the results are the same; kernel as in kernel.ts;
//       tolerance > 0; cacheBytes, what kernel values may take; maxIterations per pair
// Out:  coef [k - 1, n]: beta of a sample of class c in the pair with class e stands in row e (e < c) or e - 1;
//       intercepts f64 [pairs] = -rho; steps i32 [pairs]; met i32 [pairs], 1 where the tolerance is met.
//       Decision value of a pair: sum_t beta_t k(x_t, x) + intercept, positive for class a.
//       Returns 0, or 1 when a result is not finite (the kernel overflows).
// The whole kernel matrix is computed once for all pairs when it fits, else each pair has its own row cache.
export function svmFit(
  X: usize,
  n: i32,
  d: i32,
  starts: usize,
  k: i32,
  C: usize,
  products: usize,
  kind: i32,
  gamma: f64,
  coef0: f64,
  degree: i32,
  tolerance: f64,
  cacheBytes: usize,
  maxIterations: i32,
  shrinking: bool,
  coef: usize,
  intercepts: usize,
  steps: usize,
  met: usize,
): i32 {
  kernelSet(kind, gamma, coef0, degree);
  const mark = arenaMark();
  memory.fill(coef, 0, (<usize>(k - 1) * <usize>n) << 3);
  const longest = longestPair(starts, k);
  const matrixBytes = (<u64>n * <u64>n) << 3;
  const pairBytes = k === 2 ? 0 : (<u64>longest * <u64>longest) << 3;
  let K: usize = 0;
  let diagonal: usize = 0;
  if (matrixBytes + pairBytes <= <u64>cacheBytes) {
    K = products === 0 ? arenaAlloc(<usize>matrixBytes) : products;
    diagonal = arenaAlloc((<usize>n) << 3);
    gramFill(X, n, d, products !== 0, K, diagonal);
  }
  const order = arenaAlloc((<usize>longest) << 2);
  const signed = arenaAlloc((<usize>longest) << 3);
  const y = arenaAlloc((<usize>longest) << 3);
  const beta = arenaAlloc((<usize>longest) << 3);
  let status = 0;
  let pair: usize = 0;
  for (let a = 0; a < k; a++) {
    for (let b = a + 1; b < k; b++) {
      const inner = arenaMark();
      const la = size(starts, a);
      const l = la + size(starts, b);
      for (let t = 0; t < l; t++) {
        const row = t < la ? at(starts, a) + t : at(starts, b) + t - la;
        store<i32>(order + ((<usize>t) << 2), row);
        const c = load<f64>(C + ((<usize>row) << 3));
        store<f64>(signed + ((<usize>t) << 3), t < la ? c : -c);
        store<f64>(y + ((<usize>t) << 3), t < la ? 1 : -1);
      }
      if (K !== 0) {
        sourceFromMatrix(K, diagonal, n, order, la);
        if (k === 2) cacheOpenFull(l, K);
        else cacheOpen(l, cacheBytes);
      } else {
        sourceFromSamples(gather(X, d, order, l), d, order, l, arenaAlloc((<usize>l) << 3));
        cacheOpen(l, cacheBytes);
      }
      const converged = solve(l, signed, y, beta, tolerance, maxIterations, shrinking);
      store<f64>(intercepts + (pair << 3), 0 - rho);
      store<i32>(steps + (pair << 2), iterations);
      store<i32>(met + (pair << 2), converged ? 1 : 0);
      if (!isFinite(rho)) status = 1;
      for (let t = 0; t < l; t++) {
        const row = load<i32>(order + ((<usize>t) << 2));
        const line = row < at(starts, a + 1) && row >= at(starts, a) ? b - 1 : a;
        const value = load<f64>(beta + ((<usize>t) << 3));
        if (!isFinite(value)) status = 1;
        store<f64>(coef + ((<usize>line * <usize>n + <usize>row) << 3), value);
      }
      arenaRelease(inner);
      pair++;
    }
  }
  arenaRelease(mark);
  return status;
}

function gather(X: usize, d: i32, order: usize, l: i32): usize {
  const bytes = (<usize>d) << 3;
  const Z = arenaAlloc(<usize>l * bytes);
  for (let t: usize = 0; t < <usize>l; t++) {
    memory.copy(Z + t * bytes, X + <usize>load<i32>(order + (t << 2)) * bytes, bytes);
  }
  return Z;
}

function longestPair(starts: usize, k: i32): i32 {
  let first = 0;
  let second = 0;
  for (let c = 0; c < k; c++) {
    const count = size(starts, c);
    if (count > first) {
      second = first;
      first = count;
    } else if (count > second) second = count;
  }
  return first + second;
}

function size(starts: usize, c: i32): i32 {
  return at(starts, c + 1) - at(starts, c);
}

function at(starts: usize, c: i32): i32 {
  return load<i32>(starts + ((<usize>c) << 2));
}
