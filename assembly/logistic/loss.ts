import { expx2 } from "../math/exp";
import { logx2 } from "../math/log";
import { K, N, n, omega, y } from "./problem";

// Weighted sum of the losses, and their derivatives with respect to the scores, not weighted.
// In:   Z [K, N]
// Out:  R [K, N], P [K, N] (see problem.ts), and the sum, not weighted by C
// Every residual has a small relative error, also where the prediction is nearly certain: the one of the
// true class is the sum of the other probabilities, not 1 - p; and the loss is log1p of that sum.
export function lossAt(Z: usize, R: usize, P: usize): f64 {
  return K === 1 ? binary(Z, R, P) : softmax(Z, R, P);
}

// log(1 + t) for t >= 0: log of the rounded sum plus the first-order effect of what rounding lost.
function log1px2(t: v128): v128 {
  const one = f64x2.splat(1);
  const u = f64x2.add(one, t);
  return f64x2.add(logx2(u), f64x2.div(f64x2.sub(t, f64x2.sub(u, one)), u));
}

/** All bits set in the lanes of samples i and i + 1 that exist. */
function existing(i: i32): v128 {
  const all = i32x4.splat(-1);
  return i + 1 < n ? all : i64x2.replace_lane(all, 1, 0);
}

// With a = -z for class 1 and z for class 0: loss = log(1 + e^a), |residual| = 1 / (1 + e^-a).
function binary(Z: usize, R: usize, P: usize): f64 {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  let sum = zero;
  for (let i = 0; i < N; i += 2) {
    const at = (<usize>i) << 3;
    const exists = existing(i);
    const isOne = f64x2.eq(v128.load(y + at), one);
    const z = v128.load(Z + at);
    const a = v128.bitselect(f64x2.neg(z), z, isOne);
    const e = expx2(f64x2.neg(f64x2.abs(a)));
    const wrong = f64x2.gt(a, zero);
    const r = f64x2.div(v128.bitselect(one, e, wrong), f64x2.add(one, e));
    const loss = f64x2.add(f64x2.max(a, zero), log1px2(e));
    sum = f64x2.add(sum, v128.and(f64x2.mul(v128.load(omega + at), loss), exists));
    v128.store(R + at, v128.and(v128.bitselect(f64x2.neg(r), r, isOne), exists));
    v128.store(P + at, v128.and(f64x2.mul(r, f64x2.sub(one, r)), exists));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

function softmax(Z: usize, R: usize, P: usize): f64 {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  const stride = (<usize>N) << 3;
  let sum = zero;
  for (let i = 0; i < N; i += 2) {
    const at = (<usize>i) << 3;
    const exists = existing(i);
    const truth = v128.load(y + at);
    let largest = v128.load(Z + at);
    for (let k = 1; k < K; k++) largest = f64x2.max(largest, v128.load(Z + at + <usize>k * stride));
    // Relative to the largest score: e of the true class, and the sum of the others'.
    let own = zero;
    let others = zero;
    let behind = zero;
    for (let k = 0; k < K; k++) {
      const place = at + <usize>k * stride;
      const below = f64x2.sub(v128.load(Z + place), largest);
      const e = expx2(below);
      const isTruth = f64x2.eq(truth, f64x2.splat(<f64>k));
      own = f64x2.add(own, v128.and(e, isTruth));
      behind = f64x2.sub(behind, v128.and(below, isTruth));
      others = f64x2.add(others, v128.andnot(e, isTruth));
      v128.store(P + place, e);
    }
    const total = f64x2.add(own, others);
    const scale = f64x2.div(one, total);
    for (let k = 0; k < K; k++) {
      const place = at + <usize>k * stride;
      const p = v128.and(f64x2.mul(v128.load(P + place), scale), exists);
      const isTruth = f64x2.eq(truth, f64x2.splat(<f64>k));
      const lacking = v128.and(f64x2.neg(f64x2.mul(others, scale)), exists);
      v128.store(P + place, p);
      v128.store(R + place, v128.bitselect(lacking, p, isTruth));
    }
    // The largest term of the total is exactly 1; taking it off leaves `others` untouched where it is the true class's.
    const rest = f64x2.add(others, f64x2.sub(own, one));
    const loss = f64x2.add(behind, log1px2(rest));
    sum = f64x2.add(sum, v128.and(f64x2.mul(v128.load(omega + at), loss), exists));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
