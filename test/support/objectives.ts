// Eleven objectives of known optimum for measuring samplers. All minimize. Ackley and Rastrigin are shifted
// off the box's center, so that a sampler whose first point is the center gains nothing by it.
import { choice, float, int, type Space } from "../../src/core/space.ts";

export interface Objective {
  readonly space: Space;
  /** The noiseless value at the nested parameters. */
  readonly value: (params: Readonly<Record<string, unknown>>) => number;
  /** The exact global minimum. */
  readonly optimum: number;
  /** Standard deviation of the normal noise that an observation adds. */
  readonly noise: number;
}

type Params = Readonly<Record<string, unknown>>;

export const box = (d: number, low: number, high: number): Space =>
  Object.fromEntries(Array.from({ length: d }, (_, i) => [`x${i}`, float(low, high)]));

export const vector = (params: Params): number[] => Object.keys(params).map((_, i) => params[`x${i}`] as number);

export const sum = (terms: readonly number[]): number => terms.reduce((total, term) => total + term, 0);

function branin(params: Params): number {
  const [x, y] = vector(params) as [number, number];
  const parabola = y - (5.1 / (4 * Math.PI ** 2)) * x * x + (5 / Math.PI) * x - 6;
  return parabola ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
}

const hartmannWeights = [1, 1.2, 3, 3.2];
const hartmann3 = {
  A: [
    [3, 10, 30],
    [0.1, 10, 35],
    [3, 10, 30],
    [0.1, 10, 35],
  ],
  P: [
    [3689, 1170, 2673],
    [4699, 4387, 7470],
    [1091, 8732, 5547],
    [381, 5743, 8828],
  ],
};
const hartmann6 = {
  A: [
    [10, 3, 17, 3.5, 1.7, 8],
    [0.05, 10, 17, 0.1, 8, 14],
    [3, 3.5, 1.7, 10, 17, 8],
    [17, 8, 0.05, 10, 0.1, 14],
  ],
  P: [
    [1312, 1696, 5569, 124, 8283, 5886],
    [2329, 4135, 8307, 3736, 1004, 9991],
    [2348, 1451, 3522, 2883, 3047, 6650],
    [4047, 8828, 8732, 5743, 1091, 381],
  ],
};

function hartmann({ A, P }: { A: number[][]; P: number[][] }): (params: Params) => number {
  return (params) => {
    const x = vector(params);
    const exponent = (i: number): number =>
      sum(x.map((xj, j) => (A[i] as number[])[j]! * (xj - 1e-4 * (P[i] as number[])[j]!) ** 2));
    return -sum(hartmannWeights.map((weight, i) => weight * Math.exp(-exponent(i))));
  };
}

const ackleyCenter = [3.7, -8.1, 5.3, -1.9, 11.3];
function ackley(params: Params): number {
  const z = vector(params).map((x, i) => x - ackleyCenter[i]!);
  const radius = Math.sqrt(sum(z.map((v) => v * v)) / z.length);
  const waves = sum(z.map((v) => Math.cos(2 * Math.PI * v))) / z.length;
  return -20 * Math.exp(-0.2 * radius) - Math.exp(waves) + 20 + Math.E;
}

function levy(params: Params): number {
  const w = vector(params).map((x) => 1 + (x - 1) / 4);
  const first = w[0]!;
  const last = w.at(-1)!;
  const middle = w.slice(0, -1).map((v) => (v - 1) ** 2 * (1 + 10 * Math.sin(Math.PI * v + 1) ** 2));
  return Math.sin(Math.PI * first) ** 2 + sum(middle) + (last - 1) ** 2 * (1 + Math.sin(2 * Math.PI * last) ** 2);
}

function rosenbrock(params: Params): number {
  const x = vector(params);
  return sum(x.slice(0, -1).map((v, i) => 100 * (x[i + 1]! - v * v) ** 2 + (1 - v) ** 2));
}

const rastriginCenter = [1.1, -0.7, 2.3, -1.7];
function rastrigin(params: Params): number {
  const z = vector(params).map((x, i) => x - rastriginCenter[i]!);
  return 10 * z.length + sum(z.map((v) => v * v - 10 * Math.cos(2 * Math.PI * v)));
}

