import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { axpy, dot } from "../linalg/dot";
import { gemv, gemvT } from "../linalg/gemv";
import { at, nth } from "../linalg/product";

// One generation of CMA-ES: the evolution paths and the covariance matrix.
// Letters are the tutorial's: y_k = (x_k - m) / sigma, C = B^T D^2 B (row j of B is an eigenvector, D_j its
// standard deviation), p_sigma and p_c the paths, w the weights, mu how many of them are positive.
// In:   Y [lambda, n], best first, overwritten where steps are shortened; w [lambda];
//       constants [8]: mu_eff, c_1, c_mu, c_sigma, c_c, E|N(0, I)|, (1 - c_sigma)^(2 (g + 1)) for generation g >= 1,
//       the longest step |C^(-1/2) y_k|, Infinity for no limit; B [n, n], D [n] > 0
// InOut: C [n, n], p_sigma [n], p_c [n], of the generation before
// Out:  y_w [n] = sum of the mu best y_k; the length of p_sigma. C is symmetric to the bit.
// Ref:  Hansen (2016), The CMA evolution strategy: a tutorial, eqs. 41 to 47; Hansen (2011), Injecting external
//       solutions into CMA-ES, for the limit.  Golden: test/vectors/cmaes.json

const MU_EFF: usize = 0;
const C_1: usize = 8;
const C_MU: usize = 16;
const C_SIGMA: usize = 24;
const C_C: usize = 32;
const CHI_N: usize = 40;
const UNSETTLED: usize = 48;
const LONGEST: usize = 56;

/** What the squared lengths of bad steps are raised by, so that none is 0; the reference implementation's. */
const TINY: f64 = 1e-8;

export function update(
  n: i32,
  lambda: i32,
  mu: i32,
  constants: usize,
  Y: usize,
  w: usize,
  B: usize,
  D: usize,
  C: usize,
  pSigma: usize,
  pC: usize,
  yw: usize,
): f64 {
  const mark = arenaMark();
  const t = arenaAlloc((<usize>n) << 3);
  const u = arenaAlloc((<usize>n) << 3);
  // Weights of the rank-mu update: those of bad steps as if these were of length sqrt(n).
  const wo = arenaAlloc((<usize>lambda) << 3);
  const longest = load<f64>(constants, LONGEST);
  let sum: f64 = 0;
  for (let k = 0; k < lambda; k++) {
    const y = at(Y, n, k, 0);
    whiten(n, B, D, y, t);
    let square = dot(t, t, n);
    if (square > longest * longest) {
      const shrink = longest / sqrt<f64>(square);
      for (let i = 0; i < n; i++) store<f64>(nth(y, i), shrink * load<f64>(nth(y, i)));
      square = longest * longest;
    }
    const weight = load<f64>(nth(w, k));
    sum += weight;
    store<f64>(nth(wo, k), weight < 0 ? (weight * <f64>n) / (square + TINY) : weight);
  }
  gemvT(Y, n, mu, n, w, yw);

  const muEff = load<f64>(constants, MU_EFF);
  const cSigma = load<f64>(constants, C_SIGMA);
  const cC = load<f64>(constants, C_C);
  whiten(n, B, D, yw, t);
  gemvT(B, n, n, n, t, u);
  decayAndAdd(n, 1.0 - cSigma, pSigma, sqrt<f64>(cSigma * (2.0 - cSigma) * muEff), u);
  const length = sqrt<f64>(dot(pSigma, pSigma, n));
  const limit = (1.4 + 2.0 / (<f64>n + 1.0)) * load<f64>(constants, CHI_N);
  const steady = length / sqrt<f64>(1.0 - load<f64>(constants, UNSETTLED)) < limit;
  decayAndAdd(n, 1.0 - cC, pC, steady ? sqrt<f64>(cC * (2.0 - cC) * muEff) : 0.0, yw);

  const c1 = load<f64>(constants, C_1);
  const cMu = load<f64>(constants, C_MU);
  const kept = 1.0 + (steady ? 0.0 : c1 * cC * (2.0 - cC)) - c1 - cMu * sum;
  for (let i = 0; i < n; i++) {
    const row = at(C, n, i, 0);
    for (let j = 0; j <= i; j++) store<f64>(nth(row, j), kept * load<f64>(nth(row, j)));
    axpy(c1 * load<f64>(nth(pC, i)), pC, row, i + 1);
    for (let k = 0; k < lambda; k++) {
      const y = at(Y, n, k, 0);
      axpy(cMu * load<f64>(nth(wo, k)) * load<f64>(nth(y, i)), y, row, i + 1);
    }
    for (let j = 0; j < i; j++) store<f64>(at(C, n, j, i), load<f64>(nth(row, j)));
  }
  arenaRelease(mark);
  return length;
}

/** t [n] = D^-1 B y: as long as C^(-1/2) y, which is B^T t. */
function whiten(n: i32, B: usize, D: usize, y: usize, t: usize): void {
  gemv(B, n, n, n, y, t);
  for (let i = 0; i < n; i++) store<f64>(nth(t, i), load<f64>(nth(t, i)) / load<f64>(nth(D, i)));
}

/** path <- keep path + scale step. */
function decayAndAdd(n: i32, keep: f64, path: usize, scale: f64, step: usize): void {
  for (let i = 0; i < n; i++) {
    store<f64>(nth(path, i), keep * load<f64>(nth(path, i)) + scale * load<f64>(nth(step, i)));
  }
}
