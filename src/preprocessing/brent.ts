// Least value of a function of one variable, without its derivative.
// Ref: Brent (1973), Algorithms for minimization without derivatives, chapter 5; the bracket grows as in
// Press et al. (2007), Numerical Recipes, section 10.1.

const GOLDEN = (3 - Math.sqrt(5)) / 2;
const GROWTH = (1 + Math.sqrt(5)) / 2;

interface Bracket {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/**
 * An x at which f has a local minimum, to within `tolerance` |x| and a little, found downhill from a and b, a < b.
 * f may return Infinity where it is not defined.
 */
export function brentMinimum(f: (x: number) => number, a: number, b: number, tolerance: number = 1e-8): number {
  let { low, middle: x, high } = bracket(f, a, b);
  let fx = f(x);
  // Second best point and the one before.
  let [w, fw] = [x, fx];
  let [v, fv] = [x, fx];
  let move = 0;
  let before = 0;
  for (let iteration = 0; iteration < 200; iteration++) {
    const center = (low + high) / 2;
    const least = tolerance * Math.abs(x) + 1e-11;
    if (Math.abs(x - center) <= 2 * least - (high - low) / 2) break;
    let p = 0;
    let q = 0;
    if (Math.abs(before) > least) {
      // The lowest point of the parabola through x, w and v is x + p / q.
      const r = (x - w) * (fx - fv);
      const s = (x - v) * (fx - fw);
      p = (x - v) * s - (x - w) * r;
      q = 2 * (s - r);
      if (q > 0) p = -p;
      q = Math.abs(q);
    }
    if (Math.abs(p) < Math.abs(0.5 * q * before) && p > q * (low - x) && p < q * (high - x)) {
      before = move;
      move = p / q;
      const at = x + move;
      if (at - low < 2 * least || high - at < 2 * least) move = x < center ? least : -least;
    } else {
      before = x < center ? high - x : low - x;
      move = GOLDEN * before;
    }
    const u = x + (Math.abs(move) >= least ? move : move > 0 ? least : -least);
    const fu = f(u);
    if (fu <= fx) {
      if (u < x) high = x;
      else low = x;
      [v, fv, w, fw, x, fx] = [w, fw, x, fx, u, fu];
    } else {
      if (u < x) low = u;
      else high = u;
      if (fu <= fw || w === x) [v, fv, w, fw] = [w, fw, u, fu];
      else if (fu <= fv || v === x || v === w) [v, fv] = [u, fu];
    }
  }
  return x;
}

/** Three points of which the middle one is the lowest; the farthest steps have no further to go than 1e6. */
function bracket(f: (x: number) => number, a: number, b: number): Bracket {
  let [from, at] = [a, b];
  let [fFrom, fAt] = [f(a), f(b)];
  if (fFrom < fAt) [from, at, fFrom, fAt] = [at, from, fAt, fFrom];
  let next = at + GROWTH * (at - from);
  let fNext = f(next);
  while (fNext < fAt && Math.abs(next) < 1e6) {
    [from, at, fAt] = [at, next, fNext];
    next = at + GROWTH * (at - from);
    fNext = f(next);
  }
  return from < next ? { low: from, middle: at, high: next } : { low: next, middle: at, high: from };
}
