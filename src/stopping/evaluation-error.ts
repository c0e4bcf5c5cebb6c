import type { TrialRecord } from "../core/trial.ts";

/** Between a mean and the same mean summed by the objective. */
const ROUNDING = 1e-9;

/**
 * The standard error of a value that is the mean of scores over k folds, as an estimate of how well the same settings
 * would do on other data: sqrt((1/k + 1/(k - 1)) s^2), s^2 the scores' sample variance. Training sets overlap, hence the
 * second term. Null unless the trial reported two scores or more that have its value as their mean.
 * Source: Nadeau & Bengio, "Inference for the generalization error" (Machine Learning 52, 2003).
 */
export function foldError({ intermediate, values }: Pick<TrialRecord, "intermediate" | "values">): number | null {
  const value = values?.[0];
  const scores = intermediate.map(([, score]) => score);
  const k = scores.length;
  if (value === undefined || k < 2 || !scores.every(Number.isFinite)) return null;
  const mean = scores.reduce((sum, score) => sum + score / k, 0);
  const largest = scores.reduce((most, score) => Math.max(most, Math.abs(score)), 0);
  if (!(Math.abs(mean - value) <= ROUNDING * largest)) return null;
  const variance = scores.reduce((sum, score) => sum + ((score - mean) / (k - 1)) * (score - mean), 0);
  return Math.sqrt((1 / k + 1 / (k - 1)) * variance);
}
