import { arenaAlloc } from "../memory";
import { NEVER_ZERO } from "./best";
import { ABSOLUTE, QUANTILE } from "./loss";
import { g, h, l2, learningRate, loss, n, quantile, raw, rows, w, y } from "./problem";
import { boostQuantile } from "./quantile";

// Values of leaves, from the rows' numbers as they are, not from the rounded sums of histograms.

let residuals: usize = 0; // f64 [n], and the weights beside them

export function leafOpen(): void {
  residuals = arenaAlloc((<usize>n) << 4);
}

/**
 * Writes the leaf of rows[start] to rows[start + count - 1], as in tree.ts, and adds its value to their raw
 * predictions, which begin `plane` bytes into raw, g and h.
 */
export function leafWrite(start: i32, count: i32, written: usize, plane: usize): void {
  const run = rows + ((<usize>start) << 2);
  const value =
    learningRate * (loss === ABSOLUTE || loss === QUANTILE ? middle(run, count) : newton(run, count, plane));
  store<i32>(written, -1);
  store<i32>(written, count, 4);
  store<f64>(written, value, 8);
  for (let j: usize = 0; j < <usize>count; j++) {
    const at = raw + plane + ((<usize>load<u32>(run + (j << 2))) << 3);
    store<f64>(at, load<f64>(at) + value);
  }
}

/** -G / (H + l2), from g and h as they are. */
function newton(run: usize, count: i32, plane: usize): f64 {
  let G: f64 = 0;
  let H: f64 = 0;
  for (let j: usize = 0; j < <usize>count; j++) {
    const at = plane + ((<usize>load<u32>(run + (j << 2))) << 3);
    G += load<f64>(g + at);
    H += load<f64>(h + at);
  }
  return 0 - G / (H + l2 + NEVER_ZERO);
}

/** The quantile of y - raw. */
function middle(run: usize, count: i32): f64 {
  const weights = w ? residuals + ((<usize>n) << 3) : 0;
  for (let j: usize = 0; j < <usize>count; j++) {
    const at = (<usize>load<u32>(run + (j << 2))) << 3;
    store<f64>(residuals + (j << 3), load<f64>(y + at) - load<f64>(raw + at));
    if (w) store<f64>(weights + (j << 3), load<f64>(w + at));
  }
  return boostQuantile(residuals, weights, count, quantile);
}
