import { type Distribution, sameDistribution } from "../core/distribution.ts";
import { expectInteger, expectName, expectNumber, show, VernierError } from "../core/errors.ts";
import type { Json } from "../core/json.ts";
import {
  type ChoiceParam,
  checkDistribution,
  choice,
  type FloatOptions,
  float,
  type IntOptions,
  int,
} from "../core/space.ts";
import { type Checkpoints, checkedCheckpoints } from "../storages/checkpoints.ts";
import type { Core } from "../wasm/core.ts";
import { drawPrior } from "../wasm/draw.ts";
import { uniforms } from "../wasm/random.ts";
import type { DrawnParam, Report, TrialHost, TrialTask } from "./runner.ts";

/** A trial while it runs: what the objective is given as its second argument. */
export interface LiveTrial {
  /** Position in the study, from 0. */
  readonly number: number;
  /** The study's seed: with `number` it makes an objective's own random numbers repeatable. */
  readonly seed: number;
  /** Aborted when the trial is to be given up: the study was cancelled, or the trial ran past its time-out. */
  readonly signal: AbortSignal;
  /** A real number in [low, high], for spaces that are defined while the objective runs. */
  suggestFloat(name: string, low: number, high: number, options?: FloatOptions): number;
  /** A whole number in [low, high], both included. */
  suggestInt(name: string, low: number, high: number, options?: IntOptions): number;
  /** One of `choices`. */
  suggestCategorical<const V>(name: string, choices: readonly V[]): V;
  /**
   * Records an intermediate value, with several objectives one for each, at a step (a whole number >= 0); a second
   * report at a step is ignored. Throws for anything else, which fails the trial.
   */
  report(value: number | readonly number[], step: number): void;
  /** Whether the study's pruner would give this trial up, judging by the reports so far. */
  shouldPrune(): Promise<boolean>;
  /**
   * Records by how much the trial violates a constraint: a finite number, at most 0 where the constraint holds. Samplers
   * that know constraints (`tpe`, `gp`, `cmaes`, `nsga2`, `nsga3`) look for trials that keep all of them, and only those
   * count as best. Said twice, the last one holds. Kept as Optuna keeps it.
   */
  setConstraint(name: string, value: number): void;
  /** Keeps a JSON value with the trial's record. */
  setUserAttr(name: string, value: Json): void;
  /**
   * The checkpoints of the study, which all its trials share, in whatever thread: one reads what another has set. A trial
   * that goes on from one reports again what was reported before it (keep it among the bytes), so that its record and the
   * pruner's judgement are those of a trial that was never interrupted.
   */
  readonly checkpoints: Checkpoints;
}

/** The live trial of `task`, whose words go to `host`; `signal` gives its signal, the same one each time. */
export function createLiveTrial(core: Core, task: TrialTask, host: TrialHost, signal: () => AbortSignal): LiveTrial {
  const taken = new Map<string, DrawnParam>();

  function suggest(name: string, distribution: Distribution): number {
    const before = taken.get(name);
    if (before !== undefined) {
      if (sameDistribution(before.distribution, distribution)) return before.internal;
      throw new VernierError("invalid-space", `"${name}": expected one range within a trial, got a second, other one`);
    }
    const drawn = { distribution, internal: draw(name, distribution) };
    taken.set(name, drawn);
    host.suggested(name, drawn);
    return drawn.internal;
  }

  // A parameter seen in earlier trials was drawn by the sampler before the trial started; one never seen, or
  // seen with another range, comes from its prior with the trial's own key.
  function draw(name: string, distribution: Distribution): number {
    checkDistribution(name, distribution);
    const known = Object.hasOwn(task.drawn, name) ? task.drawn[name] : undefined;
    if (known !== undefined && sameDistribution(known.distribution, distribution)) return known.internal;
    if (known !== undefined) expectCompatible(name, known.distribution, distribution);
    const [u] = uniforms(core, { seed: task.seed, trial: task.number, purpose: `suggest/${name}` }, 1);
    return drawPrior(core, distribution, u as number);
  }

  const live: Omit<LiveTrial, "signal" | "checkpoints"> = {
    number: task.number,
    seed: task.seed,
    suggestFloat: (name, low, high, options) => suggest(name, float(low, high, options).distribution),
    suggestInt: (name, low, high, options) => suggest(name, int(low, high, options).distribution),
    suggestCategorical<const V>(name: string, choices: readonly V[]): V {
      const param: ChoiceParam<V> = choice(choices);
      const index = suggest(name, { type: "categorical", choices: param.labels });
      return param.values[index] as V;
    },
    report(value, step) {
      expectInteger("step", step, 0);
      host.report(expectReport(value, task.objectives), step);
    },
    shouldPrune: async () => host.shouldPrune(),
    setConstraint(name, value) {
      expectName("constraint", name);
      host.setConstraint(name, expectNumber(name, value, "a finite number, at most 0 where the constraint holds"));
    },
    setUserAttr(name, value) {
      expectName("attribute", name);
      if (JSON.stringify(value) === undefined) {
        throw new VernierError("invalid-argument", `"${name}": expected a JSON value, got ${show(value)}`);
      }
      host.setUserAttr(name, value);
    },
  };
  return Object.assign(new LazyParts(signal, host), live);
}

// What few trials ask for. Getters of a literal would make of every live trial a slow object, a hash table.
class LazyParts {
  readonly #signal: () => AbortSignal;
  readonly #host: TrialHost;

  constructor(signal: () => AbortSignal, host: TrialHost) {
    this.#signal = signal;
    this.#host = host;
  }

  get signal(): AbortSignal {
    return this.#signal();
  }

  get checkpoints(): Checkpoints {
    return checkedCheckpoints(this.#host.checkpoints);
  }
}

function expectReport(value: unknown, objectives: number): Report {
  if (objectives === 1 && typeof value === "number") return value;
  if (objectives > 1 && Array.isArray(value) && value.length === objectives) {
    // A copy, as the report may travel later than it is made.
    if (value.every((item) => typeof item === "number")) return [...value];
  }
  const expected = objectives === 1 ? "a number to report" : `${objectives} numbers to report, one per objective`;
  throw new VernierError("invalid-argument", `"value": expected ${expected}, got ${show(value)}`);
}

// Ranges may move from trial to trial; the kind of parameter may not.
function expectCompatible(name: string, before: Distribution, now: Distribution): void {
  const kind = (distribution: Distribution): string =>
    distribution.type === "categorical"
      ? `one of ${distribution.choices.map(show).join(", ")}`
      : `${distribution.type}${distribution.log ? " with log" : ""}`;
  if (kind(before) === kind(now)) return;
  throw new VernierError("invalid-space", `"${name}": expected ${kind(before)} as in earlier trials, got ${kind(now)}`);
}
