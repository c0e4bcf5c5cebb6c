import { expectOneOf, show, VernierError } from "../core/errors.ts";
import type { Features } from "../core/table.ts";
import type { Scorer } from "../metrics/scorer.ts";
import { scorerNamed } from "../metrics/scorers.ts";
import type { Estimator, FittedEstimator } from "../models/estimator.ts";
import type { Targets } from "./targets.ts";

/** A score of one's own, of a trained model on rows that it has not seen; greater is better. */
export type ScoreFunction = (model: FittedEstimator, X: Features, y: Targets) => number;

/** A score by its name in `vernier/metrics`, a scorer, or a function. */
export type ScoringLike = string | Scorer | ScoreFunction;

/** One score, or several: a list, or by names of one's own. */
export type Scoring = ScoringLike | readonly ScoringLike[] | Readonly<Record<string, ScoringLike>>;

/** A score under the name that it has in tables. */
export interface Metric {
  readonly name: string;
  readonly scorer: Scorer | ScoreFunction;
}

/** What models are scored by unless told otherwise: accuracy, or the coefficient of determination. */
export function defaultScoring(task: Estimator["task"]): string {
  return task === "regression" ? "r2" : "accuracy";
}

/**
 * The metrics meant, in their order. Throws `invalid-argument` for an unknown name (listing the known), none at all,
 * or two of one name.
 */
export function toMetrics(scoring: Scoring): readonly Metric[] {
  const metrics = Array.isArray(scoring)
    ? (scoring as readonly ScoringLike[]).map((one, i) => toMetric(`scoring[${i}]`, one))
    : isNamed(scoring)
      ? Object.entries(scoring).map(([name, one]) => ({ ...toMetric(`scoring.${name}`, one), name }))
      : [toMetric("scoring", scoring as ScoringLike)];
  if (metrics.length === 0) refuse("scoring", "at least one score", show(scoring));
  metrics.forEach(({ name }, i) => {
    if (metrics.findIndex((other) => other.name === name) < i) refuse("scoring", "different names", `${name} twice`);
  });
  return metrics;
}

/** The one metric meant, for what knows no others; throws `invalid-argument` for several. */
export function toOneMetric(scoring: ScoringLike): Metric {
  const [metric, ...others] = toMetrics(scoring);
  if (others.length > 0) refuse("scoring", "one score", show(scoring));
  return metric as Metric;
}

/**
 * The metrics with the one that decides first: the one that `refit` names, or the first. Throws `invalid-argument`
 * for a name that is none of them.
 */
export function decidingFirst(metrics: readonly Metric[], refit: boolean | string): readonly Metric[] {
  if (typeof refit === "boolean") return metrics;
  const names = metrics.map(({ name }) => name);
  const name = expectOneOf<string | boolean>("refit", refit, [true, false, ...names]);
  const deciding = metrics.filter((metric) => metric.name === name);
  return [...deciding, ...metrics.filter((metric) => metric.name !== name)];
}

function toMetric(path: string, scoring: ScoringLike): Metric {
  if (typeof scoring === "function") return { name: scoring.name === "" ? "score" : scoring.name, scorer: scoring };
  if (isScorer(scoring)) return { name: scoring.name, scorer: scoring };
  if (typeof scoring === "string") return { name: scoring, scorer: scorerNamed(scoring) };
  return refuse(path, "a score's name, a scorer or a function", show(scoring));
}

function isScorer(scoring: unknown): scoring is Scorer {
  const { needs, score } = (scoring ?? {}) as Partial<Scorer>;
  return typeof score === "function" && ["labels", "probabilities", "ranking", "values"].includes(needs as string);
}

function isNamed(scoring: unknown): scoring is Readonly<Record<string, ScoringLike>> {
  return typeof scoring === "object" && scoring !== null && !isScorer(scoring);
}

function refuse(name: string, expected: string, got: string): never {
  throw new VernierError("invalid-argument", `"${name}": expected ${expected}, got ${got}`);
}
