// Panels of matrices for the register tile: [k, 4] and [k, 8], with zeros in lanes beyond the matrix.

/**
 * Writes four lanes of each of k steps: lane i of step p is the number at from[i * lane + p * step] for i < lanes, zero beyond.
 * Steps are `stride` bytes apart at `to`. One of `lane` and `step` (in elements) is 1.
 */
function packLanes(lanes: i32, k: i32, from: usize, lane: i32, step: i32, to: usize, stride: usize): void {
  const stepBytes = (<usize>step) << 2;
  const laneBytes = (<usize>lane) << 2;
  let p = 0;
  if (lanes >= 4 && lane == 1) {
    for (; p < k; p++) {
      v128.store(to, v128.load(from));
      from += stepBytes;
      to += stride;
    }
    return;
  }
  if (lanes >= 4 && step == 1) {
    for (; p + 4 <= k; p += 4) {
      transpose(
        v128.load(from),
        v128.load(from + laneBytes),
        v128.load(from + (laneBytes << 1)),
        v128.load(from + laneBytes * 3),
        to,
        stride,
      );
      from += 16;
      to += stride << 2;
    }
  }
  for (; p < k; p++) {
    for (let i = 0; i < 4; i++) {
      store<f32>(to + ((<usize>i) << 2), i < lanes ? load<f32>(from + <usize>i * laneBytes) : 0);
    }
    from += stepBytes;
    to += stride;
  }
}

/** Writes the columns of the four vectors as four vectors, `stride` bytes apart. */
export function transpose(r0: v128, r1: v128, r2: v128, r3: v128, to: usize, stride: usize): void {
  const low01 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
  const high23 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(low01, low23, 0, 2));
  v128.store(to + stride, v128.shuffle<i64>(low01, low23, 1, 3));
  v128.store(to + (stride << 1), v128.shuffle<i64>(high01, high23, 0, 2));
  v128.store(to + stride * 3, v128.shuffle<i64>(high01, high23, 1, 3));
}

/** A panel [k, 4] of rows of A, whose neighbours in a column are `row` elements apart and in a row `column`. */
export function packRows(rows: i32, k: i32, A: usize, row: i32, column: i32, panel: usize): void {
  packLanes(rows, k, A, row, column, panel, 16);
}

/**
 * All panels [k, 8] of the n columns of B, one after another, `panelSteps` (>= k) steps from each to the next:
 * neighbours in a column are `row` elements apart and in a row `column`.
 */
export function packColumns(n: i32, k: i32, B: usize, row: i32, column: i32, panels: usize, panelSteps: i32): void {
  for (let j = 0; j < n; j += 8) {
    packLanes(n - j, k, B, column, row, panels, 32);
    packLanes(n - j - 4, k, B + ((<usize>(column << 2)) << 2), column, row, panels + 16, 32);
    B += (<usize>(column << 3)) << 2;
    panels += (<usize>panelSteps) << 5;
  }
}
