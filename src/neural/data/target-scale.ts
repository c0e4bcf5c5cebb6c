/** What a regression's targets are measured by. */
export interface TargetScale {
  readonly mean: number;
  /** Standard deviation, > 0. */
  readonly deviation: number;
}

/** Mean and standard deviation of targets [n]; where all are equal, a deviation of 1. */
export function targetScale(targets: Float64Array): TargetScale {
  const mean = targets.reduce((sum, value) => sum + value, 0) / targets.length;
  const variance = targets.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / targets.length;
  return { mean, deviation: variance > 0 ? Math.sqrt(variance) : 1 };
}
