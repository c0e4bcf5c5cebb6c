import { gemmNN, gemmNT } from "../linalg/gemm";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { kernelRow, kernelSet } from "./kernel";

// One-vs-one decision values.
// In:   X [m, d]; V [s, d] support vectors grouped by class, starts i32 [k + 1]; coef [k - 1, s] and
//       intercepts [pairs] as `svmFit` leaves them; kernel as in kernel.ts
// Out:  values [m, pairs], pairs = k (k - 1) / 2, in svmFit's order; positive for the pair's first class
export function svmDecide(
  X: usize,
  m: i32,
  d: i32,
  V: usize,
  starts: usize,
  k: i32,
  coef: usize,
  intercepts: usize,
  kind: i32,
  gamma: f64,
  coef0: f64,
  degree: i32,
  values: usize,
): void {
  kernelSet(kind, gamma, coef0, degree);
  const mark = arenaMark();
  const s = at(starts, k);
  const pairs = (k * (k - 1)) >> 1;
  // Rows at a time: a block of kernel values of about 1 MiB stays in the cache.
  const height = min(m, max(16, min(256, 131072 / max(1, s))));
  const K = arenaAlloc((<usize>height * <usize>s) << 3);
  const sums = arenaAlloc((<usize>height * <usize>(k * (k - 1))) << 3);
  const norms = selfProducts(V, s, d);
  for (let row = 0; row < m; row += height) {
    const rows = min(height, m - row);
    const block = X + ((<usize>row * <usize>d) << 3);
    gemmNT(rows, s, d, block, d, V, d, K, s);
    for (let r: usize = 0; r < <usize>rows; r++) {
      const x = block + ((r * <usize>d) << 3);
      kernelRow(K + ((r * <usize>s) << 3), s, square(x, d), norms);
    }
    // sums [k, rows, k - 1]: the part of class c in its pair with each other class.
    for (let c = 0; c < k; c++) {
      const first = at(starts, c);
      const offset = (<usize>first) << 3;
      const part = sums + ((<usize>c * <usize>rows * <usize>(k - 1)) << 3);
      gemmNT(rows, k - 1, at(starts, c + 1) - first, K + offset, s, coef + offset, s, part, k - 1);
    }
    addPairs(sums, rows, k, intercepts, values + ((<usize>row * <usize>pairs) << 3));
  }
  arenaRelease(mark);
}

// Weight vectors of a linear machine: row p is sum_t beta_t v_t of pair p, so that its value is w'x + intercept.
// In:   as svmDecide
// Out:  weights [pairs, d]
export function svmWeights(V: usize, d: i32, starts: usize, k: i32, coef: usize, weights: usize): void {
  const mark = arenaMark();
  const s = at(starts, k);
  const sums = arenaAlloc((<usize>(k * (k - 1)) * <usize>d) << 3);
  for (let c = 0; c < k; c++) {
    const first = at(starts, c);
    const part = sums + ((<usize>(c * (k - 1)) * <usize>d) << 3);
    const count = at(starts, c + 1) - first;
    gemmNN(k - 1, d, count, coef + ((<usize>first) << 3), s, V + ((<usize>first * <usize>d) << 3), d, part, d);
  }
  for (let a = 0; a < k; a++) {
    for (let b = a + 1; b < k; b++) {
      let mine = sums + ((<usize>(a * (k - 1) + b - 1) * <usize>d) << 3);
      let other = sums + ((<usize>(b * (k - 1) + a) * <usize>d) << 3);
      for (let j = 0; j < d; j++) {
        store<f64>(weights, load<f64>(mine) + load<f64>(other));
        weights += 8;
        mine += 8;
        other += 8;
      }
    }
  }
  arenaRelease(mark);
}

// Decision values of a linear machine.
// In:   X [m, d], weights [pairs, d], intercepts [pairs]
// Out:  values [m, pairs]
export function svmDecideLinear(
  X: usize,
  m: i32,
  d: i32,
  weights: usize,
  intercepts: usize,
  pairs: i32,
  values: usize,
): void {
  gemmNT(m, pairs, d, X, d, weights, d, values, pairs);
  for (let r = 0; r < m; r++) {
    for (let p: usize = 0; p < <usize>pairs; p++) {
      store<f64>(values, load<f64>(values) + load<f64>(intercepts + (p << 3)));
      values += 8;
    }
  }
}

function addPairs(sums: usize, rows: i32, k: i32, intercepts: usize, values: usize): void {
  const others = k - 1;
  for (let r = 0; r < rows; r++) {
    let intercept = intercepts;
    for (let a = 0; a < k; a++) {
      for (let b = a + 1; b < k; b++) {
        const mine = load<f64>(sums + ((<usize>((a * rows + r) * others + b - 1)) << 3));
        const other = load<f64>(sums + ((<usize>((b * rows + r) * others + a)) << 3));
        store<f64>(values, mine + other + load<f64>(intercept));
        values += 8;
        intercept += 8;
      }
    }
  }
}

// x'x summed in gemm's order: a sample's distance to a support vector equal to it is then exactly 0.
function square(x: usize, d: i32): f64 {
  let sum: f64 = 0;
  for (const end = x + ((<usize>d) << 3); x < end; x += 8) sum += load<f64>(x) * load<f64>(x);
  return sum;
}

function selfProducts(V: usize, s: i32, d: i32): usize {
  const norms = arenaAlloc((<usize>s) << 3);
  for (let t: usize = 0; t < <usize>s; t++) {
    const v = V + ((t * <usize>d) << 3);
    store<f64>(norms + (t << 3), square(v, d));
  }
  return norms;
}

function at(starts: usize, c: i32): i32 {
  return load<i32>(starts + ((<usize>c) << 2));
}
