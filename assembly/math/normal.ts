import { exp } from "./exp";
import { log } from "./log";
import { log1p } from "./log1p";
import { ERF_TABLE, MILLS_TABLE } from "./normal-table";
import { polynomial } from "./polynomial";

// The error function and the standard normal distribution function Phi.
//   Phi(-x) = exp(-x^2 / 2) m(x), x >= 0
// m is smooth and slowly falling (sqrt(2 pi) times it is Mills' ratio): (x + 4) m(x) is a polynomial in
// (x - 4) / (x + 4), which maps [0, Infinity] to [-1, 1]; so every tail keeps its relative accuracy.
// Ref: M. M. Shepherd & J. G. Laframboise, "Chebyshev approximation of (1 + 2x) exp(x^2) erfc x"
// (Math. Comp. 36, 1981) for the map.  Golden: test/vectors/math.json

/** exp(x^2 / 2) Phi(-x), x >= 0; 0 at Infinity. Error: that of normalCdf at most. */
export function millsScaled(x: f64): f64 {
  const w = 1.0 / (x + 4.0);
  return w * polynomial(MILLS_TABLE, 14, 1.0 - 8.0 * w);
}

/** exp(-x^2 / 2), with the rounding of x^2 made good. */
export function gaussian(x: f64): f64 {
  const square = x * x;
  if (!(square < 1500.0)) return exp(-0.5 * square);
  // Veltkamp's split of x into two halves of 26 bits gives the part of x^2 that was rounded away.
  const scaled = 134217729.0 * x;
  const high = scaled - (scaled - x);
  const low = x - high;
  const lost = high * high - square + 2.0 * high * low + low * low;
  const rounded = exp(-0.5 * square);
  return rounded - 0.5 * lost * rounded;
}

/** The error function. Error: < 3 ULP. */
export function erf(x: f64): f64 {
  const size = abs(x);
  if (size <= 1.0) return x * polynomial(ERF_TABLE, 7, 2.0 * x * x - 1.0);
  const tail = 2.0 * exp(-x * x) * millsScaled(Math.SQRT2 * size);
  return copysign<f64>(1.0 - (size >= 6.0 ? 0.0 : tail), x);
}

/** P(Z <= x), Z standard normal. Error: < 8 ULP down to the smallest normal result (x = -37.5). */
export function normalCdf(x: f64): f64 {
  const tail = normalTail(abs(x));
  return x > 0 ? 1.0 - tail : tail;
}

/** P(Z > x), x >= 0. */
function normalTail(x: f64): f64 {
  return x > 40.0 ? 0.0 : gaussian(x) * millsScaled(x);
}

/** log P(Z <= x). Error: < 7 ULP wherever the result is finite (x > -1e154) and normal. */
export function normalLogCdf(x: f64): f64 {
  if (x > 0) return log1p(0.0 - normalTail(x));
  return log(millsScaled(-x)) - 0.5 * x * x;
}
