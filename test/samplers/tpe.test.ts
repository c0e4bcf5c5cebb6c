import { describe, expect, test } from "vitest";
import { choice, flattenSpace, float, int } from "../../src/core/space.ts";
import type { TrialRecord } from "../../src/core/trial.ts";
import { type TpeOptions, tpe } from "../../src/samplers/tpe.ts";
import { regroup } from "../../src/samplers/tpe-history.ts";
import { defaultGamma, defaultWeights } from "../../src/samplers/tpe-weights.ts";
import { core, cores } from "../support/cores.ts";
import { ask, feedback, running } from "../support/feedback.ts";
import { history100, historySpace } from "../support/history100.ts";
import { trialRecord } from "../support/trials.ts";
import { vectors } from "../support/vectors.ts";

describe("Optuna's defaults", () => {
  const golden = vectors<{
    default: { gamma: Record<string, number>; weights: Record<string, number[]> };
  }>("tpe-parzen.json").default;

  test("how many trials are good", () => {
    for (const [n, good] of Object.entries(golden.gamma)) expect(defaultGamma(Number(n))).toBe(good);
  });

  test("weights of trials", () => {
    expect(defaultWeights(0)).toEqual(new Float64Array());
    for (const [n, weights] of Object.entries(golden.weights)) {
      const ours = defaultWeights(Number(n));
      expect(ours.length).toBe(weights.length);
      expect(Math.max(...weights.map((weight, i) => Math.abs(weight - (ours[i] as number))))).toBeLessThan(1e-12);
    }
  });
});

describe("500 draws after 60 trials have the distribution of Optuna's", () => {
  const golden = vectors<{
    params_order: readonly string[];
    draws500_n60: Record<"univariate" | "multivariate", readonly (readonly (string | number)[])[]>;
  }>("tpe-draws.json");
  const history = history100.slice(0, 60);

  test.each([
    ["multivariate", true, "release"],
    ["multivariate", true, "checked"],
    ["univariate", false, "release"],
  ] as const)("%s", (mode, multivariate, build) => {
    const { core } = cores.find((each) => each.build === build) as (typeof cores)[number];
    const theirs = golden.draws500_n60[mode];
    const sampler = tpe({ multivariate });
    const ours = theirs.map((_, seed) => ask(core, sampler, historySpace, history, 60, { seed }));
    golden.params_order.forEach((name, j) => {
      const { distribution } = historySpace.find((param) => param.name === name) as (typeof historySpace)[number];
      const internal = (value: string | number): number =>
        distribution.type === "categorical" ? distribution.choices.indexOf(value) : (value as number);
      const reference = theirs.map((draw) => internal(draw[j] as string | number)).sort((a, b) => a - b);
      const own = ours.map((draw) => draw?.[name] as number).sort((a, b) => a - b);
      // The two-sample Kolmogorov-Smirnov distance; above 1.95 sqrt(2 / 500) once in 1,000.
      const shareUpTo = (sorted: readonly number[], x: number): number =>
        sorted.filter((value) => value <= x).length / sorted.length;
      const distance = Math.max(
        ...[...reference, ...own].map((x) => Math.abs(shareUpTo(reference, x) - shareUpTo(own, x))),
      );
      expect(distance).toBeLessThan(1.95 * Math.sqrt(2 / 500));
    });
  });

  test("and the two modes differ", () => {
    const share = (mode: "univariate" | "multivariate"): number =>
      golden.draws500_n60[mode].filter((draw) => (draw[0] as number) > 1).length / 500;
    const own = (multivariate: boolean): number =>
      Array.from({ length: 200 }, (_, seed) =>
        ask(core, tpe({ multivariate }), historySpace, history, 60, { seed }),
      ).filter((draw) => (draw?.["x"] as number) > 1).length / 200;
    expect(Math.abs(own(true) - share("multivariate"))).toBeLessThan(0.12);
    expect(Math.abs(own(false) - share("univariate"))).toBeLessThan(0.12);
    expect(own(false) - own(true)).toBeGreaterThan(0.2);
  });
});

const space = flattenSpace({ x: float(0, 1), y: float(0, 1) });
const at = (number: number, x: number, value: number | null, fields: Partial<TrialRecord> = {}): TrialRecord =>
  trialRecord(space, number, { x, y: 0.5 }, value, fields);
