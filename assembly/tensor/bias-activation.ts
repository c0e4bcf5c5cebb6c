// X = f(X + bias) in place, with the bias added to each row once.
// In:   X [m, n];  bias [n], or 0 for none
//       activation: 0 none, 1 max(x, 0), 2 min(max(x, 0), 6), 3 x < 0 ? alpha x : x
export function biasActivation(m: i32, n: i32, X: usize, bias: usize, activation: i32, alpha: f32): void {
  for (let i = 0; i < m; i++) {
    let j = 0;
    for (; j + 4 <= n; j += 4) {
      const at = (<usize>j) << 2;
      const x = v128.load(X + at);
      v128.store(X + at, activate(bias ? f32x4.add(x, v128.load(bias + at)) : x, activation, alpha));
    }
    for (; j < n; j++) {
      const at = (<usize>j) << 2;
      const x = load<f32>(X + at);
      const value = f32x4.splat(bias ? x + load<f32>(bias + at) : x);
      store<f32>(X + at, f32x4.extract_lane(activate(value, activation, alpha), 0));
    }
    X += (<usize>n) << 2;
  }
}

function activate(x: v128, activation: i32, alpha: f32): v128 {
  const zero = f32x4.splat(0);
  if (activation == 1) return f32x4.max(x, zero);
  if (activation == 2) return f32x4.min(f32x4.max(x, zero), f32x4.splat(6));
  if (activation == 3) return v128.bitselect(f32x4.mul(x, f32x4.splat(alpha)), x, f32x4.lt(x, zero));
  return x;
}
