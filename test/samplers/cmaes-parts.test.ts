// The parts that the optimizer is made of, each against its definition.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type IntDistribution, valueAt } from "../../src/core/distribution.ts";
import { flattenSpace, float, int } from "../../src/core/space.ts";
import { type Axis, axisOf, cellOf, coordinateOf, valueOn } from "../../src/samplers/cmaes-axis.ts";
import { withMargin } from "../../src/samplers/cmaes-margin.ts";
import { pointsOf } from "../../src/samplers/cmaes-points.ts";
import { firstPlan, nextPlan } from "../../src/samplers/cmaes-restarts.ts";
import { axesOf } from "../../src/samplers/cmaes-search.ts";
import { separableUpdate } from "../../src/samplers/cmaes-separable.ts";
import { promisingDistribution } from "../../src/samplers/cmaes-start.ts";
import { cmaesState, fullOf } from "../../src/samplers/cmaes-state.ts";
import { cmaesStrategy } from "../../src/samplers/cmaes-strategy.ts";
import { cmaesTell } from "../../src/samplers/cmaes-tell.ts";
import { cmaesUpdate } from "../../src/wasm/cmaes.ts";
import { normalCdf } from "../../src/wasm/math.ts";
import { normals } from "../../src/wasm/random.ts";
import { core, cores } from "../support/cores.ts";

const seed = fc.nat(1e6);
const draw = (count: number, seed: number): Float64Array => normals(core, { seed, trial: 0, purpose: "test" }, count);

const intAxis = (low: number, high: number, log = false): Axis => {
  const distribution: IntDistribution = { type: "int", low, high, log, step: 1 };
  return axisOf("k", distribution) as Axis;
};
const anyIntAxis = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 60 }), fc.boolean())
  .map(([low, more, log]) => intAxis(low, low + more, log));

describe.each(cores)("one generation ($build)", ({ core }) => {
  test("with a diagonal matrix has the diagonal of one with a full matrix", () => {
    const property = fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 4, max: 30 }),
      seed,
      (n, lambda, seed) => {
        const numbers = draw((lambda + 4) * n, seed);
        const part = (k: number): Float64Array => numbers.slice(k * n, (k + 1) * n);
        const variances = part(0).map((z) => 0.1 + z * z);
        const shared = {
          ...cmaesStrategy(core, n, lambda, false),
          Y: numbers.slice(4 * n).map((z, i) => z * Math.sqrt(variances[i % n] as number)),
          unsettled: 0.25,
          longestStep: Math.sqrt(n) + 0.3,
          D: variances.map(Math.sqrt),
          pSigma: part(1),
          pC: part(2),
        };
        const before = shared.Y.slice();
        const full = cmaesUpdate(core, { ...shared, C: fullOf(variances), B: fullOf(new Float64Array(n).fill(1)) });
        const separable = separableUpdate({ ...shared, C: variances });
        expect(shared.Y).toEqual(before);
        for (const name of ["meanStep", "pSigma", "pC"] as const) {
          separable[name].forEach((value, j) => expect(full[name][j]).toBeCloseTo(value, 12));
        }
        separable.C.forEach((value, j) => expect(full.C[j * (n + 1)]).toBeCloseTo(value, 11));
        expect(full.pathLength).toBeCloseTo(separable.pathLength, 12);
        for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) expect(full.C[i * n + j]).toBe(full.C[j * n + i]);
      },
    );
    fc.assert(property);
  });

  test("of points beyond all numbers leaves no state, unless steps have a limit", () => {
    for (const separable of [false, true]) {
      const strategy = cmaesStrategy(core, 3, 6, separable);
      const state = cmaesState(core, new Float64Array(3), 1e-9, separable);
      const points = draw(18, 1).map((z) => 1e180 * z);
      expect(cmaesTell(core, strategy, state, points)).toBe(null);
      const limited = cmaesTell(core, strategy, state, points, 3);
      expect([...(limited?.mean ?? [Number.NaN]), limited?.sigma].every(Number.isFinite)).toBe(true);
    }
  });

  test("has the same parameters in one dimension, diagonal or not", () => {
    const { separable: _, ...full } = cmaesStrategy(core, 1, 7, false);
    const { separable: __, ...diagonal } = cmaesStrategy(core, 1, 7, true);
    expect(diagonal).toEqual(full);
  });
});

