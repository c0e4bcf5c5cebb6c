import { expectNumber, expectOneOf } from "../core/errors.ts";
import type { Json } from "../core/json.ts";
import { patient } from "../pruners/patient.ts";
import type { Pruner } from "../pruners/pruner.ts";
import { prunerNamed } from "../pruners/registry.ts";
import { samplerNamed } from "../samplers/registry.ts";
import type { Sampler } from "../samplers/sampler.ts";
import { expectMembers, type JsonObject, membersOf, refuse } from "./members.ts";

/** A sampler or a pruner in a study's JSON form: its name, or that and the options that its factory takes. */
export type StrategyJson = string | { readonly name: string; readonly options?: { readonly [option: string]: Json } };

/** What an option must be before its factory looks at it, which checks the rest. */
type Kind = "number" | "boolean" | "text" | "numbers" | "lists" | "any";

type Options = Readonly<Record<string, Kind>>;

const genetic: Options = {
  population: "number",
  mutationProb: "number",
  crossover: "any",
  crossoverProb: "number",
  swappingProb: "number",
};

/** The samplers by name, with those of their options that are plain data. */
export const samplers: Readonly<Record<string, Options>> = {
  auto: {},
  gp: {
    nStartupTrials: "number",
    kernel: "text",
    warp: "boolean",
    inputWarp: "boolean",
    deterministic: "boolean",
    acquisition: "text",
    repeats: "boolean",
  },
  tpe: {
    nStartupTrials: "number",
    nEiCandidates: "number",
    multivariate: "boolean",
    group: "boolean",
    constantLiar: "boolean",
    priorWeight: "number",
    considerMagicClip: "boolean",
    considerEndpoints: "boolean",
  },
  cmaes: {
    sigma0: "number",
    x0: "numbers",
    population: "number",
    separable: "boolean",
    margin: "boolean",
    restarts: "text",
    learningRateAdaptation: "boolean",
    startup: "number",
  },
  nsga2: genetic,
  nsga3: { ...genetic, dividingParameter: "number", referencePoints: "any" },
  evolution: { population: "number", tournament: "number" },
  qmc: { type: "text", scramble: "boolean" },
  grid: { values: "lists" },
  bruteForce: { order: "text" },
  random: {},
};

const steps: Options = { startupTrials: "number", warmupSteps: "number", intervalSteps: "number", minTrials: "number" };

/** The pruners by name, likewise; what `percentile` and `patient` take first are their options "percentile" and "pruner". */
export const pruners: Readonly<Record<string, Options>> = {
  nop: {},
  median: steps,
  percentile: { percentile: "number", ...steps },
  threshold: { lower: "number", upper: "number", warmupSteps: "number", intervalSteps: "number" },
  patient: { pruner: "any", patience: "number", minDelta: "number" },
  successiveHalving: {
    minResource: "any",
    reductionFactor: "number",
    minEarlyStoppingRate: "number",
    bootstrapCount: "number",
  },
  hyperband: {
    minResource: "number",
    maxResource: "any",
    reductionFactor: "number",
    bootstrapCount: "number",
    bracketKey: "text",
  },
  wilcoxon: { pThreshold: "number", startupSteps: "number" },
  nonDominatedRank: { percentile: "number", ...steps },
};

/** Throws `invalid-argument` for an unknown name, or options that the sampler does not take. */
export function samplerFromJson(json: StrategyJson): Sampler {
  return samplerNamed(...checked("sampler", samplers, json));
}

/** Throws `invalid-argument` for an unknown name, or options that the pruner does not take. */
export function prunerFromJson(json: StrategyJson): Pruner {
  const [name, options] = checked("pruner", pruners, json);
  if (name !== "patient") return prunerNamed(name, options);
  const { pruner = null, ...rest } = options as { readonly pruner?: StrategyJson | null; readonly patience: number };
  return patient(pruner === null ? null : prunerFromJson(pruner), rest);
}

function checked(
  what: string,
  known: Readonly<Record<string, Options>>,
  json: unknown,
): [name: string, options: JsonObject] {
  const { name, options = {} } =
    typeof json === "string" ? { name: json } : expectMembers(what, json, ["name", "options"]);
  const kinds = known[expectOneOf(what, name, Object.keys(known)) as string] as Options;
  const given = expectMembers(`${what}.options`, options, Object.keys(kinds));
  for (const [option, value] of Object.entries(given)) expectKind(option, value, kinds[option] as Kind);
  return [name as string, given];
}

function expectKind(name: string, value: Json, kind: Kind): void {
  if (kind === "number") expectNumber(name, value);
  else if (kind === "boolean") expectOneOf(name, value, [true, false]);
  else if (kind === "text" && typeof value !== "string") refuse(name, "a text", value);
  else if (kind === "numbers") for (const [key, item] of membersOf(name, value)) expectNumber(`${name}.${key}`, item);
  else if (kind === "lists") {
    for (const [key, item] of membersOf(name, value))
      if (!Array.isArray(item)) refuse(`${name}.${key}`, "a list", item);
  }
}
