import { log } from "../math/log";
import { log1p } from "../math/log1p";
import { raised } from "./curve";

// How likely the numbers of a column are, were they normal once transformed by `curve` with a given lambda.
//   loss = n/2 log var(z) - (lambda - 1) sum_i sign(x_i) l_i,  l = log(1 + |x|); for Box-Cox l = log x and no sign
// Numbers of one sign are raised about their mean logarithm, z = (exp(lambda (l - m)) - 1) / lambda, which takes the
// factor exp(lambda m) out of var(z): it then neither overflows nor cancels.
// Ref:  Yeo & Johnson (2000), section 3.  Golden: test/vectors/preprocessing-cases.json

/**
 * In: x [n] without NaN, > 0 for Box-Cox. Out: l [n], with the sign of x for Yeo-Johnson.
 */
export function logarithms(x: usize, n: i32, boxCox: bool, l: usize): void {
  for (let i = 0; i < n; i++) {
    const at = (<usize>i) << 3;
    const value = load<f64>(x + at);
    store<f64>(l + at, boxCox ? log(value) : copysign<f64>(log1p(abs(value)), value));
  }
}

/**
 * In: l [n] of `logarithms`, n >= 1. Out: the loss, Infinity where it is no number; z [n] is room to work in.
 */
export function loss(l: usize, n: i32, boxCox: bool, lambda: f64, z: usize): f64 {
  let slope: f64 = 0;
  let size: f64 = 0;
  let negatives = 0;
  for (let i = 0; i < n; i++) {
    const value = load<f64>(l + ((<usize>i) << 3));
    slope += value;
    size += boxCox ? value : abs(value);
    if (!boxCox && value < 0) negatives++;
  }
  const shift = negatives == 0 || negatives == n ? size / <f64>n : 0;
  let sum: f64 = 0;
  for (let i = 0; i < n; i++) {
    const at = (<usize>i) << 3;
    const value = load<f64>(l + at);
    const below = !boxCox && value < 0;
    const power = below ? -raised(-value - shift, 2 - lambda) : raised(value - shift, lambda);
    store<f64>(z + at, power);
    sum += power;
  }
  const mean = sum / <f64>n;
  let squares: f64 = 0;
  for (let i = 0; i < n; i++) {
    const distance = load<f64>(z + ((<usize>i) << 3)) - mean;
    squares += distance * distance;
  }
  const stretch = 2 * shift * (negatives == n ? 2 - lambda : lambda);
  const value = 0.5 * <f64>n * (log(squares / <f64>n) + stretch) - (lambda - 1) * slope;
  return abs(value) < Infinity ? value : Infinity;
}
