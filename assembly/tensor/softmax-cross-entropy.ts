import { exp4, log1, sum4 } from "./exp-log";

// The cross entropy of softmax(x) against the labels, and its gradient, row by row:
//   loss = (sum_j t_j) log(sum_j e^(x_j - max)) - sum_j t_j (x_j - max);   g_j = (sum_k t_k) softmax(x)_j - t_j
// In:   x [rows, n] of finite logits, n >= 1;  labels t [rows, n]
// Out:  loss [rows];  g [rows, n], must not overlap the inputs
export function softmaxCrossEntropy(rows: i32, n: i32, x: usize, t: usize, loss: usize, g: usize): void {
  const bytes = (<usize>n) << 2;
  const even = bytes & ~15;
  for (let i = 0; i < rows; i++) {
    let top = load<f32>(x);
    for (let j: usize = 4; j < bytes; j += 4) top = max(top, load<f32>(x + j));
    let sums = f32x4.splat(0);
    let labels = f32x4.splat(0);
    let products = f32x4.splat(0);
    for (let j: usize = 0; j < even; j += 16) {
      const shifted = f32x4.sub(v128.load(x + j), f32x4.splat(top));
      const label = v128.load(t + j);
      const e = exp4(shifted);
      v128.store(g + j, e);
      sums = f32x4.add(sums, e);
      labels = f32x4.add(labels, label);
      products = f32x4.add(products, f32x4.mul(label, shifted));
    }
    let sum = sum4(sums);
    let mass = sum4(labels);
    let product = sum4(products);
    for (let j = even; j < bytes; j += 4) {
      const shifted = load<f32>(x + j) - top;
      const label = load<f32>(t + j);
      const e = f32x4.extract_lane(exp4(f32x4.splat(shifted)), 0);
      store<f32>(g + j, e);
      sum += e;
      mass += label;
      product += label * shifted;
    }
    store<f32>(loss, mass * log1(sum) - product);
    const scale = mass / sum;
    for (let j: usize = 0; j < even; j += 16) {
      v128.store(g + j, f32x4.sub(f32x4.mul(v128.load(g + j), f32x4.splat(scale)), v128.load(t + j)));
    }
    for (let j = even; j < bytes; j += 4) store<f32>(g + j, load<f32>(g + j) * scale - load<f32>(t + j));
    x += bytes;
    t += bytes;
    g += bytes;
    loss += 4;
  }
}
