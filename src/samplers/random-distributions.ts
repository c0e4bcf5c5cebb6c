import { type Distribution, nearest } from "../core/distribution.ts";
import { expectNumber, show, VernierError } from "../core/errors.ts";
import type { Core } from "../wasm/core.ts";
import { exp, log } from "../wasm/math.ts";
import { truncatedNormalQuantiles } from "../wasm/random.ts";

/** Normal with the given mean and standard deviation; made by `normal()`. */
export interface NormalDistribution {
  readonly type: "normal";
  readonly mean: number;
  readonly sd: number;
}

/** The logarithm is normal with the given mean and standard deviation; made by `logNormal()`. */
export interface LogNormalDistribution {
  readonly type: "logNormal";
  readonly mean: number;
  readonly sd: number;
}

/** Probabilities of a choice's values, in their order; made by `weights()`. */
export interface WeightsDistribution {
  readonly type: "weights";
  readonly weights: readonly number[];
}

/**
 * Any distribution by its quantile function: non-decreasing in u, 0 <= u < 1. For the same answer in every
 * runtime it must not call functions whose last bits differ between engines (`Math.exp`, `Math.log`, ...).
 */
export interface QuantileDistribution {
  quantile(u: number): number;
}

/** How `random()` draws a parameter. */
export type RandomDistribution =
  | NormalDistribution
  | LogNormalDistribution
  | WeightsDistribution
  | QuantileDistribution;

/** The normal distribution, cut off at the parameter's bounds. */
export function normal(mean: number, sd: number): NormalDistribution {
  return { type: "normal", mean: expectNumber("mean", mean), sd: expectSd(sd) };
}

/** The distribution whose natural logarithm is normal with this mean and standard deviation, cut off at the bounds. */
export function logNormal(mean: number, sd: number): LogNormalDistribution {
  return { type: "logNormal", mean: expectNumber("mean", mean), sd: expectSd(sd) };
}

/** Relative weights of a choice's values (or branches), in their order; they need not sum to one. */
export function weights(list: readonly number[]): WeightsDistribution {
  list.forEach((weight, i) => expectNumber(`weights[${i}]`, weight, "a finite number >= 0", (w) => w >= 0));
  const total = list.reduce((sum, weight) => sum + weight, 0);
  expectNumber("weights", total, "weights with a positive, finite sum", (sum) => sum > 0);
  return { type: "weights", weights: [...list] };
}

const expectSd = (sd: number): number => expectNumber("sd", sd, "a finite number > 0", (value) => value > 0);

/** Throws `invalid-space` unless `random` suits the parameter `name` and reaches its range. */
export function checkRandomDistribution(name: string, distribution: Distribution, random: RandomDistribution): void {
  expectSuited(name, distribution, random);
  if ("weights" in random) return;
  const interval = intervalOf(distribution as NumericDistribution);
  if (!("type" in random)) cutQuantile(name, random, interval, 0);
  else if (random.type === "logNormal") expectPositive(name, interval);
}

/** The internal value at u, 0 <= u < 1: cut off at the bounds, rounded to the step. */
export function drawRandom(
  core: Core,
  name: string,
  distribution: Distribution,
  random: RandomDistribution,
  u: number,
): number {
  expectSuited(name, distribution, random);
  if ("weights" in random) return drawWeighted(random.weights, u);
  const interval = intervalOf(distribution as NumericDistribution);
  return nearest(distribution, drawNumber(core, name, random, interval, u));
}

type NumericDistribution = Exclude<Distribution, { readonly type: "categorical" }>;

interface Interval {
  readonly low: number;
  readonly high: number;
}

// A stepped value stands for the interval of numbers that are rounded to it.
function intervalOf({ low, high, step }: NumericDistribution): Interval {
  const margin = (step ?? 0) / 2;
  return { low: low - margin, high: high + margin };
}

function expectSuited(name: string, distribution: Distribution, random: RandomDistribution): void {
  if (!isRandomDistribution(random)) {
    refuse(name, "normal(), logNormal(), weights() or { quantile(u) }", show(random));
  }
  const forChoice = "weights" in random;
  if (distribution.type === "categorical") {
    const count = distribution.choices.length;
    if (!forChoice) refuse(name, `weights() of ${count} numbers for a choice`, describe(random));
    if (random.weights.length !== count) refuse(name, `${count} weights`, `${random.weights.length}`);
  } else if (forChoice) {
    refuse(name, "normal(), logNormal() or { quantile(u) } for a number", "weights()");
  }
}

function expectPositive(name: string, { high }: Interval): void {
  if (high <= 0) refuse(name, "an upper bound above 0 for logNormal()", String(high));
}

function drawNumber(
  core: Core,
  name: string,
  random: Exclude<RandomDistribution, WeightsDistribution>,
  { low, high }: Interval,
  u: number,
): number {
  if (!("type" in random)) return cutQuantile(name, random, { low, high }, u);
  if (random.type === "normal") return cutNormal(core, random, { low, high }, u);
  expectPositive(name, { low, high });
  const logs = { low: low > 0 ? log(core, low) : Number.NEGATIVE_INFINITY, high: log(core, high) };
  return exp(core, cutNormal(core, random, logs, u));
}

function drawWeighted(weights: readonly number[], u: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let rest = u * total;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number;
    if (weight === 0) continue;
    if (rest < weight) return i;
    rest -= weight;
    last = i;
  }
  return last;
}

function cutNormal(
  core: Core,
  { mean, sd }: { readonly mean: number; readonly sd: number },
  { low, high }: Interval,
  u: number,
): number {
  const batch = { mu: [mean], sigma: [sd], low: [low], high: [high] };
  return truncatedNormalQuantiles(core, batch, [u])[0] as number;
}

// The part of [0, 1] that the quantile function sends into the interval, by bisection.
function cutQuantile(name: string, random: QuantileDistribution, { low, high }: Interval, u: number): number {
  const at = (v: number): number => {
    const value = random.quantile(v);
    if (typeof value === "number" && !Number.isNaN(value)) return value;
    refuse(name, `a number from quantile(${v})`, show(value));
  };
  const from = firstWhere((v) => at(v) >= low);
  const to = firstWhere((v) => at(v) > high);
  if (from >= to) refuse(name, `a distribution with values from ${low} to ${high}`, "none in that range");
  return at(Math.min(from + u * (to - from), belowOne));
}

const belowOne = 1 - Number.EPSILON / 2;

// The least v in [0, 1) where a condition that never turns false again holds; 1 when it nowhere does.
function firstWhere(holds: (v: number) => boolean): number {
  if (holds(0)) return 0;
  if (!holds(belowOne)) return 1;
  let no = 0;
  let yes = belowOne;
  for (let i = 0; i < 60; i++) {
    const middle = (no + yes) / 2;
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}

function isRandomDistribution(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { type, quantile } = value as { type?: unknown; quantile?: unknown };
  return type === undefined
    ? typeof quantile === "function"
    : ["normal", "logNormal", "weights"].includes(type as string);
}

function describe(random: RandomDistribution): string {
  return "type" in random ? `${random.type}()` : "{ quantile(u) }";
}

function refuse(name: string, expected: string, got: string): never {
  throw new VernierError("invalid-space", `"distributions.${name}": expected ${expected}, got ${got}`);
}
