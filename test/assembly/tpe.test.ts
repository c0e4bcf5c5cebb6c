import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Distribution } from "../../src/core/distribution.ts";
import { cardinality, contains, valueAt } from "../../src/core/distribution.ts";
import { uniforms } from "../../src/wasm/random.ts";
import {
  type Observations,
  type ParzenSettings,
  tpeLogDensity,
  tpeParzen,
  tpeSample,
  tpeSuggest,
} from "../../src/wasm/tpe.ts";
import { cores, kernels as core } from "../support/cores.ts";
import { history100, historySpace } from "../support/history100.ts";
import { vectors } from "../support/vectors.ts";

interface GoldenEstimator {
  readonly weights: readonly number[];
  readonly distributions: readonly {
    readonly mu: readonly number[];
    readonly sigma: readonly number[];
    readonly weights?: readonly (readonly number[])[];
  }[];
  readonly log_pdf: readonly number[];
}
const golden = vectors<{ readonly estimators: Record<"univariate" | "multivariate", GoldenEstimator> }>(
  "tpe-parzen.json",
);

const standard: ParzenSettings = { priorWeight: 1, magicClip: true, endpoints: false };
const distributions = historySpace.map((param) => param.distribution);

function observations(rows: readonly (readonly number[])[], weights?: readonly number[]): Observations {
  const count = rows.length;
  const d = rows[0]?.length ?? 0;
  const values = new Float64Array(d * count);
  rows.forEach((row, i) => row.forEach((value, j) => (values[j * count + i] = value)));
  return { count, values, weights: weights ?? new Float64Array(count).fill(1) };
}
const golden100 = history100.map((trial) => historySpace.map((param) => trial.internal[param.name] as number));
const first12 = observations(golden100.slice(0, 12));

/** Lower end and width of the range whose unit interval the kernel works in. */
function range(distribution: Distribution): { low: number; width: number } {
  if (distribution.type === "categorical") return { low: 0, width: 1 };
  const margin = (distribution.step ?? 0) / 2;
  const ends = [distribution.low - margin, distribution.high + margin] as const;
  const [low, high] = distribution.log ? (ends.map(Math.log) as [number, number]) : ends;
  return { low, width: high - low };
}

/** Relative where the expected number is large, else absolute. */
const error = (actual: number | undefined, expected: number | undefined): number =>
  Math.abs(actual! - expected!) / Math.max(1, Math.abs(expected!));

describe.each(cores)("against Optuna ($build)", ({ core }) => {
  test.each(["univariate", "multivariate"] as const)("the %s estimator of twelve trials", (mode) => {
    const reference = golden.estimators[mode];
    const groups = mode === "multivariate" ? [[0, 1, 2, 3, 4]] : [[0], [1], [2], [3], [4]];
    for (const group of groups) {
      const own = group.map((j) => distributions[j] as Distribution);
      const rows = golden100.slice(0, 12).map((row) => group.map((j) => row[j] as number));
      const { weights, mu, sigma } = tpeParzen(core, own, observations(rows), standard);
      reference.weights.forEach((weight, k) => expect(error(weights[k] as number, weight)).toBeLessThan(1e-9));
      group.forEach((j, place) => {
        const theirs = reference.distributions[j] as GoldenEstimator["distributions"][number];
        if (theirs.weights !== undefined) return;
        const { low, width } = range(distributions[j] as Distribution);
        theirs.mu.forEach((value, k) =>
          expect(error(low + width * (mu[place * 13 + k] as number), value)).toBeLessThan(1e-9),
        );
        theirs.sigma.forEach((value, k) =>
          expect(error(width * (sigma[place * 13 + k] as number), value)).toBeLessThan(1e-9),
        );
      });
    }
  });

  test("the weights of categories", () => {
    const own = [distributions[3] as Distribution];
    const theirs = golden.estimators.univariate.distributions[3]?.weights as number[][];
    // The estimator of one observation k alone, the prior's weight being one of 12: category c has density
    // (w_k[c] + 1 / 3) / 2.
    golden100.slice(0, 12).forEach((row, k) => {
      const single = { ...observations([[row[3] as number]]), weights: [1] };
      const settings = { ...standard, priorWeight: 2 / 13 };
      const density = tpeLogDensity(core, own, single, settings, Float64Array.of(0, 1, 2)).map(Math.exp);
      density.forEach((p, c) => {
        const weight = (theirs[k] as number[])[c] as number;
        expect(error(p, (weight + 2 / 13 / 3) / (1 + 2 / 13))).toBeLessThan(1e-9);
      });
    });
  });

  test("log densities of trials 50 to 59", () => {
    const at = observations(golden100.slice(50, 60)).values;
    const ours = tpeLogDensity(core, distributions, first12, standard, at);
    // Optuna's density is with respect to the range, ours to the unit interval; masses of cells are the same.
    const scale = [0, 1].reduce((sum, j) => sum + Math.log(range(distributions[j] as Distribution).width), 0);
    golden.estimators.multivariate.log_pdf.forEach((value, c) =>
      expect(error((ours[c] as number) - scale, value)).toBeLessThan(1e-9),
    );
  });
});

