import type { CmaesState } from "./cmaes-state.ts";

/** The point [n] that standard normal numbers z [n] become: mean + sigma A B^T D z. */
export function cmaesAsk({ mean, sigma, A, B, D }: CmaesState, z: Float64Array): Float64Array {
  const n = mean.length;
  const y = new Float64Array(n);
  if (B === null) for (let j = 0; j < n; j++) y[j] = (D[j] as number) * (z[j] as number);
  else {
    for (let k = 0; k < n; k++) {
      const length = (D[k] as number) * (z[k] as number);
      for (let j = 0; j < n; j++) y[j] = (y[j] as number) + length * (B[k * n + j] as number);
    }
  }
  return y.map((step, j) => (mean[j] as number) + sigma * (A[j] as number) * step);
}
