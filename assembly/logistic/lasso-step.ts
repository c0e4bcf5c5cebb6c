import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { centreColumn } from "./gauge";
import { implicitLasso } from "./implicit-lasso";
import { lasso } from "./lasso";
import { D, intercept, K, l1, penalized, weightsBytes } from "./problem";
import { setHessian } from "./set-hessian";
import { workingSet } from "./working-set";

// A proximal Newton step for the problems with l1 > 0: S minimizes the second-order model of the smooth part
// plus the penalty, over a working set of coordinates; over all of them when the set has more than `limit`.
// In:   W [K, D], G [K, D], R [K, N], P [K, N], norms [D], forcing (see lasso.ts), limit
// Out:  S [K, D]
// Ref:  Yuan, Ho & Lin (2012), An improved GLMNET for L1-regularized logistic regression.
/** So many that the Hessian of a set (32 MiB) and its factorization stay affordable. */
export const SET_LIMIT: i32 = 2048;

export function lassoStep(
  W: usize,
  G: usize,
  R: usize,
  P: usize,
  norms: usize,
  forcing: f64,
  limit: i32,
  S: usize,
): void {
  const mark = arenaMark();
  const set = arenaAlloc((<usize>(K * D)) << 2);
  const m = workingSet(W, G, norms, S, set);
  if (m > limit) {
    implicitLasso(W, G, R, P, forcing, S);
    centreIntercepts(S);
    arenaRelease(mark);
    return;
  }
  const bytes = (<usize>m) << 3;
  const H = arenaAlloc(bytes * <usize>m);
  const g = arenaAlloc(bytes);
  const w = arenaAlloc(bytes);
  const weight = arenaAlloc(bytes);
  const u = arenaAlloc(bytes);
  setHessian(set, m, R, P, H);
  const p = penalized();
  for (let c = 0; c < m; c++) {
    const position = load<i32>(set + ((<usize>c) << 2));
    const at = (<usize>c) << 3;
    store<f64>(g + at, load<f64>(G + ((<usize>position) << 3)));
    store<f64>(w + at, load<f64>(W + ((<usize>position) << 3)));
    store<f64>(weight + at, position % D < p ? l1 : 0);
  }
  // With several scores, adding the same number to all intercepts changes nothing.
  const pinned = intercept && K > 1 ? m - 1 : -1;
  lasso(m, H, g, w, weight, pinned, forcing, u);
  memory.fill(S, 0, weightsBytes());
  for (let c = 0; c < m; c++) {
    const at = (<usize>c) << 3;
    const position = load<i32>(set + ((<usize>c) << 2));
    store<f64>(S + ((<usize>position) << 3), load<f64>(u + at) - load<f64>(w + at));
  }
  centreIntercepts(S);
  arenaRelease(mark);
}

function centreIntercepts(S: usize): void {
  if (intercept && K > 1) centreColumn(S, K, D, D - 1);
}
