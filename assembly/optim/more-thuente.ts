// Line search of Moré and Thuente for phi(t) = f(x + t d): finds a step t with
//   phi(t) <= phi(0) + MU t phi'(0)   and   |phi'(t)| <= ETA |phi'(0)|   (strong Wolfe conditions),
// by reverse communication: `searchStart`, then evaluate phi and phi' at `searchStep` and hand them to
// `searchTell`, until it no longer answers CONTINUE.
// In:   phi'(0) < 0; first step in (0, most]; steps never leave [0, most]
// Out:  CONTINUE; FOUND: the step holds; ROUNDED: the interval shrank to rounding error, or the longest step
//       allowed still goes steeply down, and the step is the last one evaluated; the caller takes it if it
//       is lower
// Names: the interval of uncertainty has the ends x, the best step so far, and y; both are kept with value
//       and slope.
// Ref:  Moré & Thuente (1994), Line search algorithms with guaranteed sufficient decrease.

export const CONTINUE: i32 = 0;
export const FOUND: i32 = 1;
export const ROUNDED: i32 = 2;

/** Bytes of a search's state. */
export const SEARCH_BYTES: usize = 128;

const MU: f64 = 1e-3;
const ETA: f64 = 0.9;
const WIDTH_TOLERANCE: f64 = 0.1;

// Fields of the state.
const STEP: usize = 0;
const MOST: usize = 8;
const VALUE_0: usize = 16;
const SLOPE_0: usize = 24;
const STEP_X: usize = 32;
const VALUE_X: usize = 40;
const SLOPE_X: usize = 48;
const STEP_Y: usize = 56;
const VALUE_Y: usize = 64;
const SLOPE_Y: usize = 72;
const LOWER: usize = 80;
const UPPER: usize = 88;
const WIDTH: usize = 96;
const WIDTH_BEFORE: usize = 104;
const BRACKETED: usize = 112;
const AUXILIARY: usize = 116;

export function searchStart(s: usize, value: f64, slope: f64, step: f64, most: f64): void {
  store<f64>(s, step, STEP);
  store<f64>(s, most, MOST);
  store<f64>(s, value, VALUE_0);
  store<f64>(s, slope, SLOPE_0);
  setX(s, 0, value, slope);
  setY(s, 0, value, slope);
  store<f64>(s, 0, LOWER);
  store<f64>(s, 5 * step, UPPER);
  store<f64>(s, most, WIDTH);
  store<f64>(s, 2 * most, WIDTH_BEFORE);
  store<i32>(s, 0, BRACKETED);
  store<i32>(s, 1, AUXILIARY);
}

/** The step to evaluate next; after the search, the step to take. */
export function searchStep(s: usize): f64 {
  return load<f64>(s, STEP);
}

/** The step just evaluated has no finite value or slope: comes nearer to the best one, and stays below it. */
export function searchRetreat(s: usize): void {
  const best = load<f64>(s, STEP_X);
  const length = load<f64>(s, STEP) - best;
  if (length > 0) store<f64>(s, best + 0.5 * length, MOST);
  store<f64>(s, best + 0.1 * length, STEP);
}

export function searchTell(s: usize, value: f64, slope: f64): i32 {
  const step = load<f64>(s, STEP);
  const most = load<f64>(s, MOST);
  const slope0 = load<f64>(s, SLOPE_0);
  const decrease = MU * slope0;
  const enough = load<f64>(s, VALUE_0) + step * decrease;
  const bracketed = load<i32>(s, BRACKETED) !== 0;
  const lower = load<f64>(s, LOWER);
  const upper = load<f64>(s, UPPER);

  if (value <= enough && abs(slope) <= -ETA * slope0) return FOUND;
  if (bracketed && (step <= lower || step >= upper || upper - lower <= WIDTH_TOLERANCE * upper)) return ROUNDED;
  if (step === most && value <= enough && slope <= decrease) return ROUNDED;

  // Until a step with enough decrease and a rising slope was seen, the interval is updated by the auxiliary
  // function phi(t) - t MU phi'(0), whose minimizers give enough decrease.
  if (value <= enough && slope >= 0) store<i32>(s, 0, AUXILIARY);
  const tilt = load<i32>(s, AUXILIARY) !== 0 && value <= load<f64>(s, VALUE_X) && value > enough ? decrease : 0;
  update(s, step, value, slope, tilt);
  contract(s);
  return CONTINUE;
}

