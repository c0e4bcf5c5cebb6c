import { musAt, sigmasAt } from "./mixture";

/**
 * L[k, c] -= sum_j (unit[j, c] - mu[j, k])^2 / (2 sigma[j, k]^2), j = first ... end - 1 ascending, of the live
 * kernels. Eight candidates stay in registers through all j. Rows are multiples of 64 bytes; table: 32 bytes for each j.
 */
export function addNormals(
  first: i32,
  end: i32,
  d: i32,
  n: i32,
  mixture: usize,
  units: usize,
  row: usize,
  live: usize,
  L: usize,
  table: usize,
): void {
  const column = (<usize>n + 1) << 3;
  const mu = musAt(mixture, n, first);
  const sigma = sigmasAt(mixture, n, d, first);
  const tableEnd = table + 32 * <usize>(end - first);
  const firstUnit = units + row * <usize>first;
  for (let k: usize = 0; k <= <usize>n; k++, L += row) {
    if (!load<u8>(live + k)) continue;
    for (let t = table, at = k << 3; t < tableEnd; t += 32, at += column) {
      const s = load<f64>(sigma + at);
      v128.store(t, v128.load64_splat(mu + at));
      v128.store(t, f64x2.splat(-0.5 / (s * s)), 16);
    }
    for (let c: usize = 0; c < row; c += 64) {
      let a0 = v128.load(L + c);
      let a1 = v128.load(L + c, 16);
      let a2 = v128.load(L + c, 32);
      let a3 = v128.load(L + c, 48);
      for (let t = table, unit = firstUnit + c; t < tableEnd; t += 32, unit += row) {
        const center = v128.load(t);
        const factor = v128.load(t, 16);
        const g0 = f64x2.sub(v128.load(unit), center);
        const g1 = f64x2.sub(v128.load(unit, 16), center);
        const g2 = f64x2.sub(v128.load(unit, 32), center);
        const g3 = f64x2.sub(v128.load(unit, 48), center);
        a0 = f64x2.add(a0, f64x2.mul(f64x2.mul(g0, g0), factor));
        a1 = f64x2.add(a1, f64x2.mul(f64x2.mul(g1, g1), factor));
        a2 = f64x2.add(a2, f64x2.mul(f64x2.mul(g2, g2), factor));
        a3 = f64x2.add(a3, f64x2.mul(f64x2.mul(g3, g3), factor));
      }
      v128.store(L + c, a0);
      v128.store(L + c, a1, 16);
      v128.store(L + c, a2, 32);
      v128.store(L + c, a3, 48);
    }
  }
}