/** Mean x of suggestions over 40 seeds. */
function meanX(
  history: readonly TrialRecord[],
  options: TpeOptions = {},
  rest: Parameters<typeof ask>[5] = {},
): number {
  const number = history.length + (rest.pending?.length ?? 0);
  const draws = Array.from({ length: 40 }, (_, seed) =>
    ask(core, tpe(options), space, history, number, { ...rest, seed }),
  );
  return draws.reduce((sum, draw) => sum + (draw?.["x"] as number), 0) / 40;
}

describe("what counts as good", () => {
  // Twenty trials, of which the two at x = 0.9 have the lowest values and the two at 0.1 the highest.
  const trials = Array.from({ length: 20 }, (_, number) => {
    if (number < 2) return at(number, 0.9, -5);
    if (number < 4) return at(number, 0.1, 5);
    return at(number, 0.3 + 0.025 * (number - 3), 0);
  });

  test("low values when minimizing, high ones when maximizing", () => {
    expect(meanX(trials)).toBeGreaterThan(0.75);
    expect(meanX(trials, {}, { direction: "maximize" })).toBeLessThan(0.25);
    const mirrored = trials.map((trial) =>
      at(trial.number, trial.internal["x"] as number, -(trial.values?.[0] as number)),
    );
    for (const seed of [1, 2, 3]) {
      expect(ask(core, tpe(), space, mirrored, 20, { seed, direction: "maximize" })).toEqual(
        ask(core, tpe(), space, trials, 20, { seed }),
      );
    }
  });

  test("infinite values are the best or the worst there are", () => {
    const low = trials.map((trial) =>
      trial.values?.[0] === -5 ? at(trial.number, 0.9, Number.NEGATIVE_INFINITY) : trial,
    );
    const high = trials.map((trial) =>
      trial.values?.[0] === 5 ? at(trial.number, 0.1, Number.POSITIVE_INFINITY) : trial,
    );
    expect(ask(core, tpe(), space, low, 20)).toEqual(ask(core, tpe(), space, trials, 20));
    expect(ask(core, tpe(), space, high, 20)).toEqual(ask(core, tpe(), space, trials, 20));
  });

  test("failed trials do not count", () => {
    const failed = [20, 21, 22].map((number) => at(number, 0.1, null, { state: "fail" }));
    expect(ask(core, tpe(), space, [...trials, ...failed], 23)).toEqual(ask(core, tpe(), space, trials, 23));
  });

  test("pruned ones do, after the complete ones, and the further they got the more", () => {
    const pruned = (number: number, x: number, steps: number, value: number): TrialRecord =>
      at(number, x, null, { state: "pruned", intermediate: [[steps, value]] });
    const bad = Array.from({ length: 18 }, (_, i) => pruned(i, 0.2 + 0.02 * i, 3, 1));
    // Two good ones of twenty: those that got furthest, then those with the best report.
    expect(meanX([...bad, pruned(18, 0.95, 9, 100), pruned(19, 0.93, 9, 100)])).toBeGreaterThan(0.8);
    expect(meanX([...bad, pruned(18, 0.95, 3, 0), pruned(19, 0.93, 3, 0)])).toBeGreaterThan(0.8);
    expect(meanX([...bad, pruned(18, 0.95, 3, Number.NaN), pruned(19, 0.93, 3, Number.NaN)])).toBeLessThan(0.8);
    expect(meanX([...bad, at(18, 0.95, 1e9), at(19, 0.93, 1e9)])).toBeGreaterThan(0.8);
    const silent = at(0, 0.95, null, { state: "pruned" });
    expect(meanX([silent, ...bad.slice(1), at(18, 0.05, 1), at(19, 0.05, 1)])).toBeLessThan(0.2);
  });

  test("the first nStartupTrials that count are random", () => {
    const uniformX = (history: readonly TrialRecord[], options: TpeOptions): number => {
      const draws = Array.from(
        { length: 100 },
        (_, seed) => ask(core, tpe(options), space, history, 50, { seed })?.["x"] as number,
      );
      return draws.filter((x) => x < 0.5).length;
    };
    const failed = at(21, 0.5, null, { state: "fail" });
    expect(Math.abs(uniformX([...trials, failed], { nStartupTrials: 21 }) - 50)).toBeLessThan(17);
    expect(uniformX(trials, { nStartupTrials: 20 })).toBeLessThan(25);
  });

  test("gamma and weights can be given", () => {
    expect(meanX(trials, { gamma: () => 1, weights: (n) => new Float64Array(n).fill(2) })).toBeGreaterThan(0.7);
    // Of four good trials the weights single out the last two, which lie near 0.7.
    const chosen = meanX(trials, {
      gamma: () => 4,
      priorWeight: 0,
      weights: (n) => Float64Array.from({ length: n }, (_, i) => (n === 4 && i < 2 ? 0 : 1)),
    });
    expect(chosen).toBeLessThan(0.75);
    expect(chosen).toBeGreaterThan(0.2);
  });
});

