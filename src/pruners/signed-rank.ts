import type { Core } from "../wasm/core.ts";
import { normalCdf } from "../wasm/math.ts";

/**
 * The p-value of the one-sided Wilcoxon signed-rank test: how likely differences [n], were their signs a
 * coin's, would have a sum of positive ranks at least as large as theirs. A zero gives half its rank to either side.
 *
 * Exact for n <= 50 when no two sizes are equal and none is zero, and for n <= 13 in any case; beyond that the
 * normal approximation, its variance corrected for ties, without continuity correction.
 * Source: Wilcoxon (1945), zeros split as in scipy.stats.wilcoxon(alternative="greater", zero_method="zsplit"),
 * whose choice of method this is.
 */
export function signedRankPValue(core: Core, differences: readonly number[]): number {
  const n = differences.length;
  const { doubled, ties } = doubledRanks(differences);
  let zeros = 0;
  let positive = 0;
  for (const [i, difference] of differences.entries()) {
    if (difference > 0) positive += doubled[i] as number;
    else if (difference === 0) zeros += doubled[i] as number;
  }
  // In units of half a rank; `positive` + `zeros` / 2 is the statistic.
  const statistic = (positive + zeros / 2) / 2;
  if (n <= 13 || (n <= 50 && ties === 0 && zeros === 0)) {
    const signed = doubled.filter((_, i) => differences[i] !== 0);
    return atLeast(signed, positive);
  }
  const mean = (n * (n + 1)) / 4;
  const variance = (n * (n + 1) * (2 * n + 1) - ties / 2) / 24;
  return normalCdf(core, (mean - statistic) / Math.sqrt(variance));
}

// Twice the rank of each size, equal sizes sharing their mean rank; and the sum of t^3 - t over the groups of t.
function doubledRanks(differences: readonly number[]): { readonly doubled: number[]; readonly ties: number } {
  const sizes = differences.map(Math.abs);
  const order = sizes.map((_, i) => i).sort((a, b) => (sizes[a] as number) - (sizes[b] as number) || a - b);
  const doubled = sizes.map(() => 0);
  let ties = 0;
  for (let start = 0, end = 0; start < order.length; start = end) {
    const size = sizes[order[start] as number];
    while (end < order.length && sizes[order[end] as number] === size) end++;
    for (let i = start; i < end; i++) doubled[order[i] as number] = start + end + 1;
    const group = end - start;
    ties += group * group * group - group;
  }
  return { doubled, ties };
}

// The share of all 2^n choices of signs whose positive doubled ranks sum to `least` or more. Counts stay whole
// below 2^53.
function atLeast(doubled: readonly number[], least: number): number {
  const total = doubled.reduce((sum, rank) => sum + rank, 0);
  const counts = new Float64Array(total + 1);
  counts[0] = 1;
  let reached = 0;
  for (const rank of doubled) {
    reached += rank;
    for (let sum = reached; sum >= rank; sum--) counts[sum] = (counts[sum] as number) + (counts[sum - rank] as number);
  }
  let ways = 0;
  for (let sum = Math.max(least, 0); sum <= total; sum++) ways += counts[sum] as number;
  let all = 1;
  for (let i = 0; i < doubled.length; i++) all *= 2;
  return ways / all;
}
