import { meanSquaredError } from "./squared-error.ts";

/**
 * The coefficient of determination: 1 - sum (yTrue - yPred)^2 / sum (yTrue - mean)^2. Where every yTrue is the same:
 * 1 for perfect predictions, 0 for others.
 */
export function r2(yTrue: ArrayLike<number>, yPred: ArrayLike<number>): number {
  const rest = meanSquaredError(yTrue, yPred);
  let mean = 0;
  for (let i = 0; i < yTrue.length; i++) mean += (yTrue[i] as number) / yTrue.length;
  const spread = meanSquaredError(yTrue, new Float64Array(yTrue.length).fill(mean));
  if (spread > 0) return 1 - rest / spread;
  return rest > 0 ? 0 : 1;
}
