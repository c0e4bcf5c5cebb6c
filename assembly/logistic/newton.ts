import { axpy, dot } from "../linalg/dot";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { newtonStep } from "./conjugate-gradient";
import { weightRows } from "./curvature";
import { lassoStep } from "./lasso-step";
import { lossAt } from "./loss";
import { columnNorms, optimality } from "./optimality";
import { preconditionerBuild, preconditionerBytes } from "./preconditioner";
import { C, D, K, l1, l2, lightest, N, n, omega, penalized, samplesBytes, weightsBytes } from "./problem";
import { penaltyOf, pullBack, scoresOf } from "./scores";
import { CONVERGED, OUT_OF_ITERATIONS, OVERFLOWED, SEPARATED, STALLED } from "./status";

// Newton's method, proximal where l1 > 0, with a backtracking line search. Each step is found the more
// exactly the closer the optimum is.
// In:   W [K, D] to start from; tolerance for `optimality`; setLimit, the largest set whose Hessian is formed (l1 > 0)
// Out:  W, a status (status.ts), and out [3] = objective, optimality, iterations
// Ref:  Dembo, Eisenstat & Steihaug (1982), Inexact Newton methods; Lee, Sun & Saunders (2014), Proximal
//       Newton-type methods for minimizing composite functions.
// Golden: test/vectors/logistic.json

/** Of the predicted decrease that a step must bring (Armijo). */
const SUFFICIENT: f64 = 1e-4;
const HALVINGS: i32 = 40;
/** What rounding may do to the objective, relative to it. */
const NOISE: f64 = 1e-13;
/** Iterations in a row without visible descent after which none is expected. */
const PATIENCE: i32 = 4;
/** A Newton step that changes a score by this much where the gradient vanishes: there is no optimum. */
const RUNAWAY: f64 = 0.1;
/** Losses that sum to less (of weight 1) leave every sample on its own side: each is below log 2. */
const ALL_RIGHT: f64 = 0.5;

export function newton(W: usize, tolerance: f64, maxIterations: i32, setLimit: i32, out: usize): i32 {
  const mark = arenaMark();
  const norms = arenaAlloc((<usize>D) << 3);
  const R = arenaAlloc(samplesBytes());
  const P = arenaAlloc(samplesBytes());
  const V = arenaAlloc(samplesBytes());
  let Z = arenaAlloc(samplesBytes());
  let trialZ = arenaAlloc(samplesBytes());
  const G = arenaAlloc(weightsBytes());
  const S = arenaAlloc(weightsBytes());
  let trialW = arenaAlloc(weightsBytes());
  let w = arenaAlloc(weightsBytes());
  const smooth = l1 === 0;
  const free = smooth && l2 === 0;
  const M = smooth ? arenaAlloc(preconditionerBytes()) : 0;
  const scratch = smooth ? arenaAlloc((<usize>max(D, 2) * <usize>N) << 3) : 0;
  const size = K * D;

  memory.copy(w, W, weightsBytes());
  const overflows = !(columnNorms(norms, V) < Infinity);
  scoresOf(w, Z);
  let loss = lossAt(Z, R, P);
  let value = C * loss + penaltyOf(w);
  let status = -1;
  let spent = -1;
  let distance: f64 = 0;
  let iterations = 0;
  for (let idle = 0; ; iterations++) {
    weightRows(R, K, omega, V);
    pullBack(V, w, G);
    distance = optimality(w, G, R, V, norms);
    if (overflows || !(value < Infinity)) status = OVERFLOWED;
    else if (!free && distance <= tolerance) status = CONVERGED;
    else if (free && loss < lightest * min(ALL_RIGHT, tolerance * <f64>n)) status = SEPARATED;
    else if (iterations === maxIterations) status = OUT_OF_ITERATIONS;
    else if (idle === PATIENCE) status = STALLED;
    if (status >= 0) break;

    if (smooth) {
      // Building costs about as much as D / 8 products of the Hessian; an old one serves until it has cost that.
      if (spent < 0 || spent > D >> 3) {
        preconditionerBuild(R, M, scratch);
        spent = 0;
      }
      spent += newtonStep(G, P, M, min(0.1, Math.sqrt(distance)), S, trialZ);
    } else {
      lassoStep(w, G, R, P, norms, min(0.1, distance), setLimit, S);
    }
    scoresOf(S, V);
    if (distance <= tolerance) {
      status = largest(V, K * N) < RUNAWAY ? CONVERGED : SEPARATED;
      break;
    }

    const slope = dot(G, S, size) + absoluteChange(w, S);
    const noise = NOISE * abs(value);
    let next = value;
    let accepted = false;
    let step: f64 = 1;
    for (let halving = 0; halving < HALVINGS && !accepted; halving++) {
      move(Z, step, V, K * N, trialZ);
      move(w, step, S, size, trialW);
      loss = lossAt(trialZ, R, P);
      next = C * loss + penaltyOf(trialW);
      accepted = next <= value + SUFFICIENT * step * slope + noise;
      step *= 0.5;
    }
    if (!accepted) {
      status = STALLED;
      break;
    }
    idle = next < value - noise ? 0 : idle + 1;
    value = next;
    const oldZ = Z;
    Z = trialZ;
    trialZ = oldZ;
    const oldW = w;
    w = trialW;
    trialW = oldW;
  }
  memory.copy(W, w, weightsBytes());
  store<f64>(out, value);
  store<f64>(out, distance, 8);
  store<f64>(out, <f64>iterations, 16);
  arenaRelease(mark);
  return status;
}

// y = x + step v.
function move(x: usize, step: f64, v: usize, length: i32, y: usize): void {
  memory.copy(y, x, (<usize>length) << 3);
  axpy(step, v, y, length);
}

// l1 (|W' + S'|_1 - |W'|_1)
function absoluteChange(W: usize, S: usize): f64 {
  if (l1 === 0) return 0;
  const p = penalized();
  let sum: f64 = 0;
  for (let k = 0; k < K; k++) {
    for (let j = 0; j < p; j++) {
      const at = (<usize>(k * D + j)) << 3;
      const w = load<f64>(W + at);
      sum += abs(w + load<f64>(S + at)) - abs(w);
    }
  }
  return l1 * sum;
}

function largest(x: usize, length: i32): f64 {
  let size: f64 = 0;
  for (let i = 0; i < length; i++) size = max(size, abs(load<f64>(x + ((<usize>i) << 3))));
  return size;
}
