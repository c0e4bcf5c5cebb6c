import type { Core } from "../wasm/core.ts";
import { gram, multiply } from "../wasm/linalg.ts";
import { exp, log } from "../wasm/math.ts";
import { type CmaesState, factor } from "./cmaes-state.ts";

// How much of each generation's step is taken, by the signal that the last steps had beside their noise.
// Source: Nomura, Akimoto and Ono, "CMA-ES with learning rate adaptation: can CMA-ES with default population size solve
// multimodal and noisy problems?" (GECCO 2023), with its constants.

const SIGNAL_TO_NOISE = 1.4;
const MEAN_MEMORY = 0.1;
const COVARIANCE_MEMORY = 0.03;
const DAMPING = 0.1;

/** Moving averages of the steps of one part of the distribution, in the coordinates in which it is the unit one. */
export interface Drift {
  readonly average: Float64Array;
  /** Of the squared lengths. */
  readonly power: number;
  /** The learning rate, at most 1. */
  readonly rate: number;
}

export interface LearningRates {
  readonly mean: Drift;
  readonly covariance: Drift;
}

/** Full rates; `size` is the length of C. */
export function fullRates(n: number, size: number): LearningRates {
  const drift = (length: number): Drift => ({ average: new Float64Array(length), power: 0, rate: 1 });
  return { mean: drift(n), covariance: drift(size) };
}

/**
 * The state `after` one generation (its factors still those of `before`) with its steps shortened, and its rates;
 * null where the numbers left the range of floating point.
 */
export function withLearningRate(
  core: Core,
  before: CmaesState,
  after: CmaesState,
  rates: LearningRates,
): { readonly state: CmaesState; readonly rates: LearningRates } | null {
  const n = before.mean.length;
  const step = after.mean.map((m, j) => m - (before.mean[j] as number));
  const old = before.C.map((c) => before.sigma * before.sigma * c);
  const change = after.C.map((c, k) => after.sigma * after.sigma * c - (old[k] as number));
  const local = inUnits(core, before, step, change);
  const mean = adapted(core, rates.mean, local.step, MEAN_MEMORY);
  const covariance = adapted(core, rates.covariance, local.change, COVARIANCE_MEMORY);
  const whole = old.map((c, k) => c + covariance.rate * (change[k] as number));
  const factors = factor(core, whole, n);
  if (factors === null) return null;
  // sigma takes the determinant, C the shape.
  const size = exp(core, factors.D.reduce((sum, d) => sum + log(core, d), 0) / n);
  const sigma = (size * rates.mean.rate) / mean.rate;
  if (!(sigma > 0 && sigma < Number.POSITIVE_INFINITY)) return null;
  const state = {
    ...after,
    mean: before.mean.map((m, j) => m + mean.rate * (step[j] as number)),
    sigma,
    C: whole.map((c) => c / (size * size)),
    B: factors.B,
    D: factors.D.map((d) => d / size),
  };
  return { state, rates: { mean, covariance } };
}

/** The steps of the mean and the covariance where `before` is the standard normal distribution. */
function inUnits(
  core: Core,
  { B, D, sigma }: CmaesState,
  step: Float64Array,
  change: Float64Array,
): { readonly step: Float64Array; readonly change: Float64Array } {
  const n = D.length;
  const scale = 1 / (sigma * sigma * Math.sqrt(2));
  if (B === null) {
    return {
      step: step.map((s, j) => s / (sigma * (D[j] as number))),
      change: change.map((c, j) => (scale * c) / ((D[j] as number) * (D[j] as number))),
    };
  }
  // W = C^(-1/2), the symmetric root: the eigenvectors turn from one generation to the next.
  const roots = B.map((b, k) => b / Math.sqrt(D[Math.floor(k / n)] as number));
  const W = gram(core, { data: roots, rows: n, cols: n });
  const inner = multiply(core, W, multiply(core, { data: change, rows: n, cols: n }, W));
  return {
    step: multiply(core, W, { data: step, rows: n, cols: 1 }).data.map((s) => s / sigma),
    change: inner.data.map((c) => scale * c),
  };
}

function adapted(core: Core, { average, power, rate }: Drift, local: Float64Array, memory: number): Drift {
  const next = average.map((e, k) => (1 - memory) * e + memory * (local[k] as number));
  const nextPower = (1 - memory) * power + memory * squaredLength(local);
  const signal = squaredLength(next);
  const noise = nextPower - signal;
  // Steps of length 0 say nothing.
  const ratio = noise > 0 ? (signal - (memory / (2 - memory)) * nextPower) / noise : SIGNAL_TO_NOISE * rate;
  const surplus = Math.min(Math.max(ratio / SIGNAL_TO_NOISE / rate - 1, -1), 1);
  const grown = rate * exp(core, Math.min(DAMPING * rate, memory) * surplus);
  return { average: next, power: nextPower, rate: Math.min(grown, 1) };
}

function squaredLength(x: Float64Array): number {
  let sum = 0;
  for (const v of x) sum += v * v;
  return sum;
}
