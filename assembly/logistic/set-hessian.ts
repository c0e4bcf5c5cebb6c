import { syrkSubtract } from "../linalg/syrk";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { A, C, D, K, l2, N, omega, penalized } from "./problem";

// The Hessian of the smooth part on a working set.
//   H_cd = C sum_i omega_i a_ji a_mi p_ki ([k = l] - p_li) + [c = d] l2,   c = (k, j), d = (l, m)
// Off the diagonal blocks it is minus the Gram matrix of the rows p_k * a_j, each sample times sqrt(omega); a block is the Gram matrix of the
// rows sqrt(p_k (1 - p_k)) * a_j. Both are summed over pieces of the samples.
// In:   set [m] ascending positions k D + j, R [K, N], P [K, N]
// Out:  H [m, m], symmetric, both triangles

const PIECE: i32 = 512;

export function setHessian(set: usize, m: i32, R: usize, P: usize, H: usize): void {
  const mark = arenaMark();
  const rows = arenaAlloc((<usize>m * <usize>PIECE) << 3);
  const blocks = arenaAlloc((<usize>m * <usize>min(m, D)) << 3);
  memory.fill(H, 0, (<usize>m * <usize>m) << 3);
  memory.fill(blocks, 0, (<usize>m * <usize>min(m, D)) << 3);
  for (let from = 0; from < N; from += PIECE) {
    const length = min(PIECE, N - from);
    if (K > 1) {
      gather(set, m, P, from, length, false, rows);
      syrkSubtract(m, length, rows, PIECE, H, m);
    }
    gather(set, m, R, from, length, true, rows);
    for (let c = 0; c < m; ) {
      const size = sameScore(set, m, c);
      const row = rows + ((<usize>c * <usize>PIECE) << 3);
      syrkSubtract(size, length, row, PIECE, blocks + ((<usize>c * <usize>min(m, D)) << 3), size);
      c += size;
    }
  }
  assemble(set, m, blocks, H);
  arenaRelease(mark);
}

/** How many coordinates from c on belong to the score of c. */
function sameScore(set: usize, m: i32, c: i32): i32 {
  const k = load<i32>(set + ((<usize>c) << 2)) / D;
  let end = c + 1;
  while (end < m && load<i32>(set + ((<usize>end) << 2)) / D === k) end++;
  return end - c;
}

// Row c of `rows` [m, PIECE]: samples from .. from + length of a_j times sqrt(omega), and p_k or sqrt(|r_k| (1 - |r_k|)).
function gather(set: usize, m: i32, X: usize, from: i32, length: i32, roots: bool, rows: usize): void {
  const one = f64x2.splat(1);
  const start = (<usize>from) << 3;
  for (let c = 0; c < m; c++) {
    const position = load<i32>(set + ((<usize>c) << 2));
    const x = X + ((<usize>(position / D) * <usize>N) << 3) + start;
    const a = A + ((<usize>(position % D) * <usize>N) << 3) + start;
    const row = rows + ((<usize>c * <usize>PIECE) << 3);
    for (let at: usize = 0; at < (<usize>length) << 3; at += 16) {
      let weight = v128.load(x + at);
      const counts = v128.load(omega + start + at);
      if (roots) {
        const size = f64x2.abs(weight);
        weight = f64x2.sqrt(f64x2.mul(counts, f64x2.mul(size, f64x2.sub(one, size))));
      } else weight = f64x2.mul(weight, f64x2.sqrt(counts));
      v128.store(row + at, f64x2.mul(weight, v128.load(a + at)));
    }
  }
}

// Puts the blocks (with the other sign) in place, weights by C, adds the penalty, mirrors the lower triangle.
function assemble(set: usize, m: i32, blocks: usize, H: usize): void {
  const p = penalized();
  for (let c = 0; c < m; ) {
    const size = sameScore(set, m, c);
    for (let i = 0; i < size; i++) {
      const row = H + ((<usize>(c + i) * <usize>m) << 3);
      for (let d = 0; d < c; d++) scaleAndMirror(row, d, C, H, c + i, m);
      const from = blocks + ((<usize>c * <usize>min(m, D) + <usize>i * <usize>size) << 3);
      memory.copy(row + ((<usize>c) << 3), from, (<usize>(i + 1)) << 3);
      for (let d = c; d <= c + i; d++) scaleAndMirror(row, d, -C, H, c + i, m);
      if (load<i32>(set + ((<usize>(c + i)) << 2)) % D < p) {
        const diagonal = row + ((<usize>(c + i)) << 3);
        store<f64>(diagonal, load<f64>(diagonal) + l2);
      }
    }
    c += size;
  }
}

function scaleAndMirror(row: usize, d: i32, factor: f64, H: usize, c: i32, m: i32): void {
  const at = row + ((<usize>d) << 3);
  const entry = factor * load<f64>(at);
  store<f64>(at, entry);
  store<f64>(H + ((<usize>d * <usize>m + <usize>c) << 3), entry);
}