// A brute-force reading of the same mixture, in plain numbers.
const normalCdf = (x: number): number => core.exports.mathNormalCdf(x);
function naiveDensity(own: Distribution, seen: Observations, settings: ParzenSettings, value: number): number {
  const { low, width } = range(own);
  const unit = (x: number): number => ((own as { log?: boolean }).log === true ? Math.log(x) - low : x - low) / width;
  const { mu, sigma, weights } = tpeParzen(core, [own], seen, settings);
  const n = seen.count;
  let total = 0;
  for (let k = 0; k <= n; k++) {
    const [m, s] = [mu[k] as number, sigma[k] as number];
    const cdf = (t: number): number => normalCdf((t - m) / s);
    const mass = cdf(1) - cdf(0);
    let density: number;
    if (own.type === "categorical") {
      const miss = settings.priorWeight / (n + 1);
      const count = own.choices.length;
      density = k === n ? 1 / count : (miss + (m === value ? 1 : 0)) / (1 + count * miss);
    } else if (own.step === null) {
      const z = (unit(value) - m) / s;
      density = Math.exp(-0.5 * z * z) / (s * Math.sqrt(2 * Math.PI) * mass);
    } else {
      density = (cdf(unit(value + own.step / 2)) - cdf(unit(value - own.step / 2))) / mass;
    }
    total += (weights[k] as number) * density;
  }
  return total;
}

const kinds: readonly (readonly [string, Distribution])[] = [
  ["real", { type: "float", low: -3, high: 5, log: false, step: null }],
  ["logarithmic", { type: "float", low: 1e-4, high: 10, log: true, step: null }],
  ["stepped", { type: "float", low: -1, high: 1, log: false, step: 0.1 }],
  ["whole", { type: "int", low: 0, high: 9, log: false, step: 1 }],
  ["logarithmic whole", { type: "int", low: 1, high: 60, log: true, step: 1 }],
  ["categorical", { type: "categorical", choices: ["a", "b", "c", "d"] }],
];

/** A value of the distribution from a number in [0, 1). */
function pick(own: Distribution, u: number): number {
  const count = cardinality(own);
  if (count < Number.POSITIVE_INFINITY) return valueAt(own, Math.floor(u * count));
  const { low, high, log } = own as Extract<Distribution, { type: "float" }>;
  return log ? Math.min(low * (high / low) ** u, high) : low + u * (high - low);
}