describe("trials under way", () => {
  const trials = Array.from({ length: 20 }, (_, number) => at(number, number / 19, (number / 19 - 0.5) ** 2));
  const pending = Array.from({ length: 8 }, (_, i) => running(at(20 + i, 0.5 + 0.005 * i, null)));

  test("are kept away from", () => {
    const line = flattenSpace({ x: float(0, 1) });
    const on = (trial: TrialRecord): TrialRecord => ({ ...trial, internal: { x: trial.internal["x"] as number } });
    const among = (options: TpeOptions): number => {
      const draws = Array.from(
        { length: 100 },
        (_, seed) =>
          ask(core, tpe(options), line, trials.map(on), 28, { seed, pending: pending.map(on) })?.["x"] as number,
      );
      return draws.filter((x) => x > 0.48 && x < 0.56).length;
    };
    expect(among({})).toBeLessThan(0.5 * among({ constantLiar: false }));
  });

  test("are not looked at without constantLiar, nor is the trial itself", () => {
    const options = { constantLiar: false };
    expect(ask(core, tpe(options), space, trials, 28, { pending })).toEqual(ask(core, tpe(options), space, trials, 28));
    const itself = running(at(28, 0.1, null));
    expect(ask(core, tpe(), space, trials, 28, { pending: [...pending, itself] })).toEqual(
      ask(core, tpe(), space, trials, 28, { pending }),
    );
  });

  test("take their place by number among the others", () => {
    // 40 trials, so that old ones weigh less: a pending trial of number 5 is an old one.
    const many = Array.from({ length: 40 }, (_, i) => at(i < 5 ? i : i + 1, ((i * 7) % 40) / 39, i % 13));
    const old = running(at(5, 0.4, null));
    const asIfFinished = [...many, at(5, 0.4, 1000)].sort((a, b) => a.number - b.number);
    const gamma = (): number => 4;
    expect(ask(core, tpe({ gamma }), space, many, 41, { pending: [old] })).toEqual(
      ask(core, tpe({ gamma }), space, asIfFinished, 41),
    );
  });
});

describe("conditional parameters", () => {
  const nested = {
    model: choice({ svm: { C: float(0, 1), gamma: float(0, 1) }, tree: { depth: int(1, 20) } }),
    rate: float(0, 1),
  };
  const flat = flattenSpace(nested);
  const loss = (params: Readonly<Record<string, unknown>>): number => {
    const model = params["model"] as { kind: string; C?: number; gamma?: number };
    // C and gamma must be on the same side: their product counts.
    return model.kind === "tree" ? 2 : ((model.C as number) - 0.5) * ((model.gamma as number) - 0.5);
  };

  test.each([{}, { group: true }, { multivariate: false }])(
    "%o: are learnt from the trials that have them",
    (options) => {
      const trials = feedback(core, tpe(options), nested, loss, { seed: 4, trials: 120 });
      const late = trials.slice(80);
      expect(late.filter((trial) => trial.params["model"] === "svm").length).toBeGreaterThan(30);
      const good = late.filter((trial) => (trial.values?.[0] as number) < -0.1);
      expect(good.length).toBeGreaterThan(15);
    },
  );

  test("a branch never seen is drawn from its prior", () => {
    const svmOnly = Array.from({ length: 15 }, (_, number) =>
      trialRecord(flat, number, { model: 0, "model.svm.C": 0.5, "model.svm.gamma": 0.5, rate: 0.5 }, number),
    );
    for (const options of [{}, { group: true }, { multivariate: false }]) {
      // A single candidate: a draw from the density of the good ones.
      const sampler = tpe({ ...options, nEiCandidates: 1 });
      const depths = Array.from({ length: 400 }, (_, seed) => ask(core, sampler, flat, svmOnly, 15, { seed })).flatMap(
        (draw) => draw?.["model.tree.depth"] ?? [],
      );
      expect(depths.length).toBeGreaterThan(80);
      expect(new Set(depths).size).toBeGreaterThan(17);
    }
  });

  test("a parameter whose range changed keeps the values that still fit", () => {
    const before = flattenSpace({ x: float(0, 10), c: choice(["a", "b"]) });
    const after = flattenSpace({ x: float(0, 1), c: choice(["b", "a"]) });
    const inside = Array.from({ length: 20 }, (_, i) => trialRecord(before, i, { x: i / 20, c: 0 }, Math.abs(i - 16)));
    const outside = inside.map((trial) => trialRecord(before, trial.number, { x: 5, c: 0 }, 0));
    const xs = (history: readonly TrialRecord[]): number[] =>
      Array.from({ length: 40 }, (_, seed) => ask(core, tpe(), after, history, 20, { seed })?.["x"] as number);
    const mean = (list: readonly number[]): number => list.reduce((sum, x) => sum + x, 0) / list.length;
    expect(mean(xs(inside))).toBeGreaterThan(0.65);
    expect(Math.abs(mean(xs(outside)) - 0.5)).toBeLessThan(0.2);
  });
});

