import { expx2 } from "../math/exp";
import { logx2 } from "../math/log";

// Distances of four rows from four others, over packed panels (linalg/pack.ts), by coordinate differences: equal rows
// are at distance 0 exactly, and pairs with the same differences tie exactly, which |x|^2 - 2 x'z + |z|^2 does not
// keep. Each is the plain loop over the coordinates, in order:
//   SQUARED    sum_p (x_p - z_p)^2
//   ABSOLUTE   sum_p |x_p - z_p|
//   LARGEST    max_p |x_p - z_p|
//   POWER      sum_p exp(q log |x_p - z_p|)
// |relative error| of a sum <= (d + 2) u, u = 2^-53; of a power 4 (1 + q |log |x_p - z_p||) u more.

const SQUARED: i32 = 0;
const ABSOLUTE: i32 = 1;
const LARGEST: i32 = 2;

// In:   panels a and b [d, 4]; limits [4], one for each row of a
// Out:  whether any distance is below its row's limit, and if so all of them: tile [4, 4], a row of it a row of a
export function distanceTile(kind: i32, q: f64, d: i32, a: usize, b: usize, limits: usize, tile: usize): bool {
  let c00 = f64x2.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  const end = a + ((<usize>d) << 5);
  if (kind === SQUARED) {
    while (a < end) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const a0 = v128.load64_splat(a);
      c00 = addSquare(c00, a0, b0);
      c01 = addSquare(c01, a0, b1);
      const a1 = v128.load64_splat(a, 8);
      c10 = addSquare(c10, a1, b0);
      c11 = addSquare(c11, a1, b1);
      const a2 = v128.load64_splat(a, 16);
      c20 = addSquare(c20, a2, b0);
      c21 = addSquare(c21, a2, b1);
      const a3 = v128.load64_splat(a, 24);
      c30 = addSquare(c30, a3, b0);
      c31 = addSquare(c31, a3, b1);
      a += 32;
      b += 32;
    }
  } else {
    while (a < end) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const a0 = v128.load64_splat(a);
      c00 = addGap(kind, q, c00, a0, b0);
      c01 = addGap(kind, q, c01, a0, b1);
      const a1 = v128.load64_splat(a, 8);
      c10 = addGap(kind, q, c10, a1, b0);
      c11 = addGap(kind, q, c11, a1, b1);
      const a2 = v128.load64_splat(a, 16);
      c20 = addGap(kind, q, c20, a2, b0);
      c21 = addGap(kind, q, c21, a2, b1);
      const a3 = v128.load64_splat(a, 24);
      c30 = addGap(kind, q, c30, a3, b0);
      c31 = addGap(kind, q, c31, a3, b1);
      a += 32;
      b += 32;
    }
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

function addSquare(sum: v128, a: v128, b: v128): v128 {
  const gap = f64x2.sub(a, b);
  return f64x2.add(sum, f64x2.mul(gap, gap));
}

function addGap(kind: i32, q: f64, sum: v128, a: v128, b: v128): v128 {
  const gap = f64x2.abs(f64x2.sub(a, b));
  if (kind === ABSOLUTE) return f64x2.add(sum, gap);
  if (kind === LARGEST) return f64x2.max(sum, gap);
  return f64x2.add(sum, expx2(f64x2.mul(f64x2.splat(q), logx2(gap))));
}

function below(left: v128, right: v128, limit: v128): v128 {
  return v128.or(f64x2.lt(left, limit), f64x2.lt(right, limit));
}
