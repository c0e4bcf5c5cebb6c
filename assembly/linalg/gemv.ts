import { axpy, dot } from "./dot";

// y = A x.
// In:   A [m, n] row-major with row stride lda >= n, x [n]; m, n >= 0
// Out:  y [m], must not overlap A or x; y_i has the bits of dot(A_i, x, n)
export function gemv(A: usize, lda: i32, m: i32, n: i32, x: usize, y: usize): void {
  const stride = (<usize>lda) << 3;
  const even = m & ~1;
  for (let i = 0; i < even; i += 2) {
    dotTwo(A, A + stride, x, n, y);
    A += stride << 1;
    y += 16;
  }
  if (even < m) store<f64>(y, dot(A, x, n));
}

// Two inner products with one x, which halves the loads of x; eight accumulators are all that stay in registers.
function dotTwo(a: usize, b: usize, x: usize, n: i32, y: usize): void {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let s2 = f64x2.splat(0);
  let s3 = f64x2.splat(0);
  let t0 = f64x2.splat(0);
  let t1 = f64x2.splat(0);
  let t2 = f64x2.splat(0);
  let t3 = f64x2.splat(0);
  const end = x + ((<usize>n) << 3);
  const end8 = x + ((<usize>(n & ~7)) << 3);
  const end2 = x + ((<usize>(n & ~1)) << 3);
  while (x < end8) {
    const x0 = v128.load(x);
    s0 = f64x2.add(s0, f64x2.mul(v128.load(a), x0));
    t0 = f64x2.add(t0, f64x2.mul(v128.load(b), x0));
    const x1 = v128.load(x, 16);
    s1 = f64x2.add(s1, f64x2.mul(v128.load(a, 16), x1));
    t1 = f64x2.add(t1, f64x2.mul(v128.load(b, 16), x1));
    const x2 = v128.load(x, 32);
    s2 = f64x2.add(s2, f64x2.mul(v128.load(a, 32), x2));
    t2 = f64x2.add(t2, f64x2.mul(v128.load(b, 32), x2));
    const x3 = v128.load(x, 48);
    s3 = f64x2.add(s3, f64x2.mul(v128.load(a, 48), x3));
    t3 = f64x2.add(t3, f64x2.mul(v128.load(b, 48), x3));
    x += 64;
    a += 64;
    b += 64;
  }
  while (x < end2) {
    const x0 = v128.load(x);
    s0 = f64x2.add(s0, f64x2.mul(v128.load(a), x0));
    t0 = f64x2.add(t0, f64x2.mul(v128.load(b), x0));
    x += 16;
    a += 16;
    b += 16;
  }
  const s = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  const t = f64x2.add(f64x2.add(t0, t1), f64x2.add(t2, t3));
  let sum = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
  let tum = f64x2.extract_lane(t, 0) + f64x2.extract_lane(t, 1);
  if (x < end) {
    sum += load<f64>(a) * load<f64>(x);
    tum += load<f64>(b) * load<f64>(x);
  }
  store<f64>(y, sum);
  store<f64>(y, tum, 8);
}

// y = A^T x.
// In:   A [m, n] row-major with row stride lda >= n, x [m]; m, n >= 0
// Out:  y [n], must not overlap A or x; y_j = ((x_0 A_0j + x_1 A_1j) + ...), summed in the order of i
export function gemvT(A: usize, lda: i32, m: i32, n: i32, x: usize, y: usize): void {
  memory.fill(y, 0, (<usize>n) << 3);
  const stride = (<usize>lda) << 3;
  const m4 = m & ~3;
  let i = 0;
  for (; i < m4; i += 4) {
    axpyFour(A, stride, x, y, n);
    A += stride << 2;
    x += 32;
  }
  for (; i < m; i++) {
    axpy(load<f64>(x), A, y, n);
    A += stride;
    x += 8;
  }
}

// y += x_0 A_0 + x_1 A_1 + x_2 A_2 + x_3 A_3, one load and one store of y for four rows.
function axpyFour(a: usize, stride: usize, x: usize, y: usize, n: i32): void {
  const x0 = v128.load64_splat(x);
  const x1 = v128.load64_splat(x, 8);
  const x2 = v128.load64_splat(x, 16);
  const x3 = v128.load64_splat(x, 24);
  let b = a + stride;
  let c = b + stride;
  let d = c + stride;
  const end2 = y + ((<usize>(n & ~1)) << 3);
  while (y < end2) {
    let s = f64x2.add(v128.load(y), f64x2.mul(x0, v128.load(a)));
    s = f64x2.add(s, f64x2.mul(x1, v128.load(b)));
    s = f64x2.add(s, f64x2.mul(x2, v128.load(c)));
    v128.store(y, f64x2.add(s, f64x2.mul(x3, v128.load(d))));
    y += 16;
    a += 16;
    b += 16;
    c += 16;
    d += 16;
  }
  if (n & 1) {
    let s = load<f64>(y) + load<f64>(x) * load<f64>(a);
    s += load<f64>(x, 8) * load<f64>(b);
    s += load<f64>(x, 16) * load<f64>(c);
    store<f64>(y, s + load<f64>(x, 24) * load<f64>(d));
  }
}
