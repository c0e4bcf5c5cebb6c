import { axpy, dot } from "../linalg/dot";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { curvature } from "./curvature";
import { D, K, l2, weightsBytes } from "./problem";
import { precondition, preconditionerRidge } from "./preconditioner";
import { pullBack, scoresOf } from "./scores";

// A Newton step: S with H S ~ -G, by conjugate gradients with preconditioner M, to a residual `forcing` times
// the first one, both in the norm of M^-1. The Hessian enters by its products alone.
// In:   G [K, D], P [K, N], M, forcing in (0, 1), scratch [K, N]
// Out:  S [K, D]; a direction of descent wherever it stops; returns the number of products with H
// Ref:  Nocedal & Wright (2006), algorithm 7.1; Hestenes & Stiefel (1952).

const LIMIT: i32 = 500;

export function newtonStep(G: usize, P: usize, M: usize, forcing: f64, S: usize, scratch: usize): i32 {
  const mark = arenaMark();
  const ridge = preconditionerRidge(M);
  const size = K * D;
  const bytes = weightsBytes();
  const r = arenaAlloc(bytes);
  const z = arenaAlloc(bytes);
  const p = arenaAlloc(bytes);
  const h = arenaAlloc(bytes);
  memory.fill(S, 0, bytes);
  for (let at: usize = 0; at < bytes; at += 8) store<f64>(r + at, -load<f64>(G + at));
  precondition(M, r, z);
  memory.copy(p, z, bytes);
  let rz = dot(r, z, size);
  const enough = forcing * forcing * rz;
  let i = 0;
  for (; i < LIMIT && rz > enough; i++) {
    scoresOf(p, scratch);
    curvature(scratch, P, scratch);
    pullBack(scratch, p, h);
    if (l2 === 0) addRidge(ridge, p, h);
    const bend = dot(p, h, size);
    // Without curvature along p (a column of zeros, weights that rounded to 0) the steps so far must do.
    if (!(bend > 0)) {
      if (i === 0) memory.copy(S, z, bytes);
      break;
    }
    const length = rz / bend;
    axpy(length, p, S, size);
    axpy(-length, h, r, size);
    precondition(M, r, z);
    const next = dot(r, z, size);
    const beta = next / rz;
    for (let at: usize = 0; at < bytes; at += 8) store<f64>(p + at, load<f64>(z + at) + beta * load<f64>(p + at));
    rz = next;
  }
  arenaRelease(mark);
  return i;
}

// h += ridge * p
function addRidge(ridge: usize, p: usize, h: usize): void {
  for (let at: usize = 0; at < weightsBytes(); at += 8) {
    store<f64>(h + at, load<f64>(h + at) + load<f64>(ridge + at) * load<f64>(p + at));
  }
}
