import { log } from "./log";

// The standard normal quantile: rational approximations in q^2 for the middle, in sqrt(-log p) for the tails.
// Ref: M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution"
// (Applied Statistics 37, 1988), PPND16.  Golden: test/vectors/math.json

/** The x with P(Z <= x) = p; -Infinity at 0, Infinity at 1, NaN outside [0, 1]. Error: < 8 ULP. */
export function normalQuantile(p: f64): f64 {
  const q = p - 0.5;
  if (abs(q) <= 0.425) return q * central(0.180625 - q * q);
  if (!(p >= 0 && p <= 1)) return NaN;
  if (q < 0) return p == 0 ? -Infinity : -tail(sqrt(-log(p)));
  return p == 1 ? Infinity : tail(sqrt(-log(1.0 - p)));
}

/** Quantile / (p - 1/2), in r = 0.425^2 - (p - 1/2)^2. */
function central(r: f64): f64 {
  let num = 2509.0809287301227;
  num = num * r + 33430.57558358813;
  num = num * r + 67265.7709270087;
  num = num * r + 45921.95393154987;
  num = num * r + 13731.69376550946;
  num = num * r + 1971.5909503065513;
  num = num * r + 133.14166789178438;
  num = num * r + 3.3871328727963665;
  let den = 5226.495278852546;
  den = den * r + 28729.085735721943;
  den = den * r + 39307.89580009271;
  den = den * r + 21213.794301586597;
  den = den * r + 5394.196021424751;
  den = den * r + 687.1870074920579;
  den = den * r + 42.31333070160091;
  den = den * r + 1.0;
  return num / den;
}

/** -quantile(p) at r = sqrt(-log p), 1.6 <= r <= 27. */
function tail(r: f64): f64 {
  return r <= 5.0 ? nearTail(r - 1.6) : farTail(r - 5.0);
}

function nearTail(r: f64): f64 {
  let num = 0.0007745450142783414;
  num = num * r + 0.022723844989269184;
  num = num * r + 0.2417807251774506;
  num = num * r + 1.2704582524523684;
  num = num * r + 3.6478483247632045;
  num = num * r + 5.769497221460691;
  num = num * r + 4.630337846156546;
  num = num * r + 1.4234371107496835;
  let den = 1.0507500716444169e-9;
  den = den * r + 0.0005475938084995345;
  den = den * r + 0.015198666563616457;
  den = den * r + 0.14810397642748008;
  den = den * r + 0.6897673349851;
  den = den * r + 1.6763848301838038;
  den = den * r + 2.053191626637759;
  den = den * r + 1.0;
  return num / den;
}

function farTail(r: f64): f64 {
  let num = 2.0103343992922881e-7;
  num = num * r + 2.7115555687434876e-5;
  num = num * r + 0.0012426609473880784;
  num = num * r + 0.026532189526576124;
  num = num * r + 0.29656057182850487;
  num = num * r + 1.7848265399172913;
  num = num * r + 5.463784911164114;
  num = num * r + 6.657904643501103;
  let den = 2.0442631033899397e-15;
  den = den * r + 1.421511758316446e-7;
  den = den * r + 1.8463183175100548e-5;
  den = den * r + 0.0007868691311456133;
  den = den * r + 0.014875361290850615;
  den = den * r + 0.1369298809227358;
  den = den * r + 0.599832206555888;
  den = den * r + 1.0;
  return num / den;
}
