import { CATEGORY, DIMENSION_BYTES, isStepped, kindOf } from "./dimension";
import { basesAt, musAt, sigmasAt } from "./mixture";

// Which kernels can count at a candidate. A kernel's factor in a dimension is at most exp(-e^2 / 2), e being the
// distance to the candidate (or to the nearer end of its cell) in bandwidths; the prior kernel's is at least
// phi(1/2) times the cell's width. Where the one bound is exp(-746) times the other, the kernel's share of the
// mixture is 0 in f64, and its cells' masses, which are dear, need not be known.

/** exp of less is 0. */
export const NOTHING: f64 = -746.0;
/** log phi(0) less what half a range's distance to the prior's center costs, with a margin. */
export const PRIOR_LEAST: f64 = -1.1;

/** L[k, c] = base[k]; all kernels are live. */
export function spreadBases(n: i32, mixture: usize, row: usize, L: usize, live: usize): void {
  const bases = basesAt(mixture, n);
  memory.fill(live, 1, <usize>n + 1);
  for (let k: usize = 0; k <= <usize>n; k++, L += row) {
    const base = v128.load64_splat(bases + (k << 3));
    for (let c: usize = 0; c < row; c += 16) v128.store(L + c, base);
  }
}

/**
 * L[k, c] = base[k], or -Infinity where kernel k counts for nothing; live[k] [n + 1 bytes] = whether it counts
 * anywhere. Work: 1 row and d rows; table: 32 bytes for each dimension.
 */
export function spreadLive(
  d: i32,
  dimensions: usize,
  n: i32,
  mixture: usize,
  row: usize,
  units: usize,
  widths: usize,
  logWidths: usize,
  L: usize,
  live: usize,
  work: usize,
  table: usize,
): void {
  const bases = basesAt(mixture, n);
  const column = (<usize>n + 1) << 3;
  const halves = work + row;
  const least = f64x2.splat(load<f64>(bases + ((<usize>n) << 3)) + NOTHING);
  for (let c: usize = 0; c < row; c += 16) v128.store(work + c, least);
  for (let j: usize = 0; j < <usize>d; j++) {
    const stepped = isStepped(dimensions + j * DIMENSION_BYTES);
    for (let c: usize = 0; c < row; c += 16) {
      const at = j * row + c;
      const half = stepped ? f64x2.mul(v128.load(widths + at), f64x2.splat(0.5)) : f64x2.splat(0.0);
      v128.store(halves + at, half);
      const term = stepped ? v128.load(logWidths + at) : f64x2.splat(0.0);
      v128.store(work + c, f64x2.add(v128.load(work + c), f64x2.add(term, f64x2.splat(PRIOR_LEAST))));
    }
  }
  const nothing = f64x2.splat(0.0);
  for (let k: usize = 0; k <= <usize>n; k++, L += row) {
    for (let j: usize = 0; j < <usize>d; j++) {
      const t = table + (j << 5);
      const category = kindOf(dimensions + j * DIMENSION_BYTES) == CATEGORY;
      const s = category ? Infinity : load<f64>(sigmasAt(mixture, n, d, 0) + j * column + (k << 3));
      v128.store(t, v128.load64_splat(musAt(mixture, n, 0) + j * column + (k << 3)));
      // A category is not bounded: its factor is at most 1. (The prior's center is not written for it.)
      if (category) v128.store(t, nothing);
      v128.store(t, f64x2.splat(-0.5 / (s * s)), 16);
    }
    const base = v128.load64_splat(bases + (k << 3));
    let any: i32 = 0;
    for (let c: usize = 0; c < row; c += 16) {
      const floor = v128.load(work + c);
      let bound = base;
      let counts = f64x2.splat(0.0);
      for (let j: usize = 0; j < <usize>d; j++) {
        const t = table + (j << 5);
        const gap = f64x2.abs(f64x2.sub(v128.load(units + j * row + c), v128.load(t)));
        const e = f64x2.max(f64x2.sub(gap, v128.load(halves + j * row + c)), nothing);
        bound = f64x2.add(bound, f64x2.mul(f64x2.mul(e, e), v128.load(t, 16)));
        counts = f64x2.ge(bound, floor);
        if (!v128.any_true(counts)) break;
      }
      any |= <i32>v128.any_true(counts);
      v128.store(L + c, v128.bitselect(base, f64x2.splat(-Infinity), counts));
    }
    store<u8>(live + k, any);
  }
}
