import type { RankedSamples } from "./scores.ts";

/** What is called positive at each threshold: score >= threshold. All three [distinct scores], thresholds falling. */
export interface ThresholdCounts {
  readonly thresholds: Float64Array;
  /** Weight of the positive samples at or above the threshold; rising. */
  readonly truePositives: Float64Array;
  /** Weight of the others at or above it; rising. */
  readonly falsePositives: Float64Array;
}

/** Counts at every distinct score; samples of weight 0 are left out. Equal scores keep the samples' order. */
export function thresholdCounts({ scores, isPositive, weights }: RankedSamples): ThresholdCounts {
  const rows: number[] = [];
  for (let i = 0; i < scores.length; i++) if ((weights[i] as number) > 0) rows.push(i);
  const order = Int32Array.from(rows).sort((i, j) => (scores[j] as number) - (scores[i] as number) || i - j);
  const thresholds: number[] = [];
  const truePositives: number[] = [];
  const falsePositives: number[] = [];
  let hits = 0;
  let alarms = 0;
  order.forEach((i, position) => {
    if (isPositive(i)) hits += weights[i] as number;
    else alarms += weights[i] as number;
    const next = order[position + 1];
    if (next !== undefined && scores[next] === scores[i]) return;
    thresholds.push(scores[i] as number);
    truePositives.push(hits);
    falsePositives.push(alarms);
  });
  return {
    thresholds: Float64Array.from(thresholds),
    truePositives: Float64Array.from(truePositives),
    falsePositives: Float64Array.from(falsePositives),
  };
}
