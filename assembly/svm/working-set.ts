// Choice of the two variables that the next step moves, and the gradient update (SMO, second order).
// Letters are those of solver.ts: F gradient, K kernel; `up` [l] is 0 where beta_t may grow and +inf where
// not, `down` [l] is 0 where it may fall and -inf where not, so that F + up and F + down bar the rest.
// Ties go to the last position. The two lanes hold even and odd positions and are joined at the end.
// Ref:  Fan, Chen & Lin (2005), Working set selection using second order information, WSS 2.

/** The least curvature K_ii + K_jj - 2 K_ij that is taken for a pair: an indefinite kernel may give less. */
export const TAU: f64 = 1e-12;

/** Results of the last `stepAndSelectUp`: the position i of the least F + up (-1: all barred), and F_i. */
export let upIndex: i32 = -1;
export let upValue: f64 = 0;
/** Results of the last `selectDown`: the partner j (any where the gap is 0), and max(0, F + down - F_i). */
export let downIndex: i32 = -1;
export let gap: f64 = 0;

// F <- F + a Ki + b Kj, then i = argmin F + up.
// In:   F, up, Ki, Kj [n]; with a = b = 0 the rows are read but do not matter (finite)
export function stepAndSelectUp(n: i32, F: usize, up: usize, a: f64, Ki: usize, b: f64, Kj: usize): void {
  const av = f64x2.splat(a);
  const bv = f64x2.splat(b);
  const two = f64x2.splat(2);
  let position = v128.shuffle<f64>(f64x2.splat(0), f64x2.splat(1), 0, 2);
  let least = f64x2.splat(Infinity);
  let where = f64x2.splat(-1);
  const bytes = (<usize>(n & ~1)) << 3;
  for (let p: usize = 0; p < bytes; p += 16) {
    const change = f64x2.add(f64x2.mul(av, v128.load(Ki + p)), f64x2.mul(bv, v128.load(Kj + p)));
    const f = f64x2.add(v128.load(F + p), change);
    v128.store(F + p, f);
    const value = f64x2.add(f, v128.load(up + p));
    where = v128.bitselect(position, where, f64x2.le(value, least));
    least = f64x2.pmin(least, value);
    position = f64x2.add(position, two);
  }
  let value = f64x2.extract_lane(least, 0);
  let index = f64x2.extract_lane(where, 0);
  const odd = f64x2.extract_lane(least, 1);
  const oddIndex = f64x2.extract_lane(where, 1);
  if (odd < value || (odd === value && oddIndex > index)) {
    value = odd;
    index = oddIndex;
  }
  if (n & 1) {
    const f = load<f64>(F + bytes) + (a * load<f64>(Ki + bytes) + b * load<f64>(Kj + bytes));
    store<f64>(F + bytes, f);
    const last = f + load<f64>(up + bytes);
    if (last <= value) {
      value = last;
      index = n - 1;
    }
  }
  upValue = value;
  upIndex = value < Infinity ? <i32>index : -1;
}

// j = argmax max(0, F_j + down_j - F_i)^2 / (K_ii + K_jj - 2 K_ij).
// In:   F, down, diagonal, Ki [n]; Fi = F_i, Kii
export function selectDown(n: i32, F: usize, down: usize, diagonal: usize, Ki: usize, Fi: f64, Kii: f64): void {
  const fi = f64x2.splat(Fi);
  const kii = f64x2.splat(Kii);
  const zero = f64x2.splat(0);
  const tau = f64x2.splat(TAU);
  const two = f64x2.splat(2);
  let position = v128.shuffle<f64>(zero, f64x2.splat(1), 0, 2);
  let widest = zero;
  let most = zero;
  let where = f64x2.splat(-1);
  const bytes = (<usize>(n & ~1)) << 3;
  for (let p: usize = 0; p < bytes; p += 16) {
    const slope = f64x2.pmax(zero, f64x2.sub(f64x2.add(v128.load(F + p), v128.load(down + p)), fi));
    const kij = v128.load(Ki + p);
    const raw = f64x2.sub(f64x2.add(kii, v128.load(diagonal + p)), f64x2.add(kij, kij));
    const gain = f64x2.div(f64x2.mul(slope, slope), f64x2.pmax(tau, raw));
    where = v128.bitselect(position, where, f64x2.ge(gain, most));
    most = f64x2.pmax(most, gain);
    widest = f64x2.pmax(widest, slope);
    position = f64x2.add(position, two);
  }
  let gain = f64x2.extract_lane(most, 0);
  let index = f64x2.extract_lane(where, 0);
  const odd = f64x2.extract_lane(most, 1);
  const oddIndex = f64x2.extract_lane(where, 1);
  if (odd > gain || (odd === gain && oddIndex > index)) {
    gain = odd;
    index = oddIndex;
  }
  let width = max(f64x2.extract_lane(widest, 0), f64x2.extract_lane(widest, 1));
  if (n & 1) {
    const slope = max(0, load<f64>(F + bytes) + load<f64>(down + bytes) - Fi);
    const kij = load<f64>(Ki + bytes);
    const raw = Kii + load<f64>(diagonal + bytes) - (kij + kij);
    width = max(width, slope);
    if ((slope * slope) / max(TAU, raw) >= gain) index = n - 1;
  }
  downIndex = <i32>index;
  gap = width;
}
