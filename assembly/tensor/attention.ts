import { exp4, sum4 } from "./exp-log";
import { put, take } from "./lanes";
import { matMulScratch, matMulStrided } from "./mat-mul";

/** Bytes of workspace for `attention`. */
export function attentionScratch(T: i32, width: i32): i32 {
  return max(matMulScratch(T, width), matMulScratch(width, T));
}

// Scaled dot-product attention by head, with queries, keys and values of `width` numbers:
//   shares = softmax(scale query key^T + bias);  out = shares value
// where the bias is -1e9 for a key whose step has mask 0.
// In:   x [n, T, 3, heads, width]: queries, keys, values;  mask [n, T] of 0 and 1, or 0 for none;
//       scratch: attentionScratch(T, width) bytes
// Out:  shares [n, heads, T, T];  out [n, T, heads, width]
// Ref:  Vaswani et al. (2017), Attention is all you need, eq. 1
export function attention(
  n: i32,
  T: i32,
  heads: i32,
  width: i32,
  x: usize,
  mask: usize,
  scale: f32,
  shares: usize,
  out: usize,
  scratch: usize,
): void {
  const all = heads * width;
  const part = (<usize>all) << 2;
  for (let b = 0; b < n; b++) {
    for (let k = 0; k < heads; k++, shares += (<usize>(T * T)) << 2) {
      const query = x + ((<usize>(b * T * 3 * all + k * width)) << 2);
      const to = out + ((<usize>(b * T * all + k * width)) << 2);
      matMulStrided(T, T, width, query, 3 * all, 1, query + part, 1, 3 * all, shares, T, false, scratch);
      softmaxRows(T, scale, mask ? mask + ((<usize>(b * T)) << 2) : 0, shares);
      matMulStrided(T, width, T, shares, T, 1, query + part * 2, 3 * all, 1, to, all, false, scratch);
    }
  }
}

// The softmax of each row of S [T, T], scaled and masked, in place.
function softmaxRows(T: i32, scale: f32, mask: usize, S: usize): void {
  const bytes = (<usize>T) << 2;
  const even = bytes & ~15;
  for (let i = 0; i < T; i++, S += bytes) {
    let top: f32 = -Infinity;
    for (let j: usize = 0; j < bytes; j += 4) {
      const score = load<f32>(S + j) * scale + (mask ? (load<f32>(mask + j) - 1) * 1e9 : 0);
      store<f32>(S + j, score);
      top = max(top, score);
    }
    let sums = f32x4.splat(0);
    for (let j: usize = 0; j < even; j += 16) {
      const e = exp4(f32x4.sub(v128.load(S + j), f32x4.splat(top)));
      v128.store(S + j, e);
      sums = f32x4.add(sums, e);
    }
    let sum = sum4(sums);
    for (let j = even; j < bytes; j += 4) {
      const e = f32x4.extract_lane(exp4(f32x4.splat(load<f32>(S + j) - top)), 0);
      store<f32>(S + j, e);
      sum += e;
    }
    for (let j: usize = 0; j < bytes; ) {
      const four = j + 16 <= bytes;
      put(S + j, f32x4.div(take(S + j, four), f32x4.splat(sum)), four);
      j += four ? 16 : 4;
    }
  }
}

/** Bytes of workspace for `attentionGradient`. */
export function attentionGradientScratch(T: i32, width: i32): i32 {
  return attentionScratch(T, width) + T * T * 4;
}

// The gradient of `attention`.
// In:   dy, as `out`;  x, scale as there, and the shares that it left;  scratch: attentionGradientScratch(T, width) bytes
// Out:  dx, as x
export function attentionGradient(
  n: i32,
  T: i32,
  heads: i32,
  width: i32,
  dy: usize,
  x: usize,
  scale: f32,
  shares: usize,
  dx: usize,
  scratch: usize,
): void {
  const all = heads * width;
  const part = (<usize>all) << 2;
  const S = scratch;
  const product = scratch + ((<usize>(T * T)) << 2);
  for (let b = 0; b < n; b++) {
    for (let k = 0; k < heads; k++, shares += (<usize>(T * T)) << 2) {
      const query = x + ((<usize>(b * T * 3 * all + k * width)) << 2);
      const to = dx + ((<usize>(b * T * 3 * all + k * width)) << 2);
      const from = dy + ((<usize>(b * T * all + k * width)) << 2);
      matMulStrided(T, width, T, shares, 1, T, from, all, 1, to + part * 2, 3 * all, false, product);
      matMulStrided(T, T, width, from, all, 1, query + part * 2, 1, 3 * all, S, T, false, product);
      softmaxRowsGradient(T, scale, shares, S);
      matMulStrided(T, width, T, S, T, 1, query + part, 3 * all, 1, to, 3 * all, false, product);
      matMulStrided(T, width, T, S, 1, T, query, 3 * all, 1, to + part, 3 * all, false, product);
    }
  }
}

// From the gradients of the shares P to those of the products before they were scaled, in place:
//   S = scale P (S - sum_j P_j S_j), row by row
function softmaxRowsGradient(T: i32, scale: f32, P: usize, S: usize): void {
  const bytes = (<usize>T) << 2;
  for (let i = 0; i < T; i++, P += bytes, S += bytes) {
    let sums = f32x4.splat(0);
    for (let j: usize = 0; j < bytes; ) {
      const four = j + 16 <= bytes;
      sums = f32x4.add(sums, f32x4.mul(take(P + j, four), take(S + j, four)));
      j += four ? 16 : 4;
    }
    const sum = f32x4.splat(sum4(sums));
    for (let j: usize = 0; j < bytes; ) {
      const four = j + 16 <= bytes;
      const share = f32x4.mul(f32x4.splat(scale), take(P + j, four));
      put(S + j, f32x4.mul(share, f32x4.sub(take(S + j, four), sum)), four);
      j += four ? 16 : 4;
    }
  }
}
