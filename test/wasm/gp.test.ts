import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nonDominatedBoxes } from "../../src/core/non-dominated-boxes.ts";
import {
  type GpKernel,
  type GpModel,
  type GpParameter,
  type GpMoments,
  gpFit,
  gpLikelihood,
  gpPosteriorDraws,
  gpPredict,
  UNWARPED,
} from "../../src/wasm/gp.ts";
import { type GpAcquisition, gpScores, gpSearch } from "../../src/wasm/gp-search.ts";
import { cores } from "../support/cores.ts";
import { numbers } from "../support/dense.ts";
import optuna from "../vectors/gp-optuna.json" with { type: "json" };
import sklearn from "../vectors/gp-sklearn.json" with { type: "json" };

const real: GpParameter = { type: "real", count: 0, levels: [], parent: -1, parentValue: 0 };
const category = (count: number): GpParameter => ({ ...real, type: "category", count });
const kernels: readonly GpKernel[] = ["matern52", "rbf", "anova"];

/** A number, a choice, a grid, and one number for each of two of the choice's values. */
const mixed: readonly GpParameter[] = [
  real,
  category(3),
  { ...real, type: "grid", count: 4, levels: [0.125, 0.375, 0.625, 0.875] },
  { ...real, parent: 1, parentValue: 0 },
  { ...real, parent: 1, parentValue: 2 },
];

function mixedPoint(u: ArrayLike<number>, at: number): number[] {
  const unit = (j: number): number => ((u[at + j] as number) + 1) / 2;
  const kind = Math.floor(unit(1) * 3);
  const level = mixed[2]?.levels[Math.floor(unit(2) * 4)] as number;
  return [unit(0), kind, level, kind === 0 ? unit(3) : Number.NaN, kind === 2 ? unit(4) : Number.NaN];
}

function mixedModel(kernel: GpKernel, n: number, seed: number, shift: number = UNWARPED, bent = false): GpModel {
  const u = numbers(n * 5, seed);
  const points = Array.from({ length: n }, (_, i) => mixedPoint(u, i * 5)).flat();
  const shapes = [0.4, 0, -0.6, 0.2, 0, -0.3, 0, 0.5, 0.1, 0];
  const theta = [-0.7, 0.2, -0.2, 0.4, 0, 0.3, 0.5, Math.log(1e-3), shift, ...(bent ? shapes : [])];
  return {
    kernel,
    bent,
    parameters: mixed,
    count: n,
    points: new Float64Array(points),
    outputs: numbers(n, seed + 1).map((y) => y + 1),
    theta,
  };
}

