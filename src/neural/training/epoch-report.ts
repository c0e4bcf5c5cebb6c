/**
 * How an epoch ended; without validation rows `valLoss` and `valScore` are null. Losses are mean cross entropies, or mean
 * squared errors of what the network answers: by the scale of the network's shape, where it has one.
 */
export interface EpochReport {
  /** From 0. */
  readonly epoch: number;
  /** Mean loss of the training rows, each as it was trained on. */
  readonly loss: number;
  readonly valLoss: number | null;
  /** Accuracy, or the coefficient of determination. */
  readonly valScore: number | null;
}
