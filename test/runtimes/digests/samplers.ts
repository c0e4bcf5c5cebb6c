import {
  asha,
  auto,
  bruteForce,
  type CrossoverOptions,
  choice,
  cmaes,
  createStudy,
  type Direction,
  evolution,
  float,
  gp,
  grid,
  highestRung,
  hypervolume,
  int,
  logNormal,
  normal,
  nsga2,
  nsga3,
  partialFixed,
  qmc,
  random,
  rungParams,
  type Sampler,
  type Space,
  tpe,
  weights,
  withoutRepeats,
} from "vernier";
import type { Results } from "./digest.ts";

const mixed: Space = {
  rate: float(1e-5, 1, { log: true }),
  drop: float(0, 0.9),
  width: int(1, 64),
  units: int(8, 512, { log: true }),
  gap: float(-1, 1, { step: 0.125 }),
  act: choice(["relu", "tanh", "sigmoid"]),
  model: choice({ svm: { C: float(0.01, 10) }, trees: { depth: int(2, 20), share: float(0, 1) }, none: {} }),
};
const box: Space = { a: float(-1, 1), b: float(-1, 1), c: float(1e-3, 10, { log: true }) };
const steps: Space = { n: int(1, 4), gap: float(0, 1, { step: 0.25 }), act: choice(["relu", "tanh"]) };

// Arithmetic that every engine does alike, on whichever parameters there are: up to three objectives and a constraint.
function losses(params: Readonly<Record<string, unknown>>): readonly [number, number, number] {
  const {
    rate = 0.1,
    drop = 0.3,
    width = 8,
    units = 64,
    gap = 0,
    a = 0,
    b = 0,
    c = 1,
    n = 2,
    act,
  } = params as Record<string, number> & { act?: string };
  const { kind, C = 1, depth = 9, share = 0 } = (params["model"] ?? {}) as Record<string, number> & { kind?: string };
  const shape = (drop - 0.4) ** 2 + (width - 20) ** 2 / 900 + (gap - 0.25) ** 2 + (rate - 0.2) ** 2;
  const branch = kind === "svm" ? C / 5 : Math.abs(depth - 9) / 20 + share / 4;
  const valley = (a - 0.3) ** 2 + 5 * (b - a * a) ** 2 + (c - 2) ** 2 / 20 + (n - 3) ** 2 / 9;
  return [
    shape + branch + valley + (act === "tanh" ? 0 : 0.1),
    units / 512 + (a + 0.5) ** 2 + (b - 0.5) ** 2 + (n - 1) / 4 + drop,
    (gap + 0.5) ** 2 + (kind === "none" ? 0 : 0.2) + c / 10 + Math.sqrt(width),
  ];
}

interface Options {
  readonly space?: Space;
  readonly trials?: number;
  readonly objectives?: 1 | 2 | 3;
  readonly constrained?: boolean;
}

/** The digest of a study with the sampler; two trials are under way whenever it is asked. */
function studied(sampler: Sampler, options: Options = {}): () => Promise<string> {
  const { space = mixed, trials = 30, objectives = 1, constrained = false } = options;
  const directions = new Array<Direction>(objectives).fill("minimize");
  return async () => {
    const study = await createStudy({ space, directions, sampler, seed: 12 });
    await study.optimize(
      (params, trial) => {
        const values = losses(params as Record<string, unknown>);
        if (constrained) trial.setConstraint("second", values[1] - 1);
        return objectives === 1 ? values[0] : values.slice(0, objectives);
      },
      { trials, lag: 3 },
    );
    return study.digest();
  };
}

const crossovers: readonly CrossoverOptions["type"][] = ["uniform", "blxAlpha", "sbx", "vsbx", "spx", "undx"];

