import { CATEGORY, DIMENSION_BYTES, isStepped, kindOf } from "./dimension";
import { baseOf, logWeightsAt, mostAdded, musAt, sigmasAt } from "./mixture";

// Which kernels can count at a candidate. A kernel's factor in a dimension is at most exp(-e^2 / 2), e being the
// distance to the candidate (or to the nearer end of its cell) in bandwidths; the prior kernel's is at least
// phi(1/2) times the cell's width. Where the one bound is exp(-120) times the other, the kernel's share of the
// mixture lies more than a hundred bits below the last one of the sum, and neither its distances in the other
// dimensions nor its cells' masses, which are dear, need be known.

/** exp of less is 0. */
export const NOTHING: f64 = -746.0;
/** The logarithm of a share that leaves the mixture as it is. */
const NEGLIGIBLE: f64 = -120.0;
/** log phi(0) less what half a range's distance to the prior's center costs, with a margin. */
const PRIOR_LEAST: f64 = -1.1;

/** L[k, c] = base[k] (`baseOf`); all kernels are live. */
export function spreadBases(
  d: i32,
  dimensions: usize,
  n: i32,
  mixture: usize,
  row: usize,
  L: usize,
  live: usize,
): void {
  memory.fill(live, 1, <usize>n + 1);
  for (let k = 0; k <= n; k++, L += row) {
    const base = f64x2.splat(baseOf(d, dimensions, n, mixture, k));
    for (let c: usize = 0; c < row; c += 16) v128.store(L + c, base);
  }
}

/**
 * L[k, c] = base[k], or -Infinity where kernel k counts for nothing; live[k] [n + 1 bytes] = whether it counts
 * anywhere: of a kernel that does not, L is not written. Rows are multiples of 64 bytes. Work: 1 row and d rows.
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
): void {
  const halves = work + row;
  const least = f64x2.splat(baseOf(d, dimensions, n, mixture, n) + NEGLIGIBLE);
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
  const logWeights = logWeightsAt(mixture, n);
  const added = mostAdded(d, dimensions, n, mixture);
  const mus = musAt(mixture, n, 0);
  const sigmas = sigmasAt(mixture, n, d, 0);
  const column = (<usize>n + 1) << 3;
  const nothing = f64x2.splat(0.0);
  const dead = f64x2.splat(-Infinity);
  for (let k: usize = 0; k < column; k += 8, L += row) {
    // The normalizing terms, which are dear, are known only of kernels that count.
    const highest = f64x2.splat(load<f64>(logWeights + k) + added);
    let base = highest;
    let any: i32 = 0;
    for (let c: usize = 0; c < row; c += 64) {
      const floor0 = v128.load(work + c);
      const floor1 = v128.load(work + c, 16);
      const floor2 = v128.load(work + c, 32);
      const floor3 = v128.load(work + c, 48);
      let a0 = highest;
      let a1 = highest;
      let a2 = highest;
      let a3 = highest;
      let alive: i32 = 1;
      for (let j: usize = 0; alive && j < <usize>d; j++) {
        // A category is not bounded: its factor is at most 1.
        if (kindOf(dimensions + j * DIMENSION_BYTES) == CATEGORY) continue;
        const s = load<f64>(sigmas + j * column + k);
        const factor = f64x2.splat(-0.5 / (s * s));
        const center = v128.load64_splat(mus + j * column + k);
        const unit = units + j * row + c;
        const half = halves + j * row + c;
        const e0 = f64x2.max(f64x2.sub(f64x2.abs(f64x2.sub(v128.load(unit), center)), v128.load(half)), nothing);
        const e1 = f64x2.max(
          f64x2.sub(f64x2.abs(f64x2.sub(v128.load(unit, 16), center)), v128.load(half, 16)),
          nothing,
        );
        const e2 = f64x2.max(
          f64x2.sub(f64x2.abs(f64x2.sub(v128.load(unit, 32), center)), v128.load(half, 32)),
          nothing,
        );
        const e3 = f64x2.max(
          f64x2.sub(f64x2.abs(f64x2.sub(v128.load(unit, 48), center)), v128.load(half, 48)),
          nothing,
        );
        a0 = f64x2.add(a0, f64x2.mul(f64x2.mul(e0, e0), factor));
        a1 = f64x2.add(a1, f64x2.mul(f64x2.mul(e1, e1), factor));
        a2 = f64x2.add(a2, f64x2.mul(f64x2.mul(e2, e2), factor));
        a3 = f64x2.add(a3, f64x2.mul(f64x2.mul(e3, e3), factor));
        const counts01 = v128.or(f64x2.ge(a0, floor0), f64x2.ge(a1, floor1));
        const counts23 = v128.or(f64x2.ge(a2, floor2), f64x2.ge(a3, floor3));
        alive = <i32>v128.any_true(v128.or(counts01, counts23));
      }
      if (!alive && !any) continue;
      if (!any) {
        any = 1;
        base = f64x2.splat(baseOf(d, dimensions, n, mixture, <i32>(k >> 3)));
        // It does not count at the candidates before.
        for (let before: usize = 0; before < c; before += 16) v128.store(L + before, dead);
      }
      v128.store(L + c, v128.bitselect(base, dead, f64x2.ge(a0, floor0)));
      v128.store(L + c, v128.bitselect(base, dead, f64x2.ge(a1, floor1)), 16);
      v128.store(L + c, v128.bitselect(base, dead, f64x2.ge(a2, floor2)), 32);
      v128.store(L + c, v128.bitselect(base, dead, f64x2.ge(a3, floor3)), 48);
    }
    store<u8>(live + (k >> 3), any);
  }
}
