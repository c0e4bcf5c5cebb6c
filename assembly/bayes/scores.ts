import { nth } from "../linalg/product";

// Joint log-likelihoods of a Gaussian naive Bayes model, up to rounding log p(class k, x_i).
// In:   X [m, d], row-major; means M [K, d]; precisions W [K, d], the variances' reciprocals; constants c [K],
//       log prior_k - 1/2 sum_j log(2 pi variance_kj)
// Out:  S [m, K], S_ik = c_k - 1/2 sum_j (x_ij - M_kj)^2 W_kj; must not overlap the inputs.
//       Even and odd j are summed apart; |error| <= (d / 2 + 6) u (|c_k| + the sum), u = 2^-53
// Golden: test/vectors/classifiers.json
export function bayesScores(X: usize, m: i32, d: i32, M: usize, W: usize, c: usize, K: i32, S: usize): void {
  const even = d & ~1;
  for (let i = 0; i < m; i++) {
    const row = nth(X, i * d);
    for (let k = 0; k < K; k++) {
      const mean = nth(M, k * d);
      const weight = nth(W, k * d);
      let sums = f64x2.splat(0);
      for (let j = 0; j < even; j += 2) {
        const gap = f64x2.sub(v128.load(nth(row, j)), v128.load(nth(mean, j)));
        sums = f64x2.add(sums, f64x2.mul(f64x2.mul(gap, gap), v128.load(nth(weight, j))));
      }
      let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
      if (d & 1) {
        const gap = load<f64>(nth(row, even)) - load<f64>(nth(mean, even));
        sum += gap * gap * load<f64>(nth(weight, even));
      }
      store<f64>(S, load<f64>(nth(c, k)) - 0.5 * sum);
      S += 8;
    }
  }
}
