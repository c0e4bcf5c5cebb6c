import { show, VernierError } from "../core/errors.ts";
import type { Label, LabelsLike } from "../core/labels.ts";
import type { Matrix } from "../core/matrix.ts";
import type { Features } from "../core/table.ts";
import type { Scorer } from "../metrics/scorer.ts";
import type { FittedClassifier, FittedEstimator } from "../models/estimator.ts";
import type { Metric } from "./scoring.ts";
import type { Targets } from "./targets.ts";

/**
 * The scores of a trained model on X [m, d], y [m], one a metric; what several need is predicted once.
 * Throws `unsupported` when the model does not give what a score needs, and `numerical-failure` when a score is not
 * finite.
 */
export function scoreFitted(metrics: readonly Metric[], model: FittedEstimator, X: Features, y: Targets): number[] {
  const answers = answersOf(model, X);
  return metrics.map(({ name, scorer }) => {
    const value = typeof scorer === "function" ? scorer(model, X, y) : rawScore(scorer, answers, y);
    if (Number.isFinite(value)) return value;
    throw new VernierError("numerical-failure", `"${name}": expected a finite score, got ${show(value)}`);
  });
}

/** What a model says of one X, computed when it is first asked for. */
interface Answers {
  readonly classes: readonly Label[] | null;
  readonly predicted: () => Label[] | Float64Array;
  readonly probabilities: () => Matrix | undefined;
  readonly decision: () => Matrix | undefined;
}

function answersOf(model: FittedEstimator, X: Features): Answers {
  const { classes = null } = model as Partial<FittedClassifier>;
  return {
    classes,
    predicted: once(() => model.predict(X)),
    probabilities: once(() => (model as FittedClassifier).predictProba?.(X)),
    decision: once(() => (model as FittedClassifier).decisionFunction?.(X)),
  };
}

function once<T>(compute: () => T): () => T {
  let found: { readonly value: T } | null = null;
  return () => (found ??= { value: compute() }).value;
}

function rawScore(scorer: Scorer, answers: Answers, y: Targets): number {
  const { classes } = answers;
  if (scorer.needs === "values") {
    if (classes === null) return scorer.score(y as Float64Array, answers.predicted() as Float64Array);
    refuse(`expected a score of classes for a classifier, got ${show(scorer.name)}, a score of numbers`);
  }
  if (classes === null)
    refuse(`expected a score of numbers for a regressor, got ${show(scorer.name)}, a score of classes`);
  if (scorer.needs === "labels") return scorer.score(y as LabelsLike, answers.predicted() as Label[]);
  if (scorer.needs === "probabilities") return scorer.score(y as LabelsLike, probabilities(scorer, answers), classes);
  return scorer.score(y as LabelsLike, ranking(scorer, answers, classes), classes);
}

function probabilities(scorer: Scorer, answers: Answers): Matrix {
  const proba = answers.probabilities();
  if (proba !== undefined) return proba;
  refuse(`expected a model with probabilities for ${show(scorer.name)}, got one without predictProba`);
}

// Two classes are ranked by the decision value, which unlike a probability does not saturate.
function ranking(scorer: Scorer, answers: Answers, classes: readonly Label[]): Float64Array | Matrix {
  if (classes.length > 2) return probabilities(scorer, answers);
  const decision = answers.decision();
  return decision?.cols === 1 ? decision.data : probabilities(scorer, answers);
}

function refuse(message: string): never {
  throw new VernierError("unsupported", `"scoring": ${message}`);
}
