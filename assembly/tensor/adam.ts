// A step of Adam:  m = b1 m + (1 - b1) g;  v = b2 v + (1 - b2) g^2;  to = w - rate (m / c1) / (sqrt(v / c2) + epsilon)
// Moments below TINY, and g^2 where that of g would come near the numbers below the normal ones, are 0: arithmetic on those is
// many times as slow, and moments of units that have died, which fall by b1 and b2 a step, would end there for good. Beside
// epsilon, 1e-7 as a rule, they change nothing.
// In:   w, m, v, g [n];  c1 = 1 - b1^t and c2 = 1 - b2^t at step t
// Out:  m and v in place;  to [n], which may be w
// Ref:  Kingma & Ba (2015), algorithm 1
const TINY: f32 = 7.888609052210118e-31; // 2^-100
const TINY_SLOPE: f32 = 1.3877787807814457e-17; // 2^-56

export function adam(
  n: i32,
  w: usize,
  m: usize,
  v: usize,
  g: usize,
  to: usize,
  rate: f32,
  b1: f32,
  b2: f32,
  c1: f32,
  c2: f32,
  epsilon: f32,
): void {
  const end = w + ((<usize>n) << 2);
  const rest1: f32 = 1 - b1;
  const rest2: f32 = 1 - b2;
  for (; w + 16 <= end; w += 16, m += 16, v += 16, g += 16, to += 16) {
    const slope = without4(v128.load(g), TINY);
    const large = without4(slope, TINY_SLOPE);
    const m1 = without4(
      f32x4.add(f32x4.mul(f32x4.splat(b1), v128.load(m)), f32x4.mul(f32x4.splat(rest1), slope)),
      TINY,
    );
    const v1 = without4(
      f32x4.add(f32x4.mul(f32x4.splat(b2), v128.load(v)), f32x4.mul(f32x4.splat(rest2), f32x4.mul(large, large))),
      TINY,
    );
    v128.store(m, m1);
    v128.store(v, v1);
    const root = f32x4.add(f32x4.sqrt(f32x4.div(v1, f32x4.splat(c2))), f32x4.splat(epsilon));
    const step = f32x4.mul(f32x4.splat(rate), f32x4.div(f32x4.div(m1, f32x4.splat(c1)), root));
    v128.store(to, f32x4.sub(v128.load(w), step));
  }
  for (; w < end; w += 4, m += 4, v += 4, g += 4, to += 4) {
    const slope = without(load<f32>(g), TINY);
    const large = without(slope, TINY_SLOPE);
    const m1 = without(b1 * load<f32>(m) + rest1 * slope, TINY);
    const v1 = without(b2 * load<f32>(v) + rest2 * (large * large), TINY);
    store<f32>(m, m1);
    store<f32>(v, v1);
    store<f32>(to, load<f32>(w) - rate * (m1 / c1 / (sqrt<f32>(v1 / c2) + epsilon)));
  }
}

// x, or 0 where its magnitude is below `least`; NaN stays.
function without(x: f32, least: f32): f32 {
  return abs<f32>(x) < least ? 0 : x;
}

function without4(x: v128, least: f32): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(least)));
}
