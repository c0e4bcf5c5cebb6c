import type { Core } from "../wasm/core.ts";
import { symmetricEigen } from "../wasm/linalg.ts";

/**
 * The normal distribution that CMA-ES samples, N(mean, sigma^2 A C A), and what it remembers of its past. Letters are
 * those of Hansen (2016).
 */
export interface CmaesState {
  /** Generations told so far. */
  readonly generation: number;
  /** [n]. */
  readonly mean: Float64Array;
  readonly sigma: number;
  /** [n, n], symmetric, or of a separable strategy its diagonal [n]. */
  readonly C: Float64Array;
  /** Rows [n, n] are C's unit eigenvectors; null: the axes. */
  readonly B: Float64Array | null;
  /** Roots of C's eigenvalues [n], > 0. */
  readonly D: Float64Array;
  /** Scales of the axes [n]: 1 but where a margin keeps a discrete parameter moving. */
  readonly A: Float64Array;
  /** The evolution paths [n]. */
  readonly pSigma: Float64Array;
  readonly pC: Float64Array;
  /** (1 - cSigma)^(2 g) after g generations: how far pSigma is from its stationary distribution. */
  readonly unsettled: number;
}

/** The state before the first generation; `C` [n, n] or its diagonal [n], the unit matrix unless told otherwise. */
export function cmaesState(
  core: Core,
  mean: Float64Array,
  sigma: number,
  separable: boolean,
  C: Float64Array = identity(mean.length, separable),
): CmaesState {
  const n = mean.length;
  return {
    generation: 0,
    mean,
    sigma,
    C,
    ...(factor(core, C, n) as Factors),
    A: new Float64Array(n).fill(1),
    pSigma: new Float64Array(n),
    pC: new Float64Array(n),
    unsettled: 1,
  };
}

export type Factors = Pick<CmaesState, "B" | "D">;

/** C = B^T D^2 B; null where C holds numbers that are not finite. */
export function factor(core: Core, C: Float64Array, n: number): Factors | null {
  if (C.length === n && n > 1) {
    return C.every((c) => c < Number.POSITIVE_INFINITY) ? { B: null, D: C.map(deviation) } : null;
  }
  const eigen = symmetricEigen(core, { data: C, rows: n, cols: n });
  return eigen === null ? null : { B: eigen.vectors.data, D: eigen.values.map(deviation) };
}

/** Rounding may leave an eigenvalue at 0 or below; the reference implementation takes 1e-8 for it. */
const deviation = (eigenvalue: number): number => Math.sqrt(eigenvalue > 0 ? eigenvalue : 1e-8);

function identity(n: number, separable: boolean): Float64Array {
  const ones = new Float64Array(n).fill(1);
  return separable ? ones : fullOf(ones);
}

/** The diagonal [n] of a matrix [n, n]. */
export function diagonalOf(C: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, j) => C[j * (n + 1)] as number);
}

/** The matrix [n, n] with this diagonal [n]. */
export function fullOf(diagonal: Float64Array): Float64Array {
  const n = diagonal.length;
  const C = new Float64Array(n * n);
  diagonal.forEach((c, j) => {
    C[j * (n + 1)] = c;
  });
  return C;
}
