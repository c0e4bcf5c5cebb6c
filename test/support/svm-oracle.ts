import type { SvmKernel, SvmProblem, SvmSolution } from "../../src/wasm/svm.ts";

/** A kernel value by the definition, in plain JavaScript. */
export function kernelOf(
  { kind, gamma, coef0, degree }: SvmKernel,
  x: ArrayLike<number>,
  z: ArrayLike<number>,
): number {
  let product = 0;
  let squared = 0;
  for (let j = 0; j < x.length; j++) {
    product += (x[j] as number) * (z[j] as number);
    squared += ((x[j] as number) - (z[j] as number)) ** 2;
  }
  if (kind === "linear") return product;
  if (kind === "rbf") return Math.exp(-gamma * squared);
  return kind === "poly" ? (gamma * product + coef0) ** degree : Math.tanh(gamma * product + coef0);
}

/** One pair's part of a problem, with class a as y = 1: the dual of assembly/svm/solver.ts. */
export interface Dual {
  readonly K: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly C: readonly number[];
  readonly rows: readonly number[];
}

export function dualOf(problem: SvmProblem, kernel: SvmKernel, a: number, b: number): Dual {
  const { X, starts, C } = problem;
  const range = (c: number): number[] => {
    const first = starts[c] as number;
    return Array.from({ length: (starts[c + 1] as number) - first }, (_, t) => first + t);
  };
  const rows = [...range(a), ...range(b)];
  const row = (i: number): Float64Array => X.data.subarray(i * X.cols, (i + 1) * X.cols);
  return {
    K: rows.map((i) => rows.map((j) => kernelOf(kernel, row(i), row(j)))),
    y: rows.map((i) => (i < (starts[a + 1] as number) && i >= (starts[a] as number) ? 1 : -1)),
    C: rows.map((i) => C[i] as number),
    rows,
  };
}

/** The pair's beta in a solution, in the order of the dual's rows. */
export function betaOf(solution: SvmSolution, dual: Dual, n: number, a: number, b: number): number[] {
  return dual.rows.map((row, t) => solution.coef[(dual.y[t] === 1 ? b - 1 : a) * n + row] as number);
}

/** F = K beta - y. */
export function gradient({ K, y }: Dual, beta: readonly number[]): number[] {
  return K.map((line, t) => line.reduce((sum, k, s) => sum + k * (beta[s] as number), -(y[t] as number)));
}

/** beta' K beta / 2 - y' beta. */
export function objective(dual: Dual, beta: readonly number[]): number {
  return gradient(dual, beta).reduce((sum, f, t) => sum + ((f - (dual.y[t] as number)) * (beta[t] as number)) / 2, 0);
}

/** How far beta is from optimal: max F over those that may fall minus min F over those that may rise. */
export function violation(dual: Dual, beta: readonly number[]): number {
  const F = gradient(dual, beta);
  const [low, high] = [
    dual.y.map((y, t) => Math.min(0, y * (dual.C[t] as number))),
    dual.y.map((y, t) => Math.max(0, y * (dual.C[t] as number))),
  ];
  const falling = F.filter((_, t) => (beta[t] as number) > (low[t] as number));
  const rising = F.filter((_, t) => (beta[t] as number) < (high[t] as number));
  return Math.max(...falling) - Math.min(...rising);
}

/**
 * The optimum by trying every choice of which variables are at 0, at C, or free (3^l linear systems);
 * l <= 6 and K positive definite.
 */
export function exhaustive(dual: Dual): { readonly beta: number[]; readonly value: number } {
  const l = dual.y.length;
  let best = { beta: new Array<number>(l).fill(0), value: Number.POSITIVE_INFINITY };
  for (let code = 0; code < 3 ** l; code++) {
    const state = Array.from({ length: l }, (_, t) => Math.floor(code / 3 ** t) % 3);
    const beta = state.map((s, t) => (s === 1 ? (dual.y[t] as number) * (dual.C[t] as number) : 0));
    const free = [...state.keys()].filter((t) => state[t] === 2);
    // K_ff beta_f - rho = y_f - K_fb beta_b;  sum beta_f = - sum beta_b
    const rhs = free.map((t) => -(gradient(dual, beta)[t] as number));
    rhs.push(-beta.reduce((sum, value) => sum + value, 0));
    if (free.length === 0 && Math.abs(rhs[0] as number) > 1e-12) continue;
    const system = [
      ...free.map((t) => [...free.map((s) => (dual.K[t] as number[])[s] as number), -1]),
      [...free.map(() => 1), 0],
    ];
    const solved = free.length === 0 ? [] : solve(system, rhs);
    if (solved === null) continue;
    free.forEach((t, at) => {
      beta[t] = solved[at] as number;
    });
    const inside = beta.every((value, t) => {
      const alpha = value * (dual.y[t] as number);
      return alpha >= -1e-12 && alpha <= (dual.C[t] as number) + 1e-12;
    });
    const value = inside ? objective(dual, beta) : Number.POSITIVE_INFINITY;
    if (value < best.value) best = { beta, value };
  }
  return best;
}

// Gaussian elimination with row pivoting; null where the matrix is singular.
function solve(A: number[][], b: number[]): number[] | null {
  const n = b.length;
  const M = A.map((line, i) => [...line, b[i] as number]);
  for (let p = 0; p < n; p++) {
    let pivot = p;
    for (let i = p; i < n; i++)
      if (Math.abs((M[i] as number[])[p] as number) > Math.abs((M[pivot] as number[])[p] as number)) pivot = i;
    [M[p], M[pivot]] = [M[pivot] as number[], M[p] as number[]];
    const top = M[p] as number[];
    if (Math.abs(top[p] as number) < 1e-13) return null;
    for (let i = 0; i < n; i++) {
      if (i === p) continue;
      const line = M[i] as number[];
      const factor = (line[p] as number) / (top[p] as number);
      for (let j = p; j <= n; j++) line[j] = (line[j] as number) - factor * (top[j] as number);
    }
  }
  return M.map((line, i) => (line[n] as number) / (line[i] as number));
}
