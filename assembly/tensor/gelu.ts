import { put, take } from "./lanes";
import { sigmoid4, sigmoidSlope4 } from "./sigmoid-tanh";

// The Gaussian error linear unit in its tanh form, entry by entry:  y = x sigmoid(a x (1 + b x^2)),  a = 2 sqrt(2 / pi)
// In:   x [n]
// Out:  y [n], which may be x
// Ref:  Hendrycks & Gimpel (2016)
export function gelu(n: i32, x: usize, y: usize): void {
  const bytes = (<usize>n) << 2;
  for (let i: usize = 0; i < bytes; ) {
    const four = i + 16 <= bytes;
    const value = take(x + i, four);
    put(y + i, f32x4.mul(value, gate4(value)), four);
    i += four ? 16 : 4;
  }
}

// Its gradient.  In:  dy, x [n].  Out:  dx [n], which may be dy
export function geluGradient(n: i32, dy: usize, x: usize, dx: usize): void {
  const bytes = (<usize>n) << 2;
  for (let i: usize = 0; i < bytes; ) {
    const four = i + 16 <= bytes;
    const value = take(x + i, four);
    const gate = gate4(value);
    const slope = f32x4.mul(value, f32x4.mul(polynomial4(value, 3), sigmoidSlope4(gate)));
    put(dx + i, f32x4.mul(take(dy + i, four), f32x4.add(gate, slope)), four);
    i += four ? 16 : 4;
  }
}

function gate4(x: v128): v128 {
  return sigmoid4(f32x4.mul(x, polynomial4(x, 1)));
}

// a (1 + times b x^2)
function polynomial4(x: v128, times: f32): v128 {
  const a: f32 = 1.5957691216057308;
  const b: f32 = 0.044715;
  return f32x4.add(f32x4.mul(f32x4.mul(x, x), f32x4.splat(a * b * times)), f32x4.splat(a));
}