function styblinskiTang(params: Params): number {
  return 0.5 * sum(vector(params).map((x) => x ** 4 - 16 * x * x + 5 * x));
}

const bestLogRate: Record<string, number> = { sgd: -1, adam: -3, rmsprop: -3.5, adagrad: -2 };
const optimizerCost: Record<string, number> = { sgd: 0.15, adam: 0, rmsprop: 0.1, adagrad: 0.3 };
const bestDrop: Record<string, number> = { relu: 0.35, tanh: 0.2, sigmoid: 0.1 };
const bestLayers: Record<string, number> = { relu: 7, tanh: 4, sigmoid: 2 };
const activationCost: Record<string, number> = { relu: 0, tanh: 0.2, sigmoid: 0.5 };

function mixed(params: Params): number {
  const { lr, drop, layers, act, opt } = params as {
    lr: number;
    drop: number;
    layers: number;
    act: string;
    opt: string;
  };
  const u = Math.log10(lr) - bestLogRate[opt]!;
  const rate = 0.5 * u * u + 0.1 * (1 - Math.cos(3 * Math.PI * u));
  const shape = 4 * (drop - bestDrop[act]!) ** 2 + 0.08 * (layers - bestLayers[act]!) ** 2;
  return rate + shape + activationCost[act]! + optimizerCost[opt]!;
}

type Model = { kind: "svm"; C: number; gamma: number } | { kind: "rf"; depth: number; n_est: number; max_feat: number };

function conditional(params: Params): number {
  const model = params["kind"] as Model;
  if (model.kind === "svm") {
    const c = Math.log10(model.C);
    const g = Math.log10(model.gamma);
    return 0.05 + 0.02 * (c - 1) ** 2 + 0.03 * (g + 2) ** 2 + 0.01 * (c + g + 1) ** 2;
  }
  const trees = Math.log10(model.n_est) - Math.log10(200);
  return 0.08 + 0.0004 * (model.depth - 14) ** 2 + 0.02 * trees ** 2 + 0.1 * (model.max_feat - 0.4) ** 2;
}

const braninSpace: Space = { x0: float(-5, 10), x1: float(0, 15) };
const braninOptimum = 0.39788735772973816;

export const objectives: Readonly<Record<string, Objective>> = {
  branin: { space: braninSpace, value: branin, optimum: braninOptimum, noise: 0 },
  hartmann3: { space: box(3, 0, 1), value: hartmann(hartmann3), optimum: -3.862779787332663, noise: 0 },
  hartmann6: { space: box(6, 0, 1), value: hartmann(hartmann6), optimum: -3.322368011415515, noise: 0 },
  ackley5: { space: box(5, -32.768, 32.768), value: ackley, optimum: 0, noise: 0 },
  levy4: { space: box(4, -10, 10), value: levy, optimum: 0, noise: 0 },
  rosenbrock4: { space: box(4, -5, 10), value: rosenbrock, optimum: 0, noise: 0 },
  rastrigin4: { space: box(4, -5.12, 5.12), value: rastrigin, optimum: 0, noise: 0 },
  stybtang5: { space: box(5, -5, 5), value: styblinskiTang, optimum: -39.16616570377142 * 5, noise: 0 },
  mixed5: {
    space: {
      lr: float(1e-5, 1, { log: true }),
      drop: float(0, 0.9),
      layers: int(1, 10),
      act: choice(["relu", "tanh", "sigmoid"]),
      opt: choice(["sgd", "adam", "rmsprop", "adagrad"]),
    },
    value: mixed,
    optimum: 0,
    noise: 0,
  },
  conditional: {
    space: {
      kind: choice({
        svm: { C: float(1e-3, 1e3, { log: true }), gamma: float(1e-4, 10, { log: true }) },
        rf: { depth: int(2, 32), n_est: int(10, 500, { log: true }), max_feat: float(0.1, 1) },
      }),
    },
    value: conditional,
    optimum: 0.05,
    noise: 0,
  },
  branin_noisy: { space: braninSpace, value: branin, optimum: braninOptimum, noise: 2 },
};