describe.each(cores)("Gaussian processes ($build)", ({ core }) => {
  const golden: GpModel = {
    kernel: "matern52",
    parameters: [real, real, real, category(3)],
    count: 30,
    points: new Float64Array(optuna.points.flat()),
    // Ours are minimized.
    outputs: optuna.outputs.map((y) => -y),
    theta: [
      ...optuna.inverseSquaredLengthscales.map((w) => -Math.log(w) / 2),
      Math.log(optuna.amplitude),
      0,
      Math.log(optuna.noise),
      UNWARPED,
    ],
  };

  test("predict what Optuna's does", () => {
    const { mean, variance } = gpPredict(core, golden, new Float64Array(optuna.at.flat()));
    optuna.mean.forEach((expected, i) => expect(mean[i]).toBeCloseTo(-expected, 11));
    optuna.sd.forEach((expected, i) => expect(Math.sqrt(variance[i] as number)).toBeCloseTo(expected, 11));
  });

  test("have Optuna's likelihood and its LogEI", () => {
    const constant = (30 / 2) * Math.log(2 * Math.PI);
    expect(gpLikelihood(core, golden).value + constant).toBeCloseTo(optuna.logLikelihood, 10);
    const scoring = {
      acquisition: "logEI" as const,
      settings: () => [-optuna.threshold],
      pending: new Float64Array(0),
    };
    const { scores } = gpScores(core, [golden], scoring, new Float64Array(optuna.at.flat())) as {
      scores: Float64Array;
    };
    // Optuna adds 1e-12 to the variance.
    optuna.logEI.forEach((expected, i) =>
      expect(Math.abs((scores[i] as number) - expected)).toBeLessThan(1e-8 * Math.max(1, -expected)),
    );
  });

  test("tell improvements apart however unlikely they are", () => {
    for (const [z, expected] of optuna.logGain as [number, number][]) {
      expect(Math.abs(core.exports.gpLogGain(z) - expected)).toBeLessThan(1e-10 * Math.max(1, Math.abs(expected)));
    }
    let before = Number.NEGATIVE_INFINITY;
    for (let z = -1e4; z < 40; z += z < -60 ? 10 : 0.01) {
      const value = core.exports.gpLogGain(z);
      expect(value).toBeGreaterThan(before);
      before = value;
    }
  });

  test.each(sklearn.cases.map((one, i) => ({ ...one, i })))("agree with scikit-learn, case $i ($kernel)", (one) => {
    const d = (one.X[0] as number[]).length;
    const lengths = one.lengthscale.length === 1 ? new Array(d).fill(one.lengthscale[0]) : one.lengthscale;
    const model: GpModel = {
      kernel: one.kernel as GpKernel,
      parameters: Array.from({ length: d }, () => real),
      count: one.X.length,
      points: new Float64Array(one.X.flat()),
      outputs: one.y,
      theta: [...lengths.map(Math.log), Math.log(one.amplitude2), 0, Math.log(one.noise + sklearn.jitter), UNWARPED],
    };
    const { value, gradient } = gpLikelihood(core, model);
    expect(value).toBeCloseTo(one.lml, 10);
    const byLength = [...gradient.subarray(0, d)];
    const lengthPart = one.lengthscale.length === 1 ? [byLength.reduce((a, b) => a + b)] : byLength;
    const ours = [gradient[d], ...lengthPart, gradient[d + 2]];
    one.grad_log_amplitude2_lengthscales_noise.forEach((g, i) => {
      expect(Math.abs((ours[i] as number) - g)).toBeLessThan(1e-6 * Math.max(1, Math.abs(g)));
    });
    const { mean, variance } = gpPredict(core, model, new Float64Array(one.Z.flat()));
    one.mean.forEach((expected, i) => expect(mean[i]).toBeCloseTo(expected, 9));
    one.sd_of_f.forEach((expected, i) => expect(Math.sqrt(variance[i] as number)).toBeCloseTo(expected, 7));
  });

  test.each(kernels)("have the likelihood's exact gradient (%s), branches and choices included", (kernel) => {
    const property = fc.property(fc.integer({ min: 2, max: 23 }), fc.nat(1e6), fc.boolean(), (n, seed, bent) => {
      const model = mixedModel(kernel, n, seed, UNWARPED, bent);
      const at = (theta: ArrayLike<number>) => gpLikelihood(core, { ...model, theta });
      const { gradient } = at(model.theta);
      for (let i = 0; i < gradient.length; i++) {
        const step = 1e-5;
        const [up, down] = [step, -step].map((h) => at(Array.from(model.theta, (t, k) => t + (k === i ? h : 0))).value);
        const slope = ((up as number) - (down as number)) / (2 * step);
        expect(Math.abs((gradient[i] as number) - slope)).toBeLessThan(1e-5 * Math.max(1, Math.abs(slope)));
      }
    });
    fc.assert(property, { numRuns: 15 });
  });

  test("warp inputs by Kumaraswamy's distribution, and leave those of branches and choices as they are", () => {
    const model = mixedModel("matern52", 12, 3, UNWARPED, true);
    const warped = (u: number, a: number, b: number): number => 1 - (1 - (1e-5 + (1 - 2e-5) * u) ** a) ** b;
    const [a0, a2, b0, b2] = [0.4, -0.6, -0.3, 0.5].map(Math.exp) as [number, number, number, number];
    const bend = (points: Float64Array): Float64Array =>
      points.map((u, i) => (i % 5 === 0 ? warped(u, a0, b0) : i % 5 === 2 ? warped(u, a2, b2) : u));
    const straight = { ...model, bent: false, theta: Array.from(model.theta).slice(0, 9), points: bend(model.points) };
    const at = new Float64Array([...mixedPoint(numbers(5, 9), 0), 0, 1, 0.125, Number.NaN, Number.NaN]);
    const expected = gpPredict(core, straight, bend(at));
    const { mean, variance } = gpPredict(core, model, at);
    expected.mean.forEach((value, i) => expect(mean[i]).toBeCloseTo(value, 10));
    expected.variance.forEach((value, i) => expect(variance[i]).toBeCloseTo(value, 10));
  });

  test("draw the function at their own points with the posterior's mean and covariance", () => {
    const model = mixedModel("anova", 14, 5);
    const n = model.count;
    const theta = Array.from(model.theta);
    theta[7] = Math.log(0.05);
    const noisy = { ...model, theta };
    const { mean, variance } = gpPredict(core, noisy, model.points);
    // A draw is the mean plus a linear map of the normal numbers, which unit vectors show.
    const units = new Float64Array((n + 1) * n);
    for (let k = 0; k < n; k++) units[(k + 1) * n + k] = 1;
    const { draws, noise } = gpPosteriorDraws(core, noisy, units);
    expect(noise).toBeCloseTo(0.05, 12);
    for (let i = 0; i < n; i++) {
      expect(draws[i]).toBeCloseTo(mean[i] as number, 9);
      const parts = Array.from({ length: n }, (_, k) => (draws[(k + 1) * n + i] as number) - (draws[i] as number));
      expect(parts.reduce((sum, part) => sum + part * part, 0)).toBeCloseTo(variance[i] as number, 7);
    }
  });

  const acquisitions: readonly (readonly [GpAcquisition, readonly number[], number])[] = [
    ["logEI", [-0.5, 0.3], 1],
    ["logPI", [-0.5, 0.3], 1],
    ["lowerBound", [2, 0.3], 1],
    ["feasibility", [0, 0.3], 1],
    ["ensemble", [-0.5, 0.3, 0.2, 0.5, 0.3], 1],
    ["logNEI", [-0.5, -0.4, 0.3], 2],
  ];
  test.each(acquisitions)(
    "have the exact gradient of %s, with a constraint and a point under way",
    (acquisition, settings, objectives) => {
      const property = fc.property(fc.constantFrom(...kernels), fc.nat(1e6), fc.boolean(), (kernel, seed, bent) => {
        // The models may have different points, the first fewer.
        const models = Array.from({ length: objectives }, (_, i) => mixedModel(kernel, 9 + i, seed + i, 0.5, bent));
        models.push(mixedModel(kernel, 24, seed + 5));
        const u = numbers(20, seed + 9);
        const pending = new Float64Array(mixedPoint(u, 5));
        const scoring = { acquisition, objectives, settings: () => settings, pending };
        const point = mixedPoint(u, 0);
        const at = (p: readonly number[]) =>
          gpScores(core, models, scoring, new Float64Array(p)) as NonNullable<ReturnType<typeof gpScores>>;
        const { gradients } = at(point);
        expect(gradients[1]).toBe(0);
        point.forEach((value, j) => {
          if (Number.isNaN(value) || j === 1) return;
          const [up, down] = [1e-6, -1e-6].map(
            (h) => at(point.map((p, k) => p + (k === j ? h : 0))).scores[0] as number,
          );
          const slope = ((up as number) - (down as number)) / 2e-6;
          expect(Math.abs((gradients[j] as number) - slope)).toBeLessThan(2e-5 * Math.max(1, Math.abs(slope)));
        });
      });
      fc.assert(property, { numRuns: 25 });
    },
  );

  test("have the exact gradient of logEHVI, with a constraint and a point under way", () => {
    const property = fc.property(fc.constantFrom(...kernels), fc.nat(1e6), (kernel, seed) => {
      const models = [
        mixedModel(kernel, 20, seed, 0.5),
        mixedModel(kernel, 20, seed + 3),
        mixedModel(kernel, 9, seed + 5),
      ];
      const u = numbers(20, seed + 9);
      const scoring = {
        acquisition: "logEHVI" as const,
        objectives: 2,
        settings: () => [0, 0, 0.3],
        boxes: ([f, g]: readonly GpMoments[]) =>
          nonDominatedBoxes(
            Array.from(f?.mean ?? [], (y, i) => [y, g?.mean[i] as number]),
            [1, 0.9],
          ) ?? [],
        pending: new Float64Array(mixedPoint(u, 5)),
      };
      const point = mixedPoint(u, 0);
      const at = (p: readonly number[]) =>
        gpScores(core, models, scoring, new Float64Array(p)) as NonNullable<ReturnType<typeof gpScores>>;
      const { gradients } = at(point);
      point.forEach((value, j) => {
        if (Number.isNaN(value) || j === 1) return;
        const [up, down] = [1e-6, -1e-6].map((h) => at(point.map((p, k) => p + (k === j ? h : 0))).scores[0] as number);
        const slope = ((up as number) - (down as number)) / 2e-6;
        expect(Math.abs((gradients[j] as number) - slope)).toBeLessThan(2e-5 * Math.max(1, Math.abs(slope)));
      });
    });
    fc.assert(property, { numRuns: 25 });
  });

  test("know less of points far from trials, and nothing more of the mean through points under way", () => {
    const model = { ...golden, kernel: "anova" as const };
    const away = new Float64Array([0.5, 0.5, 0.5, 1]);
    const scoring = (pending: number[]) => ({
      acquisition: "lowerBound" as const,
      settings: () => [0],
      pending: new Float64Array(pending),
    });
    const meanOf = (pending: number[]) => gpScores(core, [model], scoring(pending), away)?.scores[0];
    expect(meanOf([0.52, 0.5, 0.5, 1])).toBe(meanOf([]));
    const bound = (pending: number[]) =>
      gpScores(core, [model], { ...scoring(pending), settings: () => [1] }, away)?.scores[0] as number;
    expect(bound([0.52, 0.5, 0.5, 1])).toBeLessThan(bound([]) - 0.01);
    // The same point twice, and one that was observed: nothing breaks.
    expect(bound([0.5, 0.5, 0.5, 1, 0.5, 0.5, 0.5, 1])).toBeLessThan(bound([]));
    const { variance } = gpPredict(core, model, model.points);
    for (const v of variance) expect(v).toBeLessThan(2 * optuna.noise);
  });

  test("find hyperparameters that explain the outputs better than where the search began", () => {
    const n = 40;
    const points = numbers(n * 2, 5).map((u) => (u + 1) / 2);
    // The second input does not matter.
    const outputs = Float64Array.from({ length: n }, (_, i) => Math.sin(9 * (points[2 * i] as number)));
    const settings = {
      low: [-4, -4, -3, -3, -14, UNWARPED],
      high: [4, 4, 4, 3, 0, UNWARPED],
      mean: [0, 0, 0, 0, 0, UNWARPED],
      deviation: new Array(6).fill(Number.POSITIVE_INFINITY),
      starts: [[0, 0, 0, 0, -4, UNWARPED]],
      maxEvaluations: 100,
    };
    for (const kernel of kernels) {
      const at = { kernel, parameters: [real, real], count: n, points };
      const { theta, value } = gpFit(core, at, outputs, settings);
      const { value: fitted, gradient } = gpLikelihood(core, { ...at, outputs, theta });
      expect(fitted).toBeCloseTo(-value, 9);
      expect(fitted).toBeGreaterThan(
        gpLikelihood(core, { ...at, outputs, theta: settings.starts[0] as number[] }).value + 20,
      );
      expect((theta[1] as number) - (theta[0] as number)).toBeGreaterThan(1.5);
      const inside = gradient.filter((_, i) => theta[i] !== settings.low[i] && theta[i] !== settings.high[i]);
      expect(Math.max(...inside.map(Math.abs))).toBeLessThan(2);
    }
  });

  test("find a better point than any of 2,000 drawn at random", () => {
    const property = fc.property(fc.nat(1e6), (seed) => {
      const model = mixedModel("anova", 15, seed);
      const scoring = { acquisition: "logEI" as const, settings: () => [0.4], pending: new Float64Array(0) };
      const u = numbers(5 * 2000, seed + 3);
      const drawn = new Float64Array(Array.from({ length: 2000 }, (_, i) => mixedPoint(u, 5 * i)).flat());
      const { scores } = gpScores(core, [model], scoring, drawn) as { scores: Float64Array };
      const box = new Float64Array([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
      const found = gpSearch(core, [model], {
        ...scoring,
        candidates: drawn.slice(0, 5 * 200),
        starts: 6,
        maxEvaluations: 50,
        box,
      });
      const { point, score } = found as { point: Float64Array; score: number };
      expect(score).toBeGreaterThanOrEqual(Math.max(...scores.subarray(0, 200)));
      expect(score).toBeGreaterThan(Math.max(...scores) - 0.05);
      expect(gpScores(core, [model], scoring, point)?.scores[0]).toBeCloseTo(score, 9);
      expect([0, 1, 2]).toContain(point[1]);
      expect(mixed[2]?.levels).toContain(point[2]);
    });
    fc.assert(property, { numRuns: 10 });
  });

  test("pass over points that are taken, and say so when there is nothing else", () => {
    const levels = [1 / 8, 3 / 8, 5 / 8, 7 / 8];
    const parameters = [
      { type: "category" as const, count: 3, levels: [], parent: -1, parentValue: 0 },
      { type: "grid" as const, count: 4, levels, parent: 0, parentValue: 1 },
    ];
    const all = [[0, Number.NaN], ...levels.map((level) => [1, level]), [2, Number.NaN]];
    const known = new Float64Array(all.slice(0, 3).flat());
    const theta = [0, 0, 0, -1, Math.log(1e-2), UNWARPED];
    const model = { kernel: "anova" as const, parameters, count: 3, points: known, outputs: [0.1, -1, 0.9], theta };
    const search = {
      acquisition: "lowerBound" as const,
      settings: () => [1],
      pending: new Float64Array(0),
      candidates: new Float64Array(all.flat()),
      starts: 4,
      maxEvaluations: 10,
      box: new Float64Array([0, 0, 1, 1]),
    };
    const { scores } = gpScores(core, [model], search, search.candidates) as { scores: Float64Array };
    const order = Array.from(scores.keys()).sort((a, b) => (scores[b] as number) - (scores[a] as number));
    for (let many = 0; many < all.length; many++) {
      const taken = new Float64Array(order.slice(0, many).flatMap((i) => all[i] as number[]));
      const found = gpSearch(core, [model], { ...search, taken });
      expect(Array.from(found?.point ?? [])).toEqual(all[order[many] as number]);
      expect(found?.score).toBe(scores[order[many] as number]);
    }
    expect(gpSearch(core, [model], { ...search, taken: search.candidates })?.score).toBe(Number.NEGATIVE_INFINITY);
  });

  test("say so when covariances are singular beyond help", () => {
    const model = { ...golden, theta: Array.from(golden.theta, () => Number.NaN) };
    const scoring = { acquisition: "logEI" as const, settings: () => [0], pending: new Float64Array(0) };
    expect(gpScores(core, [model], scoring, new Float64Array([0, 0, 0, 0]))).toBe(null);
    expect(gpLikelihood(core, model).value).toBeNaN();
    const twice = {
      ...golden,
      points: golden.points.map((_, i) => golden.points[i % 4] as number),
      theta: [...Array.from(golden.theta).slice(0, 6), -40, UNWARPED],
    };
    expect(gpPredict(core, twice, new Float64Array([0.1, 0.2, 0.3, 1])).mean[0]).toBeTypeOf("number");
  });
});