describe.each(kinds)("a %s parameter", (_, own) => {
  const unitNumbers = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { maxLength: 40 });
  const settings = fc.record({
    priorWeight: fc.constantFrom(0.25, 1, 3),
    magicClip: fc.boolean(),
    endpoints: fc.boolean(),
  });

  test("has the densities of the definition", () => {
    const property = fc.property(unitNumbers, unitNumbers, settings, (seenAt, at, settings) => {
      const seen = observations(seenAt.map((u) => [pick(own, u)]));
      const values = Float64Array.from(at, (u) => pick(own, u));
      const ours = tpeLogDensity(core, [own], seen, settings, values);
      values.forEach((value, c) => {
        const naive = naiveDensity(own, seen, { ...settings }, value);
        // Far out the plain reading loses its digits, or all.
        expect(naive > 1e-5 ? error(ours[c], Math.log(naive)) : 0).toBeLessThan(1e-8);
        expect(ours[c]).toBeLessThan(50);
      });
    });
    fc.assert(property, { numRuns: 60 });
  });

  test("has densities that add up to one", () => {
    const seen = observations(
      [0.1, 0.11, 0.5, 0.5, 0.93].map((u) => [pick(own, u)]),
      [1, 2, 0.5, 1, 1],
    );
    const count = cardinality(own);
    const finite = count < Number.POSITIVE_INFINITY;
    const cells = finite ? count : 20000;
    const values = Float64Array.from({ length: cells }, (_, i) =>
      finite ? valueAt(own, i) : pick(own, (i + 0.5) / cells),
    );
    const logs = tpeLogDensity(core, [own], seen, standard, values);
    const total = logs.reduce((sum, value) => sum + Math.exp(value), 0) / (finite ? 1 : cells);
    expect(error(total, 1)).toBeLessThan(finite ? 1e-12 : 1e-5);
  });

  test.each(cores)("is drawn by its densities ($build)", ({ core }) => {
    const seen = observations(
      [0.05, 0.3, 0.32, 0.32, 0.9].map((u) => [pick(own, u)]),
      [1, 2, 0.5, 1, 1],
    );
    const n = 5000;
    const draws = tpeSample(core, [own], seen, standard, uniforms(core, { seed: 1, trial: 0, purpose: "test" }, 2 * n));
    expect([...draws].every((value) => contains(own, value))).toBe(true);
    // Shares of draws in 16 (or fewer) bins against the integrated density: chi-square.
    const count = cardinality(own);
    const finite = count < Number.POSITIVE_INFINITY;
    const bins = Math.min(16, count);
    const fine = finite ? count : 16000;
    const values = Float64Array.from({ length: fine }, (_, i) =>
      finite ? valueAt(own, i) : pick(own, (i + 0.5) / fine),
    );
    const logs = tpeLogDensity(core, [own], seen, standard, values);
    const expected = new Float64Array(bins);
    logs.forEach((value, i) => (expected[Math.floor((i * bins) / fine)]! += Math.exp(value) / (finite ? 1 : fine)));
    const { low, width } = range(own);
    const place = (value: number): number => {
      if (own.type === "categorical") return value;
      if (finite) return Math.round(own.log ? value - own.low : (value - own.low) / (own.step ?? 1));
      return Math.min(Math.floor((((own.log ? Math.log(value) : value) - low) / width) * fine), fine - 1);
    };
    const observed = new Float64Array(bins);
    for (const value of draws) observed[Math.floor((place(value) * bins) / fine)]!++;
    let statistic = 0;
    expected.forEach((p, i) => (statistic += (observed[i]! - n * p) ** 2 / (n * p)));
    // The 0.999 quantile of chi-square with 15 degrees of freedom.
    expect(statistic).toBeLessThan(37.7);
  });
});

describe("cells of every width", () => {
  test("give masses that agree with the density where they are narrow", () => {
    const seen = (count: number): Observations => observations([0.2, 0.25, 0.8].map((u) => [Math.floor(u * count)]));
    const real: Distribution = { type: "float", low: 0, high: 1, log: false, step: null };
    const density = tpeLogDensity(
      core,
      [real],
      observations([[0.2], [0.25], [0.8]]),
      standard,
      Float64Array.of(0.001, 0.4),
    );
    for (const power of [4, 6, 9, 12, 15]) {
      const count = 10 ** power;
      const whole: Distribution = { type: "int", low: 0, high: count - 1, log: false, step: 1 };
      const at = Float64Array.of(Math.floor(0.001 * count), Math.floor(0.4 * count));
      const masses = tpeLogDensity(core, [whole], seen(count), standard, at);
      masses.forEach((mass, c) =>
        expect(error(mass + Math.log(count), density[c] as number)).toBeLessThan(30 / count + 1e-12),
      );
    }
  });

  test("give masses far out in the tails", () => {
    // 200 observations of 0: bandwidths of a hundredth, and no prior to cover the other end.
    const whole: Distribution = { type: "int", low: 0, high: 49, log: false, step: 1 };
    const seen = observations(Array.from({ length: 200 }, () => [0]));
    const settings = { ...standard, priorWeight: 0 };
    const [last] = tpeLogDensity(core, [whole], seen, settings, Float64Array.of(49));
    // z runs from 97 to 99 standard deviations: log of the tail at 97, over that from -1 to 99.
    const tail =
      core.exports.mathNormalLogCdf(-97) +
      Math.log1p(-Math.exp(core.exports.mathNormalLogCdf(-99) - core.exports.mathNormalLogCdf(-97)));
    expect(error(last as number, tail - Math.log(normalCdf(99) - normalCdf(-1)))).toBeLessThan(1e-10);
  });
});

