import { sum4 } from "./exp-log";

// Layer normalization, row by row:  y = gamma (x - mean) / sqrt(variance + epsilon) + beta, with the variance over n.
// In:   x [rows, n], n >= 1;  gamma, beta [n]
// Out:  y [rows, n];  mean, scale [rows]: the means and the reciprocals of the roots, for the gradient
export function layerNorm(
  rows: i32,
  n: i32,
  x: usize,
  gamma: usize,
  beta: usize,
  epsilon: f32,
  y: usize,
  mean: usize,
  scale: usize,
): void {
  const bytes = (<usize>n) << 2;
  const even = bytes & ~15;
  for (let i = 0; i < rows; i++) {
    let sums = f32x4.splat(0);
    for (let j: usize = 0; j < even; j += 16) sums = f32x4.add(sums, v128.load(x + j));
    let sum = sum4(sums);
    for (let j = even; j < bytes; j += 4) sum += load<f32>(x + j);
    const centre = sum / <f32>n;
    const centres = f32x4.splat(centre);
    let squares = f32x4.splat(0);
    for (let j: usize = 0; j < even; j += 16) {
      const d = f32x4.sub(v128.load(x + j), centres);
      squares = f32x4.add(squares, f32x4.mul(d, d));
    }
    let square = sum4(squares);
    for (let j = even; j < bytes; j += 4) {
      const d = load<f32>(x + j) - centre;
      square += d * d;
    }
    const s: f32 = <f32>1 / sqrt<f32>(square / <f32>n + epsilon);
    const ss = f32x4.splat(s);
    for (let j: usize = 0; j < even; j += 16) {
      const u = f32x4.mul(f32x4.sub(v128.load(x + j), centres), ss);
      v128.store(y + j, f32x4.add(f32x4.mul(u, v128.load(gamma + j)), v128.load(beta + j)));
    }
    for (let j = even; j < bytes; j += 4) {
      store<f32>(y + j, (load<f32>(x + j) - centre) * s * load<f32>(gamma + j) + load<f32>(beta + j));
    }
    store<f32>(mean, centre);
    store<f32>(scale, s);
    x += bytes;
    y += bytes;
    mean += 4;
    scale += 4;
  }
}

// Its gradient: with u = (x - mean) scale and h = dy gamma,
//   dx = scale (h - mean(h) - u mean(h u));  dgamma = sum over rows of dy u;  dbeta = sum over rows of dy
// In:   dy, x [rows, n];  gamma [n];  mean, scale [rows] as `layerNorm` left them
// Out:  dx [rows, n];  dgamma, dbeta [n]
export function layerNormGradient(
  rows: i32,
  n: i32,
  dy: usize,
  x: usize,
  gamma: usize,
  mean: usize,
  scale: usize,
  dx: usize,
  dgamma: usize,
  dbeta: usize,
): void {
  const bytes = (<usize>n) << 2;
  const even = bytes & ~15;
  memory.fill(dgamma, 0, bytes);
  memory.fill(dbeta, 0, bytes);
  for (let i = 0; i < rows; i++) {
    const centre = load<f32>(mean);
    const s = load<f32>(scale);
    const centres = f32x4.splat(centre);
    const ss = f32x4.splat(s);
    let hs = f32x4.splat(0);
    let hus = f32x4.splat(0);
    for (let j: usize = 0; j < even; j += 16) {
      const d = v128.load(dy + j);
      const u = f32x4.mul(f32x4.sub(v128.load(x + j), centres), ss);
      const h = f32x4.mul(d, v128.load(gamma + j));
      hs = f32x4.add(hs, h);
      hus = f32x4.add(hus, f32x4.mul(h, u));
      v128.store(dgamma + j, f32x4.add(v128.load(dgamma + j), f32x4.mul(d, u)));
      v128.store(dbeta + j, f32x4.add(v128.load(dbeta + j), d));
    }
    let h1 = sum4(hs);
    let h2 = sum4(hus);
    for (let j = even; j < bytes; j += 4) {
      const d = load<f32>(dy + j);
      const u = (load<f32>(x + j) - centre) * s;
      const h = d * load<f32>(gamma + j);
      h1 += h;
      h2 += h * u;
      store<f32>(dgamma + j, load<f32>(dgamma + j) + d * u);
      store<f32>(dbeta + j, load<f32>(dbeta + j) + d);
    }
    h1 /= <f32>n;
    h2 /= <f32>n;
    for (let j: usize = 0; j < bytes; j += 4) {
      const u = (load<f32>(x + j) - centre) * s;
      store<f32>(dx + j, s * (load<f32>(dy + j) * load<f32>(gamma + j) - h1 - u * h2));
    }
    dy += bytes;
    x += bytes;
    dx += bytes;
    mean += 4;
    scale += 4;
  }
}
