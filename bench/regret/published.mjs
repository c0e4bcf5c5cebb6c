/** Figures that others have published, as the best value (not the regret) after so many evaluations. */
export const published = [
  { objective: "branin", seeds: 10, trials: 50, lag: 0, theirs: "0.3992 +- 0.0011 (scikit-optimize)" },
  { objective: "hartmann6", seeds: 10, trials: 200, lag: 0, theirs: "-3.299 +- 0.048 (scikit-optimize)" },
  { objective: "ackley20", seeds: 5, trials: 464, lag: 3, theirs: "TuRBO 0.987, qLogEI 3.17 (BoTorch)" },
];

/** The mean and the standard deviation over the seeds, beside the values themselves. */
export function summary(values) {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  return { mean, deviation: Math.sqrt(variance), values };
}
