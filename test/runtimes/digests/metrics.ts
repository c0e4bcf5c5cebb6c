import { digits } from "vernier/datasets";
import {
  classificationReport,
  confusionMatrix,
  fBeta,
  logLoss,
  meanSquaredLogError,
  pinballLoss,
  precisionRecallCurve,
  rocCurve,
  scorers,
} from "vernier/metrics";
import { gaussianNb, ridge } from "vernier/models";
import type { Results } from "./digest.ts";

// 240 digits, half of their pixels; every third is trained on, so that there are mistakes.
const { X, y } = digits();
const labels = y.slice(0, 240);
const rows = labels.map((_, i) => X.data.slice(64 * i + 16, 64 * i + 48));
const third = <T>(list: readonly T[]): T[] => list.filter((_, i) => i % 3 === 0);
const classes = gaussianNb().fit(third(rows), third(labels));
const predicted = classes.predict(rows);
const proba = classes.predictProba?.(rows) as { data: Float64Array; rows: number; cols: number };
const isFirst = labels.map((label) => (label === 0 ? "yes" : "no"));
const firstPredicted = predicted.map((label) => (label === 0 ? "yes" : "no"));
const firstScores = Float64Array.from(labels, (_, i) => 1 - (proba.data[10 * i] as number));
const values = rows.map((row) => 1 + (row[0] as number));
const inputs = rows.map((row) => row.slice(1, 8));
const guesses = ridge().fit(inputs, values).predict(inputs).map(Math.abs);
const sampleWeight = values.map((_, i) => 1 + (i % 4) / 4);

/** Every scorer by its name, for ten classes or else for two, and what else metrics has. */
export const metricResults: Results = {
  ...Object.fromEntries(
    Object.values(scorers).map((scorer) => [
      scorer.name,
      () => {
        if (scorer.needs === "values") return scorer.score(values, guesses);
        if (scorer.needs === "labels") {
          const isBinary = ["precision", "recall", "f1", "jaccard"].includes(scorer.name);
          return isBinary ? scorer.score(isFirst, firstPredicted) : scorer.score(labels, predicted);
        }
        return scorer.score(labels, proba, classes.classes);
      },
    ]),
  ),
  rocCurve: () => rocCurve(isFirst, firstScores),
  precisionRecallCurve: () => precisionRecallCurve(isFirst, firstScores, { sampleWeight }),
  confusionMatrix: () => confusionMatrix(labels, predicted, { normalize: "true" }),
  classificationReport: () => classificationReport(labels, predicted),
  fBeta: () => fBeta(labels, predicted, { beta: 0.5, average: "macro", sampleWeight }),
  "logLoss, weighted": () => logLoss(labels, proba, { sampleWeight }),
  pinballLoss: () => pinballLoss(values, guesses, { alpha: 0.3 }),
  "meanSquaredLogError, weighted": () => meanSquaredLogError(values, guesses, { sampleWeight }),
};
