import { float, int, type Space } from "../../core/space.ts";

/** What is usually tuned of gradient boosting, each but maxFeatures by its logarithm. */
export function boostSpace(): Space {
  return {
    learningRate: float(0.01, 0.3, { log: true }),
    trees: int(50, 500, { log: true }),
    maxLeafNodes: int(8, 128, { log: true }),
    minSamplesLeaf: int(5, 100, { log: true }),
    l2Regularization: float(1e-8, 10, { log: true }),
    maxFeatures: float(0.3, 1),
  };
}