describe("a suggestion", () => {
  test.each(cores)("is the candidate with the best ratio ($build)", ({ core }) => {
    const property = fc.property(
      fc.nat(),
      fc.constantFrom(1, 23, 24, 25, 70),
      fc.nat(40),
      (seed, candidates, split) => {
        const good = observations(golden100.slice(0, split));
        const other = observations(golden100.slice(split, 60));
        const draws = uniforms(core, { seed, trial: 1, purpose: "test" }, candidates * 6);
        const best = tpeSuggest(core, { distributions, good, other, settings: standard, uniforms: draws });
        const x = tpeSample(core, distributions, good, standard, draws);
        const l = tpeLogDensity(core, distributions, good, standard, x);
        const g = tpeLogDensity(core, distributions, other, standard, x);
        const scores = Array.from(l, (value, c) => value - (g[c] as number));
        const winner = scores.indexOf(Math.max(...scores));
        expect([...best]).toEqual(distributions.map((_, j) => x[j * candidates + winner]));
      },
    );
    fc.assert(property, { numRuns: 40 });
  });

  test.each(cores)("is the same whatever order is held out as nearly right ($build)", ({ core }) => {
    const kinds = fc.constantFrom("right", "reversed", "one off");
    const property = fc.property(fc.nat(), fc.integer({ min: 2, max: 100 }), kinds, (seed, count, kind) => {
      const seen = observations(golden100.slice(0, count));
      const orders = new Int32Array(distributions.length * count);
      distributions.forEach((_, j) => {
        const own = seen.values.subarray(j * count, (j + 1) * count);
        const order = Int32Array.from(own, (_, i) => i).sort((a, b) => own[a]! - own[b]! || a - b);
        if (kind === "reversed") order.reverse();
        if (kind === "one off") order.sort((a, b) => (a === count - 1 ? 1 : b === count - 1 ? -1 : own[a]! - own[b]!));
        orders.set(order, j * count);
      });
      const draws = uniforms(core, { seed, trial: 1, purpose: "test" }, 24 * 6);
      const rest = { distributions, good: observations(golden100.slice(0, 9)), settings: standard, uniforms: draws };
      const plain = tpeSuggest(core, { ...rest, other: seen });
      expect(tpeSuggest(core, { ...rest, other: { ...seen, orders } })).toEqual(plain);
    });
    fc.assert(property, { numRuns: 60 });
  });

  test("gives back all the memory it took", () => {
    const before = core.exports.arenaMark();
    const seen = observations(golden100);
    tpeSuggest(core, { distributions, good: seen, other: seen, settings: standard, uniforms: new Float64Array(60) });
    expect(core.exports.arenaMark()).toBe(before);
  });
});

describe("sorting", () => {
  test("gives bandwidths by the neighbors, whatever the order", () => {
    const own: Distribution = { type: "float", low: 0, high: 1, log: false, step: null };
    const property = fc.property(
      fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 300 }),
      fc.boolean(),
      (list, endpoints) => {
        const xs = list.map((x) => x / 400);
        const settings = { priorWeight: 1, magicClip: false, endpoints };
        const { sigma } = tpeParzen(core, [own], observations(xs.map((x) => [x])), settings);
        const order = xs.map((_, i) => i).sort((a, b) => xs[a]! - xs[b]! || a - b);
        order.forEach((k, i) => {
          const below = xs[k]! - (i > 0 ? xs[order[i - 1]!]! : 0);
          const above = (i < xs.length - 1 ? xs[order[i + 1]!]! : 1) - xs[k]!;
          let gap = Math.max(below, above);
          if (!endpoints && xs.length > 1 && i === 0) gap = above;
          if (!endpoints && xs.length > 1 && i === xs.length - 1) gap = below;
          expect(sigma[k]).toBe(Math.max(gap, 1e-12));
        });
      },
    );
    fc.assert(property, { numRuns: 200 });
  });
});
