import { expectNumber, expectOneOf, show, VernierError } from "../core/errors.ts";
import type { Json } from "../core/json.ts";
import { hyperband } from "../pruners/hyperband.ts";
import { median } from "../pruners/median.ts";
import { nonDominatedRank } from "../pruners/non-dominated-rank.ts";
import { nop } from "../pruners/nop.ts";
import { patient } from "../pruners/patient.ts";
import { percentile } from "../pruners/percentile.ts";
import type { Pruner } from "../pruners/pruner.ts";
import { successiveHalving } from "../pruners/successive-halving.ts";
import { threshold } from "../pruners/threshold.ts";
import { wilcoxon } from "../pruners/wilcoxon.ts";
import { auto } from "../samplers/auto.ts";
import { bruteForce } from "../samplers/brute-force.ts";
import { cmaes } from "../samplers/cmaes.ts";
import { evolution } from "../samplers/evolution.ts";
import { gp } from "../samplers/gp.ts";
import { grid } from "../samplers/grid.ts";
import { nsga2 } from "../samplers/nsga2.ts";
import { nsga3 } from "../samplers/nsga3.ts";
import { qmc } from "../samplers/qmc.ts";
import { random } from "../samplers/random.ts";
import type { Sampler } from "../samplers/sampler.ts";
import { tpe } from "../samplers/tpe.ts";
import { expectMembers, isObject, type JsonObject } from "./members.ts";

/** A sampler or a pruner in a study's JSON form: its name, or that and the options that its factory takes. */
export type StrategyJson = string | { readonly name: string; readonly options?: { readonly [option: string]: Json } };

/** What an option must be before its factory looks at it, which checks the rest. */
type Kind = "number" | "boolean" | "text" | "numbers" | "lists" | "any";

interface Strategy<Made> {
  readonly make: (options: never) => Made;
  readonly options: Readonly<Record<string, Kind>>;
}

const genetic = {
  population: "number",
  mutationProb: "number",
  crossover: "any",
  crossoverProb: "number",
  swappingProb: "number",
} as const;

/** The samplers by name, with the options that are plain data. */
export const samplers: Readonly<Record<string, Strategy<Sampler>>> = {
  auto: { make: () => auto(), options: {} },
  gp: {
    make: gp,
    options: {
      nStartupTrials: "number",
      kernel: "text",
      warp: "boolean",
      inputWarp: "boolean",
      deterministic: "boolean",
      acquisition: "text",
      repeats: "boolean",
    },
  },
  tpe: {
    make: tpe,
    options: {
      nStartupTrials: "number",
      nEiCandidates: "number",
      multivariate: "boolean",
      group: "boolean",
      constantLiar: "boolean",
      priorWeight: "number",
      considerMagicClip: "boolean",
      considerEndpoints: "boolean",
    },
  },
  cmaes: {
    make: cmaes,
    options: {
      sigma0: "number",
      x0: "numbers",
      population: "number",
      separable: "boolean",
      margin: "boolean",
      restarts: "text",
      learningRateAdaptation: "boolean",
      startup: "number",
    },
  },
  nsga2: { make: nsga2, options: genetic },
  nsga3: { make: nsga3, options: { ...genetic, dividingParameter: "number", referencePoints: "any" } },
  evolution: { make: evolution, options: { population: "number", tournament: "number" } },
  qmc: { make: qmc, options: { type: "text", scramble: "boolean" } },
  grid: { make: grid, options: { values: "lists" } },
  bruteForce: { make: bruteForce, options: { order: "text" } },
  random: { make: () => random(), options: {} },
};

const steps = { startupTrials: "number", warmupSteps: "number", intervalSteps: "number", minTrials: "number" } as const;

/** The pruners by name; `patient` takes the one that it wraps as an option. */
export const pruners: Readonly<Record<string, Strategy<Pruner>>> = {
  nop: { make: () => nop(), options: {} },
  median: { make: median, options: steps },
  percentile: {
    make: ({ percent, ...options }: { percent: number }) => percentile(percent, options),
    options: { percent: "number", ...steps },
  },
  threshold: {
    make: threshold,
    options: { lower: "number", upper: "number", warmupSteps: "number", intervalSteps: "number" },
  },
  patient: {
    make: ({ pruner = null, ...options }: { pruner?: StrategyJson | null; patience: number }) =>
      patient(pruner === null ? null : prunerFromJson(pruner), options),
    options: { pruner: "any", patience: "number", minDelta: "number" },
  },
  successiveHalving: {
    make: successiveHalving,
    options: {
      minResource: "any",
      reductionFactor: "number",
      minEarlyStoppingRate: "number",
      bootstrapCount: "number",
    },
  },
  hyperband: {
    make: hyperband,
    options: {
      minResource: "number",
      maxResource: "any",
      reductionFactor: "number",
      bootstrapCount: "number",
      bracketKey: "text",
    },
  },
  wilcoxon: { make: wilcoxon, options: { pThreshold: "number", startupSteps: "number" } },
  nonDominatedRank: { make: nonDominatedRank, options: { percentile: "number", ...steps } },
};

/** Throws `invalid-argument` for an unknown name, or options that the sampler does not take. */
export function samplerFromJson(json: StrategyJson): Sampler {
  return make("sampler", samplers, json);
}

/** Throws `invalid-argument` for an unknown name, or options that the pruner does not take. */
export function prunerFromJson(json: StrategyJson): Pruner {
  return make("pruner", pruners, json);
}

function make<Made>(what: string, known: Readonly<Record<string, Strategy<Made>>>, json: unknown): Made {
  const { name, options = {} } =
    typeof json === "string" ? { name: json } : expectMembers(what, json, ["name", "options"]);
  const strategy = known[expectOneOf(what, name, Object.keys(known)) as string] as Strategy<Made>;
  const given = expectMembers(`${what}.options`, options, Object.keys(strategy.options));
  for (const [option, value] of Object.entries(given)) expectKind(option, value, strategy.options[option] as Kind);
  return strategy.make(given as never);
}

function expectKind(name: string, value: Json, kind: Kind): void {
  if (kind === "number") expectNumber(name, value);
  else if (kind === "boolean") expectOneOf(name, value, [true, false]);
  else if (kind === "text" && typeof value !== "string") refuse(name, "a text", value);
  else if (kind === "numbers") for (const [key, item] of entriesOf(name, value)) expectNumber(`${name}.${key}`, item);
  else if (kind === "lists") {
    for (const [key, item] of entriesOf(name, value))
      if (!Array.isArray(item)) refuse(`${name}.${key}`, "a list", item);
  }
}

function entriesOf(name: string, value: Json): [string, Json][] {
  return Object.entries(isObject(value) ? (value as JsonObject) : refuse(name, "an object", value));
}

function refuse(name: string, expected: string, got: Json): never {
  throw new VernierError("invalid-argument", `"${name}": expected ${expected}, got ${show(got)}`);
}