describe("groups", () => {
  /** The groups as lists of parameters, by brute force: alike are those that stood in the same trials. */
  function naive(trials: readonly (readonly boolean[])[], count: number): string[] {
    const bySignature = new Map<string, number[]>();
    for (let j = 0; j < count; j++) {
      const signature = trials.map((present) => (present[j] ? 1 : 0)).join("");
      if (!signature.includes("1")) continue;
      bySignature.set(signature, [...(bySignature.get(signature) ?? []), j]);
    }
    return [...bySignature.values()].map((group) => group.join(" ")).sort();
  }

  test("are the parameters that stood in the same trials", () => {
    let state = 12345;
    const bit = (): boolean => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return state / 2147483648 < 0.6;
    };
    for (let round = 0; round < 50; round++) {
      const trials = Array.from({ length: 1 + (round % 5) }, () => Array.from({ length: 8 }, bit));
      const groups = trials.reduce<readonly number[]>(regroup, new Array(8).fill(-1));
      const members = new Map<number, number[]>();
      groups.forEach((group, j) => group >= 0 && members.set(group, [...(members.get(group) ?? []), j]));
      expect([...members.values()].map((group) => group.join(" ")).sort()).toEqual(naive(trials, 8));
    }
  });
});

describe("refuses", () => {
  test.each<[string, TpeOptions, string]>([
    ["startup trials below 0", { nStartupTrials: -1 }, '"nStartupTrials": expected a whole number >= 0, got -1'],
    ["no candidates", { nEiCandidates: 0 }, '"nEiCandidates": expected a whole number from 1 to 1000000, got 0'],
    ["a negative prior", { priorWeight: -1 }, '"priorWeight": expected a finite number >= 0, got -1'],
    [
      "groups one by one",
      { group: true, multivariate: false },
      '"group": expected multivariate with group, got multivariate=false',
    ],
  ])("%s", (_, options, message) => {
    expect(() => tpe(options)).toThrow(message);
  });

  test.each<[string, TpeOptions, string]>([
    ["a gamma that is no count", { gamma: () => 1.5 }, '"gamma(20)": expected a whole number >= 0, got 1.5'],
    ["too few weights", { weights: () => [1] }, '"weights(2)": expected 2 weights, not all 0, got [1]'],
    [
      "weights of 0",
      { weights: (n) => new Array(n).fill(0) },
      '"weights(2)": expected 2 weights, not all 0, got [0, 0]',
    ],
    [
      "a negative weight",
      { weights: (n) => new Array(n).fill(-1) },
      '"weights(2)[0]": expected a finite number >= 0, got -1',
    ],
  ])("%s", (_, options, message) => {
    const trials = Array.from({ length: 20 }, (_, number) => at(number, number / 20, number));
    expect(() => ask(core, tpe(options), space, trials, 20)).toThrow(message);
  });
});
