import { expx2 } from "../math/exp";
import { log } from "../math/log";

// Below this exp is 0.
const NOTHING: f64 = -746.0;

/** out[c] = log sum_k exp L[k, c], k ascending; -Infinity when every term is. Rows that are not live count 0. */
export function sumRows(n: i32, candidates: i32, row: usize, live: usize, L: usize, out: usize): void {
  for (let c: usize = 0; c < row; c += 16) {
    const end = L + row * <usize>n + c;
    let largest = f64x2.splat(-Infinity);
    for (let at = L + c, alive = live; at <= end; at += row, alive++) {
      if (load<u8>(alive)) largest = f64x2.max(largest, v128.load(at));
    }
    // Infinity minus infinity is not wanted below.
    largest = v128.and(largest, f64x2.gt(largest, f64x2.splat(-Infinity)));
    let sum = f64x2.splat(0.0);
    for (let at = L + c, alive = live; at <= end; at += row, alive++) {
      if (!load<u8>(alive)) continue;
      const below = f64x2.sub(v128.load(at), largest);
      const counts = f64x2.gt(below, f64x2.splat(NOTHING));
      if (v128.any_true(counts)) sum = f64x2.add(sum, v128.and(expx2(v128.and(below, counts)), counts));
    }
    store<f64>(out + c, log(f64x2.extract_lane(sum, 0)) + f64x2.extract_lane(largest, 0));
    if (c + 8 < (<usize>candidates) << 3) {
      store<f64>(out + c, log(f64x2.extract_lane(sum, 1)) + f64x2.extract_lane(largest, 1), 8);
    }
  }
}
