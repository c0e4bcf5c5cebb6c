import { subgradient } from "./optimality";

// What the two solvers of a proximal step (lasso.ts, implicit-lasso.ts) share. Both minimize
//   phi(u) = g (u - w) + 1/2 (u - w) H (u - w) + sum_c weight_c |u_c|
// over u [m], and keep q = g + H (u - w), the gradient of the quadratic. A face is the set of the coordinates
// that are not zero or not penalized: on it phi is a quadratic, until a sign changes.

/** The largest entry of phi's smallest subgradient at u, each over sqrt(diagonal_c). */
export function distance(m: i32, diagonal: usize, q: usize, u: usize, weight: usize): f64 {
  let largest: f64 = 0;
  for (let at: usize = 0; at < (<usize>m) << 3; at += 8) {
    const bend = load<f64>(diagonal + at);
    if (!(bend > 0)) continue;
    const v = subgradient(load<f64>(q + at), load<f64>(u + at), load<f64>(weight + at));
    largest = max(largest, abs(v) / Math.sqrt(bend));
  }
  return largest;
}

/** Where coordinate c has its minimum: u_c moved by -q_c / bend, and towards zero by weight_c / bend. */
export function minimum(u: f64, q: f64, bend: f64, weight: f64): f64 {
  const free = u - q / bend;
  const shrink = weight / bend;
  return free > shrink ? free - shrink : free < -shrink ? free + shrink : 0;
}

/** Whether coordinate c belongs to the face; `pinned` (-1: none) never does. */
export function onFace(c: i32, pinned: i32, u: usize, weight: usize): bool {
  const at = (<usize>c) << 3;
  return c !== pinned && (load<f64>(u + at) !== 0 || load<f64>(weight + at) === 0);
}

// Ends the steps of penalized coordinates at zero where they would change sign. Returns the part of the step
// at which the first of them does, 1 when none does.
// In:   step [m].  Out: clipped [m]
export function clip(m: i32, u: usize, step: usize, weight: usize, clipped: usize): f64 {
  let reach: f64 = 1;
  for (let at: usize = 0; at < (<usize>m) << 3; at += 8) {
    const from = load<f64>(u + at);
    const by = load<f64>(step + at);
    const crosses = load<f64>(weight + at) > 0 && from * (from + by) < 0;
    if (crosses) reach = min(reach, -from / by);
    store<f64>(clipped + at, crosses ? -from : by);
  }
  return reach;
}

// The part `reach` of a step; a coordinate that reaches zero there gets exactly zero.
// In:   step [m].  Out: short [m], may be step
export function shorten(m: i32, u: usize, step: usize, weight: usize, reach: f64, short: usize): void {
  for (let at: usize = 0; at < (<usize>m) << 3; at += 8) {
    const from = load<f64>(u + at);
    const by = load<f64>(step + at);
    const lands = load<f64>(weight + at) > 0 && from * (from + by) < 0 && -from / by <= reach;
    store<f64>(short + at, lands ? -from : reach * by);
  }
}

/** sum_c weight_c (|u_c + step_c| - |u_c|) */
export function penaltyChange(m: i32, u: usize, step: usize, weight: usize): f64 {
  let change: f64 = 0;
  for (let at: usize = 0; at < (<usize>m) << 3; at += 8) {
    const from = load<f64>(u + at);
    change += load<f64>(weight + at) * (abs(from + load<f64>(step + at)) - abs(from));
  }
  return change;
}
