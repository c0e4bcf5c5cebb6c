import { describe, expect, test } from "vitest";
import { fullRates, withLearningRate } from "../../src/samplers/cmaes-learning-rate.ts";
import { type CmaesState, cmaesState } from "../../src/samplers/cmaes-state.ts";
import { cmaesStrategy } from "../../src/samplers/cmaes-strategy.ts";
import { cmaesMove, cmaesTell } from "../../src/samplers/cmaes-tell.ts";
import { cores } from "../support/cores.ts";
import { vectors } from "../support/vectors.ts";

interface Golden {
  readonly init: { readonly mean: readonly number[]; readonly sigma: number; readonly popsize: number };
  readonly consts: Readonly<Record<string, number>> & { readonly weights: readonly number[] };
  readonly generations: readonly {
    readonly solutions: readonly (readonly [x: readonly number[], value: number])[];
    readonly mean: readonly number[];
    readonly sigma: number;
    readonly C: readonly (readonly number[])[];
    readonly p_sigma: readonly number[];
    readonly pc: readonly number[];
  }[];
}
const golden = vectors<Golden>("cmaes.json");

interface LearningRateGolden {
  readonly init: { readonly mean: readonly number[]; readonly sigma: number; readonly population: number };
  readonly generations: readonly {
    /** Best first. */
    readonly points: readonly (readonly number[])[];
    readonly mean: readonly number[];
    readonly sigma: number;
    readonly C: readonly (readonly number[])[];
    readonly rates: readonly number[];
  }[];
}
const learningRates = vectors<LearningRateGolden>("cmaes-learning-rate.json");

const expectClose = (ours: ArrayLike<number>, theirs: readonly (number | undefined)[]): void => {
  expect(ours.length).toBe(theirs.length);
  theirs.forEach((value, i) => expect(Math.abs((ours[i] as number) - (value as number))).toBeLessThan(1e-11));
};

describe.each(cores)("CMA-ES replays the reference implementation ($build)", ({ core }) => {
  const { init, consts, generations } = golden;
  const strategy = cmaesStrategy(core, init.mean.length, init.popsize, false);

  test("its strategy parameters", () => {
    const { mu, muEff, c1, cMu, cSigma, dSigma, cC, chiN, weights } = strategy;
    const names = ["mu", "mu_eff", "c1", "cmu", "c_sigma", "d_sigma", "cc", "chi_n"];
    expectClose(
      [mu, muEff, c1, cMu, cSigma, dSigma, cC, chiN],
      names.map((name) => consts[name]),
    );
    expectClose(weights, consts.weights);
    expect(strategy.lambda).toBe(weights.length);
  });

  test("every state of fifteen generations", () => {
    expect(generations.length).toBe(15);
    let state = cmaesState(core, Float64Array.from(init.mean), init.sigma, false);
    for (const { solutions, mean, sigma, C, p_sigma, pc } of generations) {
      const sorted = solutions.toSorted((a, b) => a[1] - b[1]);
      state = cmaesTell(core, strategy, state, Float64Array.from(sorted.flatMap(([x]) => x))) as CmaesState;
      expectClose(state.mean, mean);
      expectClose([state.sigma], [sigma]);
      expectClose(state.C, C.flat());
      expectClose(state.pSigma, p_sigma);
      expectClose(state.pC, pc);
    }
  });

  test("learning rate adaptation, by its formulas", () => {
    const { init, generations } = learningRates;
    const n = init.mean.length;
    const strategy = cmaesStrategy(core, n, init.population, false);
    let state = cmaesState(core, Float64Array.from(init.mean), init.sigma, false);
    let rates = fullRates(n, n * n);
    expect(generations.length).toBe(24);
    for (const { points, mean, sigma, C, rates: expected } of generations) {
      const moved = cmaesMove(core, strategy, state, Float64Array.from(points.flat()), Number.POSITIVE_INFINITY);
      const adapted = withLearningRate(core, state, moved, rates);
      if (adapted === null) throw new Error("expected a state, got null");
      ({ state, rates } = adapted);
      expectClose(state.mean, mean);
      expectClose([state.sigma], [sigma]);
      expectClose(state.C, C.flat());
      expectClose([rates.mean.rate, rates.covariance.rate], expected);
    }
  });
});
