import type { Neighbors } from "../../wasm/neighbors.ts";
import type { NeighborsParams } from "./neighbors-params.ts";

/**
 * What each neighbor counts [m, k]. By distance: 1 / distance, and where some are at distance 0 (or so near that the
 * reciprocal overflows) these alone, 1 each.
 */
export function neighborWeights({ k, distances }: Neighbors, weights: NeighborsParams["weights"]): Float64Array {
  if (weights === "uniform") return new Float64Array(distances.length).fill(1);
  const counts = distances.map((distance) => 1 / distance);
  for (let first = 0; first < counts.length; first += k) {
    // Distances rise, so that the first weight is the largest.
    if (counts[first] !== Number.POSITIVE_INFINITY) continue;
    for (let j = first; j < first + k; j++) counts[j] = counts[j] === Number.POSITIVE_INFINITY ? 1 : 0;
  }
  return counts;
}