/** Every sampler, on the spaces that it is for. */
export const samplerResults: Results = {
  auto: studied(auto(), { trials: 13 }),
  "auto, discrete": studied(auto(), { space: steps, trials: 18 }),
  "auto, two objectives": studied(auto(), { objectives: 2, trials: 13 }),
  gp: studied(gp(), { trials: 19 }),
  "gp, box": studied(gp({ nStartupTrials: 6 }), { space: box, trials: 20 }),
  "gp, matern52, ensemble": studied(gp({ kernel: "matern52", acquisition: "ensemble" }), { trials: 16 }),
  "gp, rbf, noisy": studied(gp({ kernel: "rbf", acquisition: "logNEI" }), { space: box, trials: 20 }),
  "gp, warped": studied(gp({ warp: true, inputWarp: true }), { space: box, trials: 20 }),
  "gp, deterministic, logPI": studied(gp({ deterministic: true, acquisition: "logPI" }), { space: box, trials: 20 }),
  "gp, lowerBound": studied(gp({ acquisition: "lowerBound" }), { space: box, trials: 20 }),
  "gp, two objectives": studied(gp(), { objectives: 2, trials: 15 }),
  "gp, three objectives": studied(gp(), { space: box, objectives: 3, trials: 15 }),
  "gp, constrained": studied(gp(), { constrained: true, trials: 14 }),
  tpe: studied(tpe(), { trials: 60 }),
  "tpe, multivariate, grouped": studied(tpe({ multivariate: true, group: true, constantLiar: true }), { trials: 50 }),
  "tpe, two objectives": studied(tpe(), { objectives: 2, trials: 50 }),
  "tpe, constrained": studied(tpe(), { constrained: true, trials: 50 }),
  cmaes: studied(cmaes(), { trials: 80 }),
  "cmaes, box": studied(cmaes({ sigma0: 0.3 }), { space: box, trials: 120 }),
  "cmaes, separable, margin": studied(cmaes({ separable: true, margin: true }), { trials: 80 }),
  "cmaes, learning rate": studied(cmaes({ learningRateAdaptation: true, population: 6 }), { space: box, trials: 80 }),
  "cmaes, restarts": studied(cmaes({ restarts: "bipop", population: 4 }), { space: box, trials: 200 }),
  ...Object.fromEntries(
    crossovers.map((type) => [
      `nsga2, ${type}`,
      studied(nsga2({ population: 8, crossover: type }), { objectives: 2, trials: 48 }),
    ]),
  ),
  "nsga2, constrained": studied(nsga2({ population: 8 }), { objectives: 2, constrained: true, trials: 48 }),
  nsga3: studied(nsga3({ population: 12, dividingParameter: 3 }), { objectives: 3, trials: 60 }),
  qmc: studied(qmc(), { trials: 64 }),
  "qmc, halton": studied(qmc({ type: "halton" }), { trials: 64 }),
  evolution: studied(evolution({ population: 12, tournament: 4 }), { trials: 60 }),
  grid: studied(grid(), { space: steps, trials: 60 }),
  bruteForce: studied(bruteForce(), { space: steps, trials: 60 }),
  "bruteForce, tree": studied(bruteForce({ order: "tree" }), { space: steps, trials: 60 }),
  random: studied(random(), { trials: 100 }),
  "random, own distributions": studied(
    random({ distributions: { a: normal(0.2, 0.5), c: logNormal(0, 0.7), act: weights([1, 3]) } }),
    { space: { ...box, act: choice(["relu", "tanh"]) }, trials: 100 },
  ),
  partialFixed: studied(partialFixed({ drop: 0.25, act: "tanh" }, tpe({ nStartupTrials: 5 }))),
  highestRung: studied(highestRung(tpe({ nStartupTrials: 5 }))),
  asha: studied(asha({ maxResource: 9 }), { space: { ...box, ...rungParams({ maxResource: 9 }) }, trials: 60 }),
  "asha, hyperband, tpe": studied(asha({ maxResource: 27, hyperband: true, sampler: tpe({ nStartupTrials: 5 }) }), {
    space: { ...box, ...rungParams({ maxResource: 27 }) },
    trials: 80,
  }),
  withoutRepeats: studied(withoutRepeats(tpe({ nStartupTrials: 5 })), { space: steps, trials: 60 }),
  hypervolume: () => {
    const points = Array.from({ length: 24 }, (_, i) =>
      losses({ a: i / 12 - 1, b: ((i * 7) % 24) / 12 - 1, width: i }),
    );
    return [2, 3].map((m) =>
      hypervolume(
        points.map((point) => point.slice(0, m)),
        { reference: [8, 4, 9].slice(0, m) },
      ),
    );
  },
};
