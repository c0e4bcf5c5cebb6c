import { dot } from "../linalg/dot";
import { gemv } from "../linalg/gemv";
import { kernelTrainingRow, kernelSelf } from "./kernel";

// Where the kernel rows of the binary problem at hand come from: copied out of a kernel matrix that is
// there already, or computed from the samples. The l samples of the problem stand at positions that
// `sourceSwap` exchanges, as the solver moves those it has put aside to the end.

let order: usize = 0; // i32 [l], the sample at each position
let swapped: bool = false; // whether `order` has left its first form, two runs of consecutive samples

let matrix: usize = 0; // K [n, n] of all samples, or 0
let diagonal: usize = 0; // with a matrix: [n], K_ii unrounded
let n: i32 = 0;
let first: i32 = 0; // length of the first run

let samples: usize = 0; // without a matrix: Z [l, d] by position, norms [l] by position
let norms: usize = 0;
let d: i32 = 0;

/** Takes rows from K [n, n] and its diagonal, as `gramFill` leaves them; order [l] names the samples: `firstRun` consecutive ones, then the rest consecutive. */
export function sourceFromMatrix(K: usize, Kii: usize, newN: i32, newOrder: usize, firstRun: i32): void {
  matrix = K;
  diagonal = Kii;
  n = newN;
  order = newOrder;
  first = firstRun;
  swapped = false;
}

/** Computes rows from Z [l, d], which is reordered by swaps; norms [l] is workspace. */
export function sourceFromSamples(Z: usize, newD: i32, newOrder: usize, l: i32, workspace: usize): void {
  matrix = 0;
  samples = Z;
  norms = workspace;
  d = newD;
  order = newOrder;
  for (let t = 0; t < l; t++) {
    const z = sample(t);
    store<f64>(at(norms, t), dot(z, z, d));
  }
}

/** K_tt, unrounded. */
export function sourceDiagonal(t: i32): f64 {
  if (matrix !== 0) return load<f64>(at(diagonal, sampleAt(t)));
  return kernelSelf(load<f64>(at(norms, t)));
}

/** Writes K_ts into row[s] for from <= s < to. */
export function sourceRow(t: i32, from: i32, to: i32, row: usize): void {
  if (from >= to) return;
  if (matrix !== 0) {
    copyRow(matrixRow(t), from, to, row);
    return;
  }
  gemv(sample(from), d, to - from, d, sample(t), at(row, from));
  kernelTrainingRow(at(row, from), to - from, load<f64>(at(norms, t)), at(norms, from));
}

/** Exchanges positions s and t. */
export function sourceSwap(s: i32, t: i32): void {
  swapped = true;
  const kept = sampleAt(s);
  store<i32>(order + ((<usize>s) << 2), sampleAt(t));
  store<i32>(order + ((<usize>t) << 2), kept);
  if (matrix !== 0) return;
  swapF64(at(norms, s), at(norms, t));
  let a = sample(s);
  let b = sample(t);
  for (let j = 0; j < d; j++) {
    swapF64(a, b);
    a += 8;
    b += 8;
  }
}

function copyRow(line: usize, from: i32, to: i32, row: usize): void {
  if (swapped) {
    for (let s = from; s < to; s++) store<f64>(at(row, s), load<f64>(at(line, sampleAt(s))));
    return;
  }
  const split = min(max(first, from), to);
  if (from < split) memory.copy(at(row, from), at(line, sampleAt(from)), (<usize>(split - from)) << 3);
  if (split < to) memory.copy(at(row, split), at(line, sampleAt(split)), (<usize>(to - split)) << 3);
}

function matrixRow(t: i32): usize {
  return matrix + ((<usize>sampleAt(t) * <usize>n) << 3);
}

function sample(t: i32): usize {
  return samples + ((<usize>t * <usize>d) << 3);
}

function sampleAt(t: i32): i32 {
  return load<i32>(order + ((<usize>t) << 2));
}

function at(x: usize, i: i32): usize {
  return x + ((<usize>i) << 3);
}

/** Exchanges two numbers in memory. */
export function swapF64(a: usize, b: usize): void {
  const kept = load<f64>(a);
  store<f64>(a, load<f64>(b));
  store<f64>(b, kept);
}
