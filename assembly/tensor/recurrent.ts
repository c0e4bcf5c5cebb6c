import { gruStep } from "./gru";
import { addRows, copyRows } from "./lanes";
import { lstmStep } from "./lstm";
import { matMulScratch, matMulStrided } from "./mat-mul";

// Cells: 0 LSTM with the gates i, f, o, g; 1 GRU with z, r, g and a second bias, see lstm.ts and gru.ts.
// A direction's tape, in the order of its steps (the second reads backwards): states [T + 1, n, units] from zeros on;
// of an LSTM carries likewise; gates [T, n, 4 units].
export const LSTM: i32 = 0;

/** Numbers on the tape of one direction. */
export function recurrentTape(cell: i32, n: i32, T: i32, units: i32): i32 {
  return gatesOffset(cell, n, T, units) + T * n * 4 * units;
}

/** Where on the tape the gates begin. */
export function gatesOffset(cell: i32, n: i32, T: i32, units: i32): i32 {
  return (T + 1) * n * units * (cell == LSTM ? 2 : 1);
}

/** Gates that the inputs come to, and likewise the states: on the tape the latter's are a row's first. */
export function inputGates(cell: i32): i32 {
  return cell == LSTM ? 4 : 3;
}

/** Bytes of workspace for `recurrent`. */
export function recurrentScratch(cell: i32, units: i32): i32 {
  return matMulScratch(inputGates(cell) * units, units);
}

// A recurrent layer over T steps from a state of zeros. A step t with mask[b, t] = 0 leaves row b's state as it is.
// In:   x [n, T, directions, G units]: inputs times their kernel, G = inputGates(cell);  bias [directions, G units];
//       kernel [directions, units, G units];  recurrentBias [directions, units], of a GRU;
//       mask [n, T] of 0 and 1, or 0 for none;  scratch: recurrentScratch(cell, units) bytes
// Out:  out: with `sequences` the state after each step [n, T, directions units], else after the direction's last
//       [n, directions units];  tape [directions, recurrentTape(cell, n, T, units)], for the gradient
export function recurrent(
  cell: i32,
  directions: i32,
  n: i32,
  T: i32,
  units: i32,
  x: usize,
  bias: usize,
  kernel: usize,
  recurrentBias: usize,
  mask: usize,
  sequences: bool,
  out: usize,
  tape: usize,
  scratch: usize,
): void {
  const width = inputGates(cell) * units;
  const row = (<usize>units) << 2;
  const state = <usize>n * row;
  const both = <usize>directions * row;
  for (let k = 0; k < directions; k++) {
    const states = tape + ((<usize>(k * recurrentTape(cell, n, T, units))) << 2);
    const carries = states + <usize>(T + 1) * state;
    let gates = states + ((<usize>gatesOffset(cell, n, T, units)) << 2);
    memory.fill(states, 0, state);
    if (cell == LSTM) memory.fill(carries, 0, state);
    const inputs = x + ((<usize>(k * width)) << 2);
    const ownBias = bias + ((<usize>(k * width)) << 2);
    const ownKernel = kernel + ((<usize>(k * units * width)) << 2);
    const own = out + <usize>k * row;
    for (let s = 0; s < T; s++, gates += state << 2) {
      const t = k == 0 ? s : T - 1 - s;
      const h = states + <usize>s * state;
      const c = carries + <usize>s * state;
      const input = inputs + ((<usize>(t * directions * width)) << 2);
      begin(cell, n, units, input, T * directions * width, ownBias, recurrentBias + <usize>k * row, gates);
      matMulStrided(n, width, units, h, units, 1, ownKernel, width, 1, gates, units << 2, true, scratch);
      step(cell, n, T, units, mask ? mask + ((<usize>t) << 2) : 0, gates, h, c, state);
      if (sequences) copyRows(n, units, h + state, row, own + <usize>t * both, <usize>T * both);
    }
    if (!sequences) copyRows(n, units, states + <usize>T * state, row, own, both);
  }
}

// The gates before the product with the state: inputs and biases. In:  x: a step's rows, `stride` elements apart.
function begin(
  cell: i32,
  n: i32,
  units: i32,
  x: usize,
  stride: i32,
  bias: usize,
  recurrentBias: usize,
  gates: usize,
): void {
  const row = (<usize>units) << 2;
  const rows = row << 2;
  const between = (<usize>stride) << 2;
  const together = cell == LSTM ? 4 * units : 2 * units;
  copyRows(n, together, x, between, gates, rows);
  addRows(n, together, gates, rows, bias, 0);
  if (cell == LSTM) return;
  copyRows(n, units, recurrentBias, 0, gates + row * 2, rows);
  copyRows(n, units, x + row * 2, between, gates + row * 3, rows);
  addRows(n, units, gates + row * 3, rows, bias + row * 2, 0);
}

// From the states h (and c) to those that lie `state` bytes on.  In:  mask: of the step's first row, or 0.
function step(
  cell: i32,
  n: i32,
  T: i32,
  units: i32,
  mask: usize,
  gates: usize,
  h: usize,
  c: usize,
  state: usize,
): void {
  const row = (<usize>units) << 2;
  for (let b = 0; b < n; b++, gates += row << 2, h += row, c += row) {
    if (mask && load<f32>(mask + ((<usize>(b * T)) << 2)) == 0) {
      memory.copy(h + state, h, row);
      if (cell == LSTM) memory.copy(c + state, c, row);
    } else if (cell == LSTM) {
      lstmStep(units, gates, c, c + state, h + state);
    } else {
      gruStep(units, gates, h, h + state);
    }
  }
}
