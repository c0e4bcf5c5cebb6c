// Logistic regression: the fit under way, set once by `logisticFit` and read by every kernel of the family.
//
//   minimize over W   f(W) = C sum_i omega_i loss_i(W) + l1 |W'|_1 + l2/2 |W'|_2^2
//
// with W [K, D] one row of weights a score. Two classes have one score (K = 1), the log-odds of class 1;
// three or more have one score each (K = classes), of which the softmax is taken:
//   loss_i = log(1 + exp(-+ z_i))  or  log sum_k exp(z_ki) - z_{y_i i},   z = W A.
// W' is W without its intercepts. Letters of the family:
//   n        samples
//   N        n rounded up to an even number: the stride of everything that has a value per sample.
//            The spare sample has features 0, residual 0 and curvature 0, so that no loop has a tail.
//   A [D, N] the table, transposed: one row per column of X, shifted to mean 0 where there is an intercept
//            (which changes the intercept alone, and makes the problem far better conditioned), and then,
//            for the intercept, a row of ones
//   y [N]    class of each sample, as numbers
//   omega [N] weight of each sample, > 0; 0 of the spare one
//   Z [K, N] scores;  R [K, N] residuals, dloss_i / dz_ki = probability - truth
//   P [K, N] K > 1: probabilities; K = 1: curvature p (1 - p)
//   G [K, D] gradient of the smooth part C sum omega loss + l2/2 |W'|^2

export let n: i32 = 0;
export let N: i32 = 0;
export let D: i32 = 0;
export let K: i32 = 0;
export let A: usize = 0;
export let y: usize = 0;
export let omega: usize = 0;
/** The least weight of a sample. */
export let lightest: f64 = 1;
export let C: f64 = 0;
export let l1: f64 = 0;
export let l2: f64 = 0;
/** Whether row D - 1 of A is the intercept's. */
export let intercept: bool = false;

export function problemSet(
  samples: i32,
  columns: i32,
  scores: i32,
  table: usize,
  classes: usize,
  weights: usize,
  lossWeight: f64,
  l1Weight: f64,
  l2Weight: f64,
  hasIntercept: bool,
): void {
  n = samples;
  N = (samples + 1) & ~1;
  D = columns;
  K = scores;
  A = table;
  y = classes;
  omega = weights;
  lightest = Infinity;
  for (let i = 0; i < n; i++) lightest = min(lightest, load<f64>(omega + ((<usize>i) << 3)));
  C = lossWeight;
  l1 = l1Weight;
  l2 = l2Weight;
  intercept = hasIntercept;
}

/** Changes the weight of the losses. */
export function problemLossWeight(lossWeight: f64): void {
  C = lossWeight;
}

/** Columns of W that are penalized. */
export function penalized(): i32 {
  return intercept ? D - 1 : D;
}

/** Bytes of a [K, N] block. */
export function samplesBytes(): usize {
  return (<usize>K * <usize>N) << 3;
}

/** Bytes of a [K, D] block. */
export function weightsBytes(): usize {
  return (<usize>K * <usize>D) << 3;
}
