import { show, VernierError } from "../core/errors.ts";
import type { LabelsLike } from "../core/labels.ts";
import type { Matrix } from "../core/matrix.ts";
import type { Features } from "../core/table.ts";
import type { Scorer } from "../metrics/scorer.ts";
import { scorerNamed } from "../metrics/scorers.ts";
import type { FittedClassifier, FittedEstimator, FittedRegressor } from "../models/estimator.ts";

/** A score by its name in `vernier/metrics`, or a scorer. */
export type ScoringLike = string | Scorer;

/** The scorer meant; throws `invalid-argument` listing the known names. */
export function toScorer(scoring: ScoringLike): Scorer {
  if (typeof scoring !== "object" || scoring === null) return scorerNamed(scoring);
  if (typeof scoring.score === "function" && ["labels", "probabilities", "ranking", "values"].includes(scoring.needs)) {
    return scoring;
  }
  throw new VernierError("invalid-argument", `"scoring": expected a score's name or a scorer, got ${show(scoring)}`);
}

/**
 * The score of a trained model on X [m, d], y [m].
 * Throws `unsupported` when the model does not give what the scorer needs, and `numerical-failure` when the
 * score is not finite.
 */
export function scoreFitted(scorer: Scorer, model: FittedEstimator, X: Features, y: LabelsLike): number {
  const value = "classes" in model ? classScore(scorer, model, X, y) : valueScore(scorer, model, X, y);
  if (Number.isFinite(value)) return value;
  throw new VernierError("numerical-failure", `"${scorer.name}": expected a finite score, got ${value}`);
}

function classScore(scorer: Scorer, model: FittedClassifier, X: Features, y: LabelsLike): number {
  if (scorer.needs === "labels") return scorer.score(y, model.predict(X));
  if (scorer.needs === "probabilities") return scorer.score(y, probabilities(scorer, model, X), model.classes);
  if (scorer.needs === "ranking") return scorer.score(y, ranking(scorer, model, X), model.classes);
  throw new VernierError(
    "unsupported",
    `"scoring": expected a score of classes for a classifier, got ${show(scorer.name)}, a score of numbers`,
  );
}

function valueScore(scorer: Scorer, model: FittedRegressor, X: Features, y: LabelsLike): number {
  // The score itself refuses what is no number.
  if (scorer.needs === "values") return scorer.score(y as ArrayLike<number>, model.predict(X));
  throw new VernierError(
    "unsupported",
    `"scoring": expected a score of numbers for a regressor, got ${show(scorer.name)}, a score of classes`,
  );
}

function probabilities(scorer: Scorer, model: FittedClassifier, X: Features): Matrix {
  if (model.predictProba !== undefined) return model.predictProba(X);
  throw new VernierError(
    "unsupported",
    `"scoring": expected a model with probabilities for ${show(scorer.name)}, got one without predictProba`,
  );
}

// Two classes are ranked by the decision value, which unlike a probability does not saturate.
function ranking(scorer: Scorer, model: FittedClassifier, X: Features): Float64Array | Matrix {
  if (model.classes.length > 2) return probabilities(scorer, model, X);
  const decision = model.decisionFunction?.(X);
  return decision?.cols === 1 ? decision.data : probabilities(scorer, model, X);
}
