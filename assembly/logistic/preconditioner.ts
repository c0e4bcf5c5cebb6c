import { cholesky, choleskySolve } from "../linalg/cholesky";
import { dot } from "../linalg/dot";
import { syrkNT } from "../linalg/syrk";
import { curvatureWeights, weightRows } from "./curvature";
import { centre } from "./gauge";
import { A, C, D, K, l2, N, penalized, weightsBytes } from "./problem";

// An approximate inverse of the Hessian: of every score's own block
//   B_k = C A diag(s_kk) A^T + l2 I'   [D, D],
// which leaves out the coupling of the scores by the softmax, and is the whole Hessian when K = 1. Its
// Cholesky factors make up for columns of any scale and correlation. For K > 1 every row of W can be shifted
// by the same vector without changing a probability; the loss' gradient has no part along these shifts
// and neither may the steps: `precondition` projects them away.
// Tables too wide for that (D > WIDEST) use the diagonal alone.

const WIDEST: i32 = 1024;
// Added to the diagonals, relative to them: columns that depend on each other leave pivots of pure rounding, and
// without a penalty no curvature at all, along which steps would be rounding errors blown up without bound.
const RIDGE: f64 = 1e-12;

/** Room for the factors and, after them, the ridge [K, D]. */
export function preconditionerBytes(): usize {
  return blocksBytes() + weightsBytes();
}

function blocksBytes(): usize {
  const block = D <= WIDEST ? <usize>D * <usize>D : <usize>D;
  return (<usize>K * block) << 3;
}

/** Where the ridge of the last build stands [K, D]; it is part of the Hessian where there is no penalty. */
export function preconditionerRidge(M: usize): usize {
  return M + blocksBytes();
}

// In:   R [K, N], scratch [D, N] (only D <= WIDEST: [D, N], else [2, N])
// Out:  M, of preconditionerBytes()
export function preconditionerBuild(R: usize, M: usize, scratch: usize): void {
  const full = D <= WIDEST;
  let ridge = preconditionerRidge(M);
  for (let k = 0; k < K; k++) {
    const r = R + ((<usize>k * <usize>N) << 3);
    if (full) buildBlock(r, M, ridge, scratch);
    else buildDiagonal(r, M, ridge, scratch);
    ridge += (<usize>D) << 3;
    M += (full ? <usize>D * <usize>D : <usize>D) << 3;
  }
}

function buildBlock(r: usize, M: usize, ridges: usize, scratch: usize): void {
  // The last row of the scratch holds the square roots of the weights until its own turn.
  const roots = scratch + ((<usize>(D - 1) * <usize>N) << 3);
  curvatureWeights(r, roots);
  for (let at: usize = 0; at < (<usize>N) << 3; at += 16) {
    v128.store(roots + at, f64x2.sqrt(f64x2.mul(f64x2.splat(C), v128.load(roots + at))));
  }
  weightRows(A, D, roots, scratch);
  for (let ridge = RIDGE; ridge <= 1; ridge *= 100) {
    syrkNT(D, N, scratch, N, M, D);
    raiseDiagonal(M, ridge, ridges);
    if (cholesky(D, M, D) === 0) return;
  }
}

// Adds the penalty, and the ridge; a column without any curvature gets pivot 1, which leaves it where it is.
function raiseDiagonal(M: usize, ridge: f64, ridges: usize): void {
  const p = penalized();
  for (let j = 0; j < D; j++) {
    const at = M + ((<usize>j * <usize>(D + 1)) << 3);
    const entry = load<f64>(at) + (j < p ? l2 : 0);
    store<f64>(at, entry > 0 ? entry + ridge * entry : 1);
    store<f64>(ridges + ((<usize>j) << 3), RIDGE * entry);
  }
}

function buildDiagonal(r: usize, M: usize, ridges: usize, scratch: usize): void {
  const weighted = scratch + ((<usize>N) << 3);
  const p = penalized();
  curvatureWeights(r, scratch);
  for (let j = 0; j < D; j++) {
    const a = A + ((<usize>j * <usize>N) << 3);
    weightRows(a, 1, scratch, weighted);
    const entry = C * dot(a, weighted, N) + (j < p ? l2 : 0);
    store<f64>(M + ((<usize>j) << 3), entry > 0 ? entry : 1);
    store<f64>(ridges + ((<usize>j) << 3), RIDGE * entry);
  }
}

// x = M^-1 g, with the mean over the scores taken off.
// In:   g [K, D].  Out: x [K, D], must not overlap g
export function precondition(M: usize, g: usize, x: usize): void {
  const row = (<usize>D) << 3;
  memory.copy(x, g, <usize>K * row);
  for (let k = 0; k < K; k++) {
    const b = x + <usize>k * row;
    if (D <= WIDEST) {
      choleskySolve(D, M, D, b);
      M += <usize>D * row;
    } else {
      for (let at: usize = 0; at < row; at += 8) store<f64>(b + at, load<f64>(b + at) / load<f64>(M + at));
      M += row;
    }
  }
  if (K > 1) centre(x);
}
