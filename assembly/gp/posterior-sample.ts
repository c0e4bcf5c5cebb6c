import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { cholesky } from "../linalg/cholesky";
import { choleskyInverse } from "../linalg/cholesky-inverse";
import { dot } from "../linalg/dot";
import { at, nth } from "../linalg/product";
import { ALPHA, L, N, NOISE, STRIDE } from "./model";

// Draws from the joint posterior of the function, without noise, at the model's own points:
//   mean = z - s alpha,  covariance = s (I - s (K + s I)^-1),  s the noise variance
// In:   a conditioned model and its outputs z [n]; normals [count, n], independent standard normal
// Out:  draws [count, n]. The model is used up.
// Ref:  Rasmussen & Williams (2006), equations 2.25 and 2.26, with K (K + s I)^-1 = I - s (K + s I)^-1.

/** Added to the diagonal of what is semidefinite where points coincide. */
const JITTER: f64 = 1e-9;

export function posteriorDraws(m: usize, z: usize, count: i32, normals: usize, draws: usize): void {
  const mark = arenaMark();
  const n = load<i32>(m, N);
  const stride = load<i32>(m, STRIDE);
  const noise = load<f64>(m, NOISE);
  const root = arenaAlloc((<usize>stride * <usize>stride) << 3);
  choleskyInverse(n, load<usize>(m, L), stride, root, stride);
  for (let i = 0; i < n; i++) {
    const row = at(root, stride, i, 0);
    for (let k = 0; k <= i; k++) store<f64>(nth(row, k), -noise * load<f64>(nth(row, k)));
    store<f64>(nth(row, i), load<f64>(nth(row, i)) + (1.0 + JITTER));
  }
  const known = cholesky(n, root, stride) === 0;
  const sd = known ? sqrt(noise) : 0.0;
  for (let c = 0; c < count; c++) {
    for (let i = 0; i < n; i++) {
      const mean = load<f64>(nth(z, i)) - noise * load<f64>(nth(load<usize>(m, ALPHA), i));
      const deviation = known ? dot(at(root, stride, i, 0), nth(normals, c * n), i + 1) : 0.0;
      store<f64>(nth(draws, c * n + i), mean + sd * deviation);
    }
  }
  arenaRelease(mark);
}