describe("axes", () => {
  test("a discrete value's cell is where it is the value", () => {
    const property = fc.property(anyIntAxis, fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (axis, u) => {
      const value = valueOn(core, axis, u);
      const [low, high] = cellOf(core, axis, value);
      expect(u).toBeGreaterThanOrEqual(low - 1e-12);
      expect(u).toBeLessThanOrEqual(high + 1e-12);
      const inside = (share: number): number => valueOn(core, axis, low + share * (high - low));
      expect([inside(1e-6), inside(0.5), inside(1 - 1e-6)]).toEqual([value, value, value]);
    });
    fc.assert(property);
  });

  test("a coordinate's value has the coordinate, over the widest ranges", () => {
    const ranges = [float(-1e300, 1e300 / 2), float(1e-300, 1e300, { log: true }), float(0, 5e-324), float(-3, 7)];
    for (const { name, distribution } of flattenSpace(Object.fromEntries(ranges.map((range, i) => [`x${i}`, range])))) {
      const axis = axisOf(name, distribution) as Axis;
      for (const u of [0, 0.2, 0.4, 0.9]) {
        const coordinate = coordinateOf(core, axis, valueOn(core, axis, u));
        // Between 0 and the smallest number there is none.
        const nearest = distribution.type === "float" && distribution.high === 5e-324 ? Math.round(u) : u;
        expect(coordinate).toBeCloseTo(nearest, 12);
      }
      expect(valueOn(core, axis, -3)).toBe(valueOn(core, axis, 0));
      expect(valueOn(core, axis, 1e9)).toBe(valueOn(core, axis, 1));
    }
  });
});

describe("the margin", () => {
  const strategy = cmaesStrategy(core, 2, 6, false);
  const alpha = 1 / (2 * 6);
  const continuous = axisOf("x", { type: "float", low: 0, high: 1, log: false, step: null }) as Axis;
  const sizes = fc.double({ min: 1e-12, max: 1, noNaN: true });
  const means = fc.double({ min: -0.5, max: 1.5, noNaN: true });

  test("leaves both neighbors, or what lies inside, their probability", () => {
    const property = fc.property(anyIntAxis, means, sizes, (axis, mean, sigma) => {
      const state = cmaesState(core, Float64Array.of(0.3, mean), sigma, false);
      const moved = withMargin(core, strategy, state, [continuous, axis]);
      expect([moved.mean[0], moved.A[0]]).toEqual([0.3, 1]);
      const [m, deviation] = [moved.mean[1] as number, sigma * (moved.A[1] as number)];
      const value = valueOn(core, axis, mean);
      const [low, high] = cellOf(core, axis, value);
      const isFirst = value === axis.distribution.low;
      const isLast = value === axis.distribution.high;
      // It stays on its value.
      expect(m).toBeGreaterThanOrEqual(isFirst ? Number.NEGATIVE_INFINITY : low - 1e-12);
      expect(m).toBeLessThanOrEqual(isLast ? Number.POSITIVE_INFINITY : high + 1e-12);
      const least = 0.999 * (isFirst || isLast ? alpha : alpha / 2);
      expect(isFirst ? 1 : normalCdf(core, (low - m) / deviation)).toBeGreaterThan(least);
      expect(isLast ? 1 : normalCdf(core, (m - high) / deviation)).toBeGreaterThan(least);
    });
    fc.assert(property);
  });

  test("changes nothing where they have it", () => {
    const axis = intAxis(1, 5);
    const state = cmaesState(core, Float64Array.of(0.3, 0.52), 0.3, false);
    const moved = withMargin(core, strategy, state, [continuous, axis]);
    expect(moved.mean[1]).toBeCloseTo(0.52, 10);
    expect(moved.A[1]).toBeCloseTo(1, 10);
  });

  test("gives trials coordinates in their cells, spread as the distribution is", () => {
    const axis = intAxis(0, 9);
    const state = cmaesState(core, Float64Array.of(0.42), 0.05, false);
    const rows = Array.from({ length: 4000 }, (_, number) => {
      const [z = 0] = normals(core, { seed: 3, trial: number, purpose: "test" }, 1);
      const values = Float64Array.of(valueOn(core, axis, 0.42 + 0.05 * z));
      return { number, score: { tier: 0, keys: [0] }, values };
    });
    const points = pointsOf(core, [axis], state, rows, 7);
    points.forEach((u, k) => expect(valueOn(core, axis, u)).toBe(rows[k]?.values[0]));
    for (const z of [-1.5, -0.5, 0, 0.3, 1]) {
      const share = points.filter((u) => u < 0.42 + 0.05 * z).length / points.length;
      expect(Math.abs(share - normalCdf(core, z))).toBeLessThan(0.03);
    }
  });
});

