import { columnSums } from "./column-sums";
import { gruStepGradient } from "./gru";
import { addRows, copyRows } from "./lanes";
import { lstmStepGradient } from "./lstm";
import { matMulScratch, matMulStrided } from "./mat-mul";
import { gatesOffset, inputGates, LSTM, recurrentTape } from "./recurrent";

/** Bytes of workspace for `recurrentGradient`. */
export function recurrentGradientScratch(cell: i32, n: i32, T: i32, units: i32): i32 {
  const width = inputGates(cell) * units;
  return max(matMulScratch(units, width), matMulScratch(width, T * n)) + (2 + 4 * T) * n * units * 4;
}

// The gradient of `recurrent`, back through the steps.
// In:   dy, as `out`;  kernel, mask, sequences as there, and the tape that it left;
//       scratch: recurrentGradientScratch(cell, n, T, units) bytes
// Out:  dx, dbias, dkernel, drecurrentBias (of a GRU), as the inputs; sums run over steps in the order of the direction,
//       and in a step over rows
export function recurrentGradient(
  cell: i32,
  directions: i32,
  n: i32,
  T: i32,
  units: i32,
  dy: usize,
  kernel: usize,
  mask: usize,
  sequences: bool,
  tape: usize,
  dx: usize,
  dbias: usize,
  dkernel: usize,
  drecurrentBias: usize,
  scratch: usize,
): void {
  const width = inputGates(cell) * units;
  const row = (<usize>units) << 2;
  const state = <usize>n * row;
  const both = <usize>directions * row;
  const dh = scratch;
  const dc = dh + state;
  const dgates = dc + state;
  const product = dgates + ((<usize>T * state) << 2);
  for (let k = 0; k < directions; k++) {
    const states = tape + ((<usize>(k * recurrentTape(cell, n, T, units))) << 2);
    const carries = states + <usize>(T + 1) * state;
    const gates = states + ((<usize>gatesOffset(cell, n, T, units)) << 2);
    const ownKernel = kernel + ((<usize>(k * units * width)) << 2);
    const own = dy + <usize>k * row;
    memory.fill(dh, 0, state << 1);
    if (!sequences) copyRows(n, units, own, both, dh, row);
    for (let s = T - 1; s >= 0; s--) {
      const t = k == 0 ? s : T - 1 - s;
      const at = (<usize>s * state) << 2;
      const h = states + <usize>s * state;
      const c = carries + <usize>s * state;
      if (sequences) addRows(n, units, dh, row, own + <usize>t * both, <usize>T * both);
      stepGradient(
        cell,
        n,
        T,
        units,
        mask ? mask + ((<usize>t) << 2) : 0,
        gates + at,
        h,
        c,
        state,
        dgates + at,
        dh,
        dc,
      );
      if (s > 0) {
        matMulStrided(n, units, width, dgates + at, units << 2, 1, ownKernel, 1, width, dh, units, true, product);
      }
    }
    const to = dkernel + ((<usize>(k * units * width)) << 2);
    matMulStrided(units, width, T * n, states, 1, units, dgates, units << 2, 1, to, width, false, product);
    end(cell, directions, n, T, units, k, dgates, dx, dbias, drecurrentBias);
  }
}

// Through a step: from dh and dc of its end to those of its start, but for what comes to the state by way of the gates.
function stepGradient(
  cell: i32,
  n: i32,
  T: i32,
  units: i32,
  mask: usize,
  gates: usize,
  h: usize,
  c: usize,
  state: usize,
  dgates: usize,
  dh: usize,
  dc: usize,
): void {
  const row = (<usize>units) << 2;
  for (let b = 0; b < n; b++, gates += row << 2, dgates += row << 2, h += row, c += row, dh += row, dc += row) {
    if (mask && load<f32>(mask + ((<usize>(b * T)) << 2)) == 0) memory.fill(dgates, 0, row << 2);
    else if (cell == LSTM) lstmStepGradient(units, gates, c, c + state, dgates, dh, dc);
    else gruStepGradient(units, gates, h, dgates, dh);
  }
}

// Of the gates' gradients what goes to the inputs and the biases of direction k.
function end(
  cell: i32,
  directions: i32,
  n: i32,
  T: i32,
  units: i32,
  k: i32,
  dgates: usize,
  dx: usize,
  dbias: usize,
  drecurrentBias: usize,
): void {
  const width = inputGates(cell) * units;
  const row = (<usize>units) << 2;
  const rows = row << 2;
  const together = cell == LSTM ? 4 * units : 2 * units;
  const between = (<usize>(directions * width)) << 2;
  const inputs = dx + ((<usize>(k * width)) << 2);
  const sums = dbias + ((<usize>(k * width)) << 2);
  for (let s = 0; s < T; s++) {
    const from = dgates + <usize>(s * n) * rows;
    const to = inputs + <usize>(k == 0 ? s : T - 1 - s) * between;
    copyRows(n, together, from, rows, to, <usize>T * between);
    if (cell != LSTM) copyRows(n, units, from + row * 3, rows, to + row * 2, <usize>T * between);
  }
  columnSums(T * n, together, dgates, rows, sums);
  if (cell == LSTM) return;
  columnSums(T * n, units, dgates + row * 3, rows, sums + row * 2);
  columnSums(T * n, units, dgates + row * 2, rows, drecurrentBias + <usize>k * row);
}
