// Objectives that no peer's figures are known of, for seeing whether a sampler's settings carry over from the
// eleven of objectives.ts; and those of published figures. All minimize.
import { choice, float, int } from "../../src/core/space.ts";
import { box, type Objective, objectives, sum, vector } from "./objectives.ts";

type Params = Readonly<Record<string, unknown>>;

function sixHumpCamel(params: Params): number {
  const [x, y] = vector(params) as [number, number];
  return (4 - 2.1 * x * x + x ** 4 / 3) * x * x + x * y + (4 * y * y - 4) * y * y;
}

const griewankCenter = [17.3, -42.1, 8.8, 61.4];
function griewank(params: Params): number {
  const z = vector(params).map((x, i) => x - griewankCenter[i]!);
  const waves = z.reduce((product, v, i) => product * Math.cos(v / Math.sqrt(i + 1)), 1);
  return 1 + sum(z.map((v) => v * v)) / 4000 - waves;
}

function michalewicz(params: Params): number {
  return -sum(vector(params).map((x, i) => Math.sin(x) * Math.sin(((i + 1) * x * x) / Math.PI) ** 20));
}

function dixonPrice(params: Params): number {
  const x = vector(params);
  return (x[0]! - 1) ** 2 + sum(x.slice(1).map((v, i) => (i + 2) * (2 * v * v - x[i]!) ** 2));
}

const wells = (x: number): number => 0.5 * (x ** 4 - 16 * x * x + 5 * x);
const wellCost: Record<string, number> = { flat: 6, steep: 0, tilted: 3 };
const wellSlope: Record<string, number> = { flat: 0, steep: 0, tilted: 1 };

/** Styblinski and Tang's wells in two whole numbers, two reals and a choice that tilts and lifts them. */
function wellsMixed(params: Params): number {
  const { k0, k1, x0, x1, kind } = params as Record<"k0" | "k1" | "x0" | "x1", number> & { kind: string };
  const tilt = wellSlope[kind]! * (x0 - x1) ** 2;
  return wells(k0) + wells(k1) + wells(x0) + wells(x1) + wellCost[kind]! + tilt;
}

type Branch =
  | { kind: "linear"; alpha: number }
  | { kind: "tree"; depth: number; leaf: number; split: string }
  | { kind: "net"; rate: number; width: number; decay: number };

/** Three branches with 1, 3 and 3 parameters beside a shared one; the least common one, the net, is best. */
function threeBranches(params: Params): number {
  const { model, scale } = params as { model: Branch; scale: number };
  const shared = 0.05 * (scale - 0.3) ** 2;
  if (model.kind === "linear") return 0.2 + shared + 0.01 * (Math.log10(model.alpha) + 2) ** 2;
  if (model.kind === "tree") {
    const leaf = Math.log2(model.leaf) - 3;
    return 0.12 + shared + 0.001 * (model.depth - 9) ** 2 + 0.004 * leaf ** 2 + (model.split === "gini" ? 0 : 0.02);
  }
  const rate = Math.log10(model.rate) + 2.5;
  const width = Math.log2(model.width) - 6;
  return 0.05 + shared + 0.04 * rate ** 2 + 0.005 * (width - rate) ** 2 + 0.003 * (Math.log10(model.decay) + 4) ** 2;
}

const bowlCenter = (i: number): number => ((i * 7) % 12) / 12 - 0.4;
const bowl = (params: Params): number => sum(vector(params).map((x, i) => 100 ** (-i / 11) * (x - bowlCenter(i)) ** 2));

const decades = (x: number): number => Math.log10(x);

/** One of three parameters, and all four, matter by their order of magnitude but are given on a linear scale. */
function linearRate(params: Params): number {
  const [rate, drop, mix] = vector(params) as [number, number, number];
  return (decades(rate) + 2.2) ** 2 + 4 * (drop - 0.3) ** 2 + 3 * (mix - 0.6) ** 2;
}

function linearRates(params: Params): number {
  return sum(vector(params).map((rate, i) => (decades(rate) + 1.5 + 0.4 * i) ** 2));
}

const root20 = (terms: readonly number[]): number => Math.sqrt(sum(terms) / terms.length);
function ackley20(params: Params): number {
  const x = vector(params);
  const waves = sum(x.map((v) => Math.cos(2 * Math.PI * v))) / x.length;
  return -20 * Math.exp(-0.2 * root20(x.map((v) => v * v))) - Math.exp(waves) + 20 + Math.E;
}

export const moreObjectives: Readonly<Record<string, Objective>> = {
  camel: { space: { x0: float(-3, 3), x1: float(-2, 2) }, value: sixHumpCamel, optimum: -1.031628453489877, noise: 0 },
  griewank4: { space: box(4, -100, 100), value: griewank, optimum: 0, noise: 0 },
  michalewicz5: { space: box(5, 0, Math.PI), value: michalewicz, optimum: -4.687658179088148, noise: 0 },
  dixonprice4: { space: box(4, -10, 10), value: dixonPrice, optimum: 0, noise: 0 },
  wells_mixed: {
    space: {
      k0: int(-5, 5),
      k1: int(-5, 5),
      x0: float(-5, 5),
      x1: float(-5, 5),
      kind: choice(["flat", "steep", "tilted"]),
    },
    value: wellsMixed,
    optimum: -78 - 2 * 39.16616570377142,
    noise: 0,
  },
  three_branches: {
    space: {
      model: choice({
        linear: { alpha: float(1e-6, 1e2, { log: true }) },
        tree: { depth: int(1, 30), leaf: int(1, 128, { log: true }), split: choice(["gini", "entropy"]) },
        net: {
          rate: float(1e-5, 1, { log: true }),
          width: int(8, 1024, { log: true }),
          decay: float(1e-8, 1e-1, { log: true }),
        },
      }),
      scale: float(0, 1),
    },
    value: threeBranches,
    optimum: 0.05,
    noise: 0,
  },
  bowl12: { space: box(12, -1, 1), value: bowl, optimum: 0, noise: 0 },
  linear_rate: { space: box(3, 1e-4, 1), value: linearRate, optimum: 0, noise: 0 },
  linear_rates: { space: box(4, 1e-4, 1), value: linearRates, optimum: 0, noise: 0 },
  hartmann3_noisy: { ...(objectives["hartmann3"] as Objective), noise: 0.2 },
};

/** Objectives of figures that others have published. */
export const publishedObjectives: Readonly<Record<string, Objective>> = {
  ackley20: { space: box(20, -5, 10), value: ackley20, optimum: 0, noise: 0 },
};
