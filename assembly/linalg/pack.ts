// Packing for gemm: four consecutive vectors of length k side by side, so that the inner loop reads
// one contiguous stream. A panel is [k, 4]: entry (p, r) is component p of vector r. The last panel
// of a count that is not a multiple of four is filled up with zeros, whose products are never stored.

/** Bytes of the panels of `count` vectors of length k. */
export function packedBytes(count: i32, k: i32): usize {
  return (<usize>((count + 3) & ~3) * <usize>k) << 3;
}

// Vectors that are rows of X.
// In:   X [count, k] row-major, row stride ldx >= k; sign is 1 or -1
// Out:  panels at `to`, sign * X
export function packRows(X: usize, ldx: i32, count: i32, k: i32, sign: f64, to: usize): void {
  const stride = (<usize>ldx) << 3;
  const s = f64x2.splat(sign);
  const full = count & ~3;
  const k2 = k & ~1;
  let r = 0;
  for (; r < full; r += 4) {
    let a = X;
    let b = a + stride;
    let c = b + stride;
    let d = c + stride;
    for (let p = 0; p < k2; p += 2) {
      const av = f64x2.mul(s, v128.load(a));
      const bv = f64x2.mul(s, v128.load(b));
      const cv = f64x2.mul(s, v128.load(c));
      const dv = f64x2.mul(s, v128.load(d));
      v128.store(to, v128.shuffle<f64>(av, bv, 0, 2));
      v128.store(to, v128.shuffle<f64>(cv, dv, 0, 2), 16);
      v128.store(to, v128.shuffle<f64>(av, bv, 1, 3), 32);
      v128.store(to, v128.shuffle<f64>(cv, dv, 1, 3), 48);
      a += 16;
      b += 16;
      c += 16;
      d += 16;
      to += 64;
    }
    if (k2 < k) {
      store<f64>(to, sign * load<f64>(a));
      store<f64>(to, sign * load<f64>(b), 8);
      store<f64>(to, sign * load<f64>(c), 16);
      store<f64>(to, sign * load<f64>(d), 24);
      to += 32;
    }
    X += stride << 2;
  }
  if (r === count) return;
  for (let p = 0; p < k; p++) {
    for (let q = 0; q < 4; q++) {
      const entry = r + q < count ? sign * load<f64>(X + <usize>q * stride + ((<usize>p) << 3)) : 0;
      store<f64>(to, entry);
      to += 8;
    }
  }
}

// Vectors that are columns of X.
// In:   X [k, count] row-major, row stride ldx >= count; sign is 1 or -1
// Out:  panels at `to`, sign * X^T
export function packColumns(X: usize, ldx: i32, count: i32, k: i32, sign: f64, to: usize): void {
  const stride = (<usize>ldx) << 3;
  const s = f64x2.splat(sign);
  const full = count & ~3;
  let r = 0;
  for (; r < full; r += 4) {
    let a = X;
    for (let p = 0; p < k; p++) {
      v128.store(to, f64x2.mul(s, v128.load(a)));
      v128.store(to, f64x2.mul(s, v128.load(a, 16)), 16);
      a += stride;
      to += 32;
    }
    X += 32;
  }
  if (r === count) return;
  for (let p = 0; p < k; p++) {
    for (let q = 0; q < 4; q++) {
      store<f64>(to, r + q < count ? sign * load<f64>(X + ((<usize>q) << 3)) : 0);
      to += 8;
    }
    X += stride;
  }
}

// The reverse of packRows with sign 1.
// In:   panels at `from`
// Out:  X [count, k] row-major, row stride ldx >= k; nothing else is touched
export function unpackRows(from: usize, X: usize, ldx: i32, count: i32, k: i32): void {
  const stride = (<usize>ldx) << 3;
  for (let r = 0; r < count; r += 4) {
    const rows = min(count - r, 4);
    for (let p = 0; p < k; p++) {
      let to = X + ((<usize>p) << 3);
      for (let q = 0; q < rows; q++) {
        store<f64>(to, load<f64>(from + ((<usize>q) << 3)));
        to += stride;
      }
      from += 32;
    }
    X += stride << 2;
  }
}

// The reverse of packColumns with sign 1.
// In:   panels at `from`
// Out:  X [k, count] row-major, row stride ldx >= count; nothing else is touched
export function unpackColumns(from: usize, X: usize, ldx: i32, count: i32, k: i32): void {
  const stride = (<usize>ldx) << 3;
  for (let r = 0; r < count; r += 4) {
    const bytes = (<usize>min(count - r, 4)) << 3;
    let to = X;
    for (let p = 0; p < k; p++) {
      memory.copy(to, from, bytes);
      to += stride;
      from += 32;
    }
    X += 32;
  }
}