// Chooses the next step and the next interval from the step just evaluated, all tilted by -tilt * t.
function update(s: usize, t: f64, valueT: f64, slopeT: f64, tilt: f64): void {
  const x = load<f64>(s, STEP_X);
  const y = load<f64>(s, STEP_Y);
  const fx = load<f64>(s, VALUE_X) - x * tilt;
  const gx = load<f64>(s, SLOPE_X) - tilt;
  const fy = load<f64>(s, VALUE_Y) - y * tilt;
  const gy = load<f64>(s, SLOPE_Y) - tilt;
  const f = valueT - t * tilt;
  const g = slopeT - tilt;
  const bracketed = load<i32>(s, BRACKETED) !== 0;
  const opposite = g * (gx < 0 ? -1 : 1) < 0;

  let next: f64;
  if (f > fx) {
    // Higher: a minimum lies between. The cubic's, if it is nearer to x than the quadratic's; else their mean.
    const cubic = x + cubicRatio(x, fx, gx, t, f, g) * (t - x);
    const quadratic = x + (gx / ((fx - f) / (t - x) + gx) / 2) * (t - x);
    next = abs(cubic - x) < abs(quadratic - x) ? cubic : cubic + (quadratic - cubic) / 2;
    store<i32>(s, 1, BRACKETED);
  } else if (opposite) {
    // Lower, and the slope turned: a minimum lies between. The cubic's or the secant's, whichever is farther from t.
    const cubic = t + cubicRatio(t, f, g, x, fx, gx) * (x - t);
    const secant = t + (g / (g - gx)) * (x - t);
    next = abs(cubic - t) > abs(secant - t) ? cubic : secant;
    store<i32>(s, 1, BRACKETED);
  } else if (abs(g) < abs(gx)) {
    // Lower, same direction, flatter: the cubic counts only where it has a minimum beyond t.
    const ratio = cubicRatio(t, f, g, x, fx, gx);
    const end = t > x ? load<f64>(s, UPPER) : load<f64>(s, LOWER);
    const cubic = ratio < 0 ? t + ratio * (x - t) : end;
    const secant = t + (g / (g - gx)) * (x - t);
    const cubicNearer = abs(cubic - t) < abs(secant - t);
    if (bracketed) {
      next = cubicNearer ? cubic : secant;
      const guard = t + 0.66 * (y - t);
      next = t > x ? min(guard, next) : max(guard, next);
    } else {
      next = cubicNearer ? secant : cubic;
      next = max(load<f64>(s, LOWER), min(load<f64>(s, UPPER), next));
    }
  } else if (bracketed) {
    // Lower, same direction, not flatter: towards y.
    next = t + cubicRatio(t, f, g, y, fy, gy) * (y - t);
  } else {
    next = t > x ? load<f64>(s, UPPER) : load<f64>(s, LOWER);
  }

  if (f > fx) {
    setY(s, t, valueT, slopeT);
  } else {
    if (opposite) setY(s, x, load<f64>(s, VALUE_X), load<f64>(s, SLOPE_X));
    setX(s, t, valueT, slopeT);
  }
  store<f64>(s, next, STEP);
}

// Forces a bracketing interval to shrink by a third in two steps, sets the range of the next step, and keeps to it.
function contract(s: usize): void {
  const x = load<f64>(s, STEP_X);
  const y = load<f64>(s, STEP_Y);
  const bracketed = load<i32>(s, BRACKETED) !== 0;
  let next = load<f64>(s, STEP);
  let lower: f64;
  let upper: f64;
  if (bracketed) {
    const width = abs(y - x);
    // (It is not a number when the interpolation overflowed.)
    if (width >= 0.66 * load<f64>(s, WIDTH_BEFORE) || isNaN(next)) next = x + 0.5 * (y - x);
    store<f64>(s, load<f64>(s, WIDTH), WIDTH_BEFORE);
    store<f64>(s, width, WIDTH);
    lower = min(x, y);
    upper = max(x, y);
  } else {
    lower = next + 1.1 * (next - x);
    upper = next + 4 * (next - x);
  }
  next = max(0, min(load<f64>(s, MOST), next));
  if (bracketed && (next <= lower || next >= upper || upper - lower <= WIDTH_TOLERANCE * upper)) next = x;
  store<f64>(s, lower, LOWER);
  store<f64>(s, upper, UPPER);
  store<f64>(s, next, STEP);
}

// Where the cubic through (a, fa, slope ga) and (b, fb, slope gb) has its minimum, as a fraction of the way from
// a to b; NaN if it has none.
function cubicRatio(a: f64, fa: f64, ga: f64, b: f64, fb: f64, gb: f64): f64 {
  const theta = (3 * (fa - fb)) / (b - a) + ga + gb;
  const scale = max(abs(theta), max(abs(ga), abs(gb)));
  const discriminant = (theta / scale) * (theta / scale) - (ga / scale) * (gb / scale);
  if (!(discriminant > 0)) return NaN;
  const gamma = b > a ? scale * sqrt<f64>(discriminant) : -scale * sqrt<f64>(discriminant);
  return (gamma - ga + theta) / (gamma - ga + gamma + gb);
}

function setX(s: usize, step: f64, value: f64, slope: f64): void {
  store<f64>(s, step, STEP_X);
  store<f64>(s, value, VALUE_X);
  store<f64>(s, slope, SLOPE_X);
}

function setY(s: usize, step: f64, value: f64, slope: f64): void {
  store<f64>(s, step, STEP_Y);
  store<f64>(s, value, VALUE_Y);
  store<f64>(s, slope, SLOPE_Y);
}
