import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { gemmNT } from "../linalg/gemm";
import { kernelTrainingRow, kernelValue } from "./kernel";

// Rows per step: a step's strip is worked on (products, kernel, transposed copy) while it is in the cache.
const STRIP: i32 = 96;

// The whole kernel matrix of a sample.
// In:   X [n, d] row-major
// Out:  K [n, n] symmetric, K_ij = k(x_i, x_j) as kernelTrainingRow rounds it; diagonal [n], k(x_i, x_i) unrounded
export function gramFill(X: usize, n: i32, d: i32, K: usize, diagonal: usize): void {
  const mark = arenaMark();
  const norms = arenaAlloc((<usize>n) << 3);
  for (let first = 0; first < n; first += STRIP) {
    const end = min(n, first + STRIP);
    const strip = at(K, n, first, 0);
    gemmNT(end - first, end, d, at(X, d, first, 0), d, X, d, strip, n);
    for (let i = first; i < end; i++) store<f64>(norms + ((<usize>i) << 3), load<f64>(at(K, n, i, i)));
    for (let i = first; i < end; i++) {
      const norm = load<f64>(norms + ((<usize>i) << 3));
      kernelTrainingRow(at(K, n, i, 0), i + 1, norm, norms);
      store<f64>(diagonal + ((<usize>i) << 3), kernelValue(norm, norm, norm));
    }
    mirror(K, n, first, end);
  }
  arenaRelease(mark);
}

// K_ji = K_ij for first <= i < end, j < i; eight columns at a time, so that whole cache lines are read.
function mirror(K: usize, n: i32, first: i32, end: i32): void {
  for (let j0 = 0; j0 < end; j0 += 8) {
    const j1 = min(j0 + 8, end);
    for (let i = max(first, j0 + 1); i < end; i++) {
      let from = at(K, n, i, j0);
      let to = at(K, n, j0, i);
      for (let j = j0; j < min(j1, i); j++) {
        store<f64>(to, load<f64>(from));
        from += 8;
        to += (<usize>n) << 3;
      }
    }
  }
}

function at(M: usize, stride: i32, i: i32, j: i32): usize {
  return M + ((<usize>stride * <usize>i + <usize>j) << 3);
}
