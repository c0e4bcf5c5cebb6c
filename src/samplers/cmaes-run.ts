import type { Core } from "../wasm/core.ts";
import { uniforms } from "../wasm/random.ts";
import type { Axis } from "./cmaes-axis.ts";
import { fullRates, type LearningRates, withLearningRate } from "./cmaes-learning-rate.ts";
import { withMargin } from "./cmaes-margin.ts";
import type { CmaesSettings } from "./cmaes-options.ts";
import { firstPlan, hasStalled, type LossRanges, nextPlan, type Plan, stallTerm } from "./cmaes-restarts.ts";
import type { Start } from "./cmaes-start.ts";
import { type CmaesState, cmaesState, diagonalOf, fullOf } from "./cmaes-state.ts";
import { type CmaesStrategy, cmaesStrategy, defaultPopulation } from "./cmaes-strategy.ts";
import { cmaesMove, cmaesTell } from "./cmaes-tell.ts";

/** What does not change in a study. */
export interface Task {
  readonly axes: readonly Axis[];
  readonly settings: CmaesSettings;
  readonly seed: number;
}

/** A run of CMA-ES after some generations. */
export interface CmaesRun {
  readonly plan: Plan;
  readonly first: Plan;
  readonly strategy: CmaesStrategy;
  readonly state: CmaesState;
  /** Null: all steps are taken in full. */
  readonly rates: LearningRates | null;
  /** Of the last generations. */
  readonly ranges: LossRanges;
  readonly evaluations: number;
}

/** One generation's trials, best first. */
export interface Generation {
  /** Coordinates [lambda, n]. */
  readonly points: Float64Array;
  readonly bestLoss: number;
  readonly worstLoss: number;
}

/** Above this many parameters covariances are not learned unless asked for: n (n + 1) / 2 need too many trials. */
const MOST_FULL = 64;
/** For so many evaluations a parameter they are left at 0 at first. */
const DIAGONAL_EVALUATIONS = 20;

export function firstRun(core: Core, task: Task, start: Start): CmaesRun {
  const plan = firstPlan(task.settings.population ?? defaultPopulation(core, task.axes.length), start.sigma);
  return begin(core, task, plan, plan, start);
}

function begin(core: Core, task: Task, plan: Plan, first: Plan, { mean, C }: Omit<Start, "sigma">): CmaesRun {
  const n = task.axes.length;
  const separable = task.settings.separable ?? (n > MOST_FULL || C === null);
  const strategy = cmaesStrategy(core, n, plan.lambda, separable);
  const own = C !== null && separable ? diagonalOf(C, n) : C;
  const state = cmaesState(core, mean, plan.sigma, separable, own ?? undefined);
  const rates = task.settings.learningRateAdaptation ? fullRates(n, state.C.length) : null;
  return { plan, first, strategy, state: moving(core, task, strategy, state), rates, ranges: [], evaluations: 0 };
}

/** The run after a generation; one that has stalled, or left the range of floating point, begins anew. */
export function afterGeneration(core: Core, task: Task, run: CmaesRun, generation: Generation): CmaesRun {
  const { plan, first, strategy } = run;
  const { settings, seed } = task;
  const n = task.axes.length;
  const evaluations = run.evaluations + plan.lambda;
  const next = learn(core, run, generation.points);
  if (next === null) return begin(core, task, plan, first, { mean: run.state.mean, C: null });
  const state = moving(core, task, strategy, next.state);
  const range = [generation.bestLoss, generation.worstLoss] as const;
  const ranges = [...run.ranges, range].slice(-stallTerm(n, plan.lambda));
  if (settings.restarts !== "none" && hasStalled(strategy, state, plan.sigma, ranges)) {
    const again = nextPlan(core, settings.restarts, plan, evaluations, first, seed);
    const mean = uniforms(core, { seed, trial: again.index, purpose: "cmaes/restart" }, n);
    return begin(core, task, again, first, { mean, C: null });
  }
  const after = { ...run, state, rates: next.rates, ranges, evaluations };
  const ready = settings.separable === null && n <= MOST_FULL && evaluations >= DIAGONAL_EVALUATIONS * n;
  return ready && strategy.separable ? inFull(core, after) : after;
}

/** Steps longer than that of an unlikely sample come from elsewhere: Hansen (2011), section 3. */
const longestStep = (n: number): number => Math.sqrt(n) + (2 * n) / (n + 2);

function learn(core: Core, run: CmaesRun, points: Float64Array): Pick<CmaesRun, "state" | "rates"> | null {
  const { strategy, state, rates } = run;
  const longest = longestStep(strategy.n);
  if (rates !== null) return withLearningRate(core, state, cmaesMove(core, strategy, state, points, longest), rates);
  const told = cmaesTell(core, strategy, state, points, longest);
  return told === null ? null : { state: told, rates };
}

function moving(core: Core, { axes, settings }: Task, strategy: CmaesStrategy, state: CmaesState): CmaesState {
  return settings.margin ? withMargin(core, strategy, state, axes) : state;
}

/** The same run, the covariances of which are learned from now on. */
function inFull(core: Core, run: CmaesRun): CmaesRun {
  const { n, lambda } = run.strategy;
  const { state, rates } = run;
  const { C, B, D } = cmaesState(core, state.mean, state.sigma, false, fullOf(state.C));
  const full = rates && {
    ...rates,
    covariance: { ...rates.covariance, average: fullOf(rates.covariance.average) },
  };
  return { ...run, strategy: cmaesStrategy(core, n, lambda, false), state: { ...state, C, B, D }, rates: full };
}
