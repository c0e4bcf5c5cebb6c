import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { gemmNT } from "../linalg/gemm";
import { kernelTrainingRow, kernelSelf } from "./kernel";

// Rows per step: a step's strip is worked on (products, kernel, transposed copy) while it is in the cache.
const STRIP: i32 = 96;

// The whole kernel matrix of a sample.
// In:   X [n, d] row-major; known: whether K's lower triangle holds the rows' inner products already
// Out:  K [n, n] symmetric, K_ij = k(x_i, x_j) as kernelTrainingRow rounds it; diagonal [n], k(x_i, x_i) unrounded
export function gramFill(X: usize, n: i32, d: i32, known: bool, K: usize, diagonal: usize): void {
  const mark = arenaMark();
  const norms = arenaAlloc((<usize>n) << 3);
  for (let first = 0; first < n; first += STRIP) {
    const end = min(n, first + STRIP);
    if (!known) gemmNT(end - first, end, d, at(X, d, first, 0), d, X, d, at(K, n, first, 0), n);
    for (let i = first; i < end; i++) store<f64>(norms + ((<usize>i) << 3), load<f64>(at(K, n, i, i)));
    for (let i = first; i < end; i++) {
      const norm = load<f64>(norms + ((<usize>i) << 3));
      kernelTrainingRow(at(K, n, i, 0), i + 1, norm, norms);
      store<f64>(diagonal + ((<usize>i) << 3), kernelSelf(norm));
    }
    mirror(K, n, first, end);
  }
  arenaRelease(mark);
}

// The inner products of a sample, which are the same for every kernel.
// In:   X [n, d] row-major
// Out:  products [n (n + 1) / 2]: x_i'x_j for j <= i, row after row
export function svmProducts(X: usize, n: i32, d: i32, products: usize): void {
  const mark = arenaMark();
  const strip = arenaAlloc((<usize>min(n, STRIP) * <usize>n) << 3);
  for (let first = 0; first < n; first += STRIP) {
    const end = min(n, first + STRIP);
    gemmNT(end - first, end, d, at(X, d, first, 0), d, X, d, strip, end);
    for (let i = first; i < end; i++) {
      memory.copy(packed(products, i), at(strip, end, i - first, 0), (<usize>(i + 1)) << 3);
    }
  }
  arenaRelease(mark);
}

function packed(products: usize, i: i32): usize {
  return products + (((<usize>i * <usize>(i + 1)) >> 1) << 3);
}

// K_ji = K_ij for first <= i < end, j < i, by squares of two by two; eight columns at a time, so that whole
// cache lines are read.
function mirror(K: usize, n: i32, first: i32, end: i32): void {
  const stride = (<usize>n) << 3;
  for (let j0 = 0; j0 < end; j0 += 8) {
    let i = max(first, j0 + 8);
    for (; i + 1 < end; i += 2) {
      let from = at(K, n, i, j0);
      let to = at(K, n, j0, i);
      for (let j = 0; j < 4; j++) {
        const upper = v128.load(from);
        const lower = v128.load(from + stride);
        v128.store(to, v128.shuffle<f64>(upper, lower, 0, 2));
        v128.store(to + stride, v128.shuffle<f64>(upper, lower, 1, 3));
        from += 16;
        to += stride << 1;
      }
    }
    if (i < end) copyBack(K, n, i, j0, j0 + 8);
    // The rows that the eight columns' own diagonal crosses.
    for (let row = max(first, j0 + 1); row < min(end, j0 + 8); row++) copyBack(K, n, row, j0, row);
  }
}

// K_ji = K_ij for from <= j < to.
function copyBack(K: usize, n: i32, i: i32, from: i32, to: i32): void {
  for (let j = from; j < to; j++) store<f64>(at(K, n, j, i), load<f64>(at(K, n, i, j)));
}

function at(M: usize, stride: i32, i: i32, j: i32): usize {
  return M + ((<usize>stride * <usize>i + <usize>j) << 3);
}
