import { expx2 } from "../math/exp";
import { logx2 } from "../math/log";

// Distances of four rows from four others, over packed panels (linalg/pack.ts), by coordinate differences: equal rows
// are at distance 0 exactly, and pairs with the same differences tie exactly, which |x|^2 - 2 x'z + |z|^2 does not
// keep. Each is the plain loop over the coordinates, in order:
//   Squared    sum_p (x_p - z_p)^2
//   Absolute   sum_p |x_p - z_p|
//   Largest    max_p |x_p - z_p|
//   Power      sum_p exp(q log |x_p - z_p|)
// |relative error| of a sum <= (d + 2) u, u = 2^-53; of a power 4 (1 + q |log |x_p - z_p||) u more.

export const EUCLIDEAN: i32 = 0;
const MANHATTAN: i32 = 1;
const CHEBYSHEV: i32 = 2;
export const MINKOWSKI: i32 = 3;

// A sum is a type, told by its size, so that each gets a loop of its own: a choice inside the loop costs ten times as
// much as the differences.
type Squared = i8;
type Absolute = i16;
type Largest = i32;
type Power = i64;

// In:   panels a and b [d, 4]; limits [4], one for each row of a; q, read by MINKOWSKI alone
// Out:  whether any distance is below its row's limit, and if so all of them: tile [4, 4], a row of it a row of a
export function distanceTile(kind: i32, q: f64, d: i32, a: usize, b: usize, limits: usize, tile: usize): bool {
  if (kind === EUCLIDEAN) return sums<Squared>(q, d, a, b, limits, tile);
  if (kind === MANHATTAN) return sums<Absolute>(q, d, a, b, limits, tile);
  if (kind === CHEBYSHEV) return sums<Largest>(q, d, a, b, limits, tile);
  return sums<Power>(q, d, a, b, limits, tile);
}

function sums<Sum>(q: f64, d: i32, a: usize, b: usize, limits: usize, tile: usize): bool {
  let c00 = f64x2.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  const end = a + ((<usize>d) << 5);
  while (a < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load64_splat(a);
    c00 = add<Sum>(c00, f64x2.sub(a0, b0), q);
    c01 = add<Sum>(c01, f64x2.sub(a0, b1), q);
    const a1 = v128.load64_splat(a, 8);
    c10 = add<Sum>(c10, f64x2.sub(a1, b0), q);
    c11 = add<Sum>(c11, f64x2.sub(a1, b1), q);
    const a2 = v128.load64_splat(a, 16);
    c20 = add<Sum>(c20, f64x2.sub(a2, b0), q);
    c21 = add<Sum>(c21, f64x2.sub(a2, b1), q);
    const a3 = v128.load64_splat(a, 24);
    c30 = add<Sum>(c30, f64x2.sub(a3, b0), q);
    c31 = add<Sum>(c31, f64x2.sub(a3, b1), q);
    a += 32;
    b += 32;
  }
  const near0 = below(c00, c01, v128.load64_splat(limits));
  const near1 = below(c10, c11, v128.load64_splat(limits, 8));
  const near2 = below(c20, c21, v128.load64_splat(limits, 16));
  const near3 = below(c30, c31, v128.load64_splat(limits, 24));
  if (!v128.any_true(v128.or(v128.or(near0, near1), v128.or(near2, near3)))) return false;
  v128.store(tile, c00);
  v128.store(tile, c01, 16);
  v128.store(tile, c10, 32);
  v128.store(tile, c11, 48);
  v128.store(tile, c20, 64);
  v128.store(tile, c21, 80);
  v128.store(tile, c30, 96);
  v128.store(tile, c31, 112);
  return true;
}

function add<Sum>(sum: v128, gap: v128, q: f64): v128 {
  if (sizeof<Sum>() === sizeof<Squared>()) return f64x2.add(sum, f64x2.mul(gap, gap));
  const size = f64x2.abs(gap);
  if (sizeof<Sum>() === sizeof<Absolute>()) return f64x2.add(sum, size);
  if (sizeof<Sum>() === sizeof<Largest>()) return f64x2.pmax(sum, size);
  return f64x2.add(sum, expx2(f64x2.mul(f64x2.splat(q), logx2(size))));
}

function below(left: v128, right: v128, limit: v128): v128 {
  return v128.or(f64x2.lt(left, limit), f64x2.lt(right, limit));
}
