import { exp } from "../math/exp";
import { expm1 } from "../math/expm1";
import { log } from "../math/log";
import { log1p } from "../math/log1p";

// Power transforms of the columns of a table, x to z and back.
//   Box-Cox (x > 0):  z = (x^lambda - 1) / lambda, log x at lambda = 0
//   Yeo-Johnson:      that of x + 1 for x >= 0; for x < 0 minus that of 1 - x with 2 - lambda in lambda's place
// In:   x [rows, cols] row-major, NaN stays NaN; lambda [cols]
// Out:  z [rows, cols], may be x; NaN where there is no x for a z. Error: about (3 + |lambda log x|) ULP.
// Ref:  Box & Cox (1964), An analysis of transformations; Yeo & Johnson (2000), A new family of power
//       transformations to improve normality or symmetry.  Golden: test/vectors/preprocessing-cases.json

export function transform(x: usize, rows: i32, cols: i32, lambda: usize, boxCox: bool, z: usize): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const at = (<usize>(i * cols + j)) << 3;
      store<f64>(z + at, raisedOne(load<f64>(x + at), load<f64>(lambda + ((<usize>j) << 3)), boxCox));
    }
  }
}

export function invert(z: usize, rows: i32, cols: i32, lambda: usize, boxCox: bool, x: usize): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const at = (<usize>(i * cols + j)) << 3;
      store<f64>(x + at, loweredOne(load<f64>(z + at), load<f64>(lambda + ((<usize>j) << 3)), boxCox));
    }
  }
}

/** (exp(lambda l) - 1) / lambda, l at lambda = 0. */
export function raised(l: f64, lambda: f64): f64 {
  return lambda == 0 ? l : expm1(l * lambda) / lambda;
}

function raisedOne(x: f64, lambda: f64, boxCox: bool): f64 {
  if (boxCox) return raised(log(x), lambda);
  return x < 0 ? -raised(log1p(-x), 2 - lambda) : raised(log1p(x), lambda);
}

function loweredOne(z: f64, lambda: f64, boxCox: bool): f64 {
  if (boxCox) return exp(lowered(z, lambda));
  return z < 0 ? -expm1(lowered(-z, 2 - lambda)) : expm1(lowered(z, lambda));
}

/** The l of which `raised` makes z. */
function lowered(z: f64, lambda: f64): f64 {
  return lambda == 0 ? z : log1p(z * lambda) / lambda;
}