describe("restarts", () => {
  test("IPOP doubles, BIPOP spends as much on small populations", () => {
    const first = firstPlan(8, 0.2);
    let ipop = first;
    const populations = Array.from({ length: 4 }, () => (ipop = nextPlan(core, "ipop", ipop, 500, first, 1)).lambda);
    expect(populations).toEqual([16, 32, 64, 128]);
    let plan = first;
    const spent = { large: 0, small: 0 };
    for (let index = 1; index < 60; index++) {
      const smallIsNext = index > 1 && spent.small < spent.large;
      plan = nextPlan(core, "bipop", plan, index === 1 ? 77 : 10 * plan.lambda, first, 1);
      expect([plan.large, plan.small]).toEqual([spent.large, spent.small]);
      expect(plan.lambda === plan.largest).toBe(!smallIsNext);
      expect(plan.lambda).toBeGreaterThanOrEqual(8);
      expect(plan.lambda).toBeLessThanOrEqual(smallIsNext ? plan.largest / 2 : plan.largest);
      expect(plan.sigma).toBeLessThanOrEqual(0.2);
      expect(plan.sigma).toBeGreaterThanOrEqual(smallIsNext ? 0.002 : 0.2);
      spent[smallIsNext ? "small" : "large"] += 10 * plan.lambda;
    }
  });
});

describe("a warm start", () => {
  test("is the blurred normal distribution of the best tenth", () => {
    const axes = axesOf(flattenSpace({ x: float(0, 2), y: float(0, 1), k: int(0, 9) }));
    const numbers = draw(150, 4);
    const rows = Array.from({ length: 50 }, (_, number) => {
      const [a, b, c] = [0, 1, 2].map((j) => Math.abs(numbers[3 * number + j] as number) % 1) as [
        number,
        number,
        number,
      ];
      const values = Float64Array.of(2 * a, b, valueAt((axes[2] as Axis).distribution, Math.floor(10 * c)));
      return { number, score: { tier: 0, keys: [Math.sin(17 * number)] }, values };
    });
    const best = rows.toSorted((a, b) => (a.score.keys[0] as number) - (b.score.keys[0] as number)).slice(0, 5);
    const points = best.map(({ values: [x = 0, y = 0, k = 0] }) => [x / 2, y, (k + 0.5) / 10]);
    const mean = [0, 1, 2].map((j) => points.reduce((sum, p) => sum + (p[j] as number), 0) / 5);
    const start = promisingDistribution(core, axes, rows);
    mean.forEach((m, j) => expect(start.mean[j]).toBeCloseTo(m, 12));
    const C = start.C as Float64Array;
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        const products = points.map((p) => ((p[i] as number) - mean[i]!) * ((p[j] as number) - mean[j]!));
        const covariance = products.reduce((sum, x) => sum + x, 0) / 5 + (i === j ? 0.01 : 0);
        expect(start.sigma ** 2 * C[3 * i + j]!).toBeCloseTo(covariance, 12);
      }
    }
    const [a, b, c, d, e, f, g, h, k] = C as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    expect(a * (e * k - f * h) - b * (d * k - f * g) + c * (d * h - e * g)).toBeCloseTo(1, 10);
  });
});
