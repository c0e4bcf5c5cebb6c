import { nth } from "../linalg/product";
import { bend } from "./kumaraswamy";
import { BENT, D, FIRST, N, RAW, rowOf, SHAPES, TABLE, X } from "./model";

// How parameters become the columns between which the kernel measures distances.
//   a number u in [0, 1]: one column, squared distance (u - v)^2, where inputs are warped of the warped numbers
//   a category: one column, squared distance 1 between any two categories (Hamming)
//   a number that only some branch has: an arc of a circle, (cos u, sin u), and (0, 0) where it is not active.
//     Any value is then equally far, 1, from not being there, and that is about as far as from end to end; nothing
//     has to be imputed. A category that is not active counts as one more category.
// A parameter is a row of the table [d, 5]: type, count of values, parent (or -1), the parent's value that activates it,
// and where its levels begin in a list of numbers (of a grid only); parents come before children.
// A point is its values [d]: the number, the category's index, NaN if not active.
// Ref:  F. Hutter & M. A. Osborne, "A kernel for hierarchical parameter spaces" (2013).

export const REAL: i32 = 0;
export const GRID: i32 = 1;
export const CATEGORY: i32 = 2;

const INACTIVE: f64 = -1.0;

const TABLE_ROW: usize = 40;

/** Bytes of the table of d parameters. */
export function tableBytes(d: i32): usize {
  return <usize>d * TABLE_ROW;
}

function tableRow(table: usize, j: i32): usize {
  return table + <usize>j * TABLE_ROW;
}

export function typeOf(table: usize, j: i32): i32 {
  return <i32>load<f64>(tableRow(table, j));
}

export function countOf(table: usize, j: i32): i32 {
  return <i32>load<f64>(tableRow(table, j), 8);
}

/** The place of the first of parameter j's levels. */
export function levelsOf(table: usize, j: i32): i32 {
  return <i32>load<f64>(tableRow(table, j), 32);
}

/** Whether parameter j has two columns. */
export function isArc(table: usize, j: i32): bool {
  const row = tableRow(table, j);
  return <i32>load<f64>(row) != CATEGORY && load<f64>(row, 16) >= 0;
}

/** The columns that d parameters take. */
export function countColumns(table: usize, d: i32): i32 {
  let e = 0;
  for (let j = 0; j < d; j++) e += isArc(table, j) ? 2 : 1;
  return e;
}

/** Sets the parameters of a model. */
export function setTable(m: usize, table: usize): void {
  const d = load<i32>(m, D);
  memory.copy(load<usize>(m, TABLE), table, tableBytes(d));
  let e = 0;
  for (let j = 0; j < d; j++) {
    store<i32>(load<usize>(m, FIRST) + ((<usize>j) << 2), e);
    e += isArc(table, j) ? 2 : 1;
  }
}

export function firstColumn(m: usize, j: i32): i32 {
  return load<i32>(load<usize>(m, FIRST) + ((<usize>j) << 2));
}

/** Whether the column of parameter j is warped: a number that is always active, in a model of warped inputs. */
export function isBent(m: usize, j: i32): bool {
  if (load<i32>(m, BENT) === 0) return false;
  const table = load<usize>(m, TABLE);
  return typeOf(table, j) != CATEGORY && !isArc(table, j);
}

export function shapeA(m: usize, j: i32): f64 {
  return load<f64>(nth(load<usize>(m, SHAPES), j));
}

export function shapeB(m: usize, j: i32): f64 {
  return load<f64>(nth(load<usize>(m, SHAPES), load<i32>(m, D) + j));
}

/** x [e] = the columns of the point u [d]. */
export function embed(m: usize, u: usize, x: usize): void {
  const table = load<usize>(m, TABLE);
  const d = load<i32>(m, D);
  for (let j = 0; j < d; j++) {
    const value = load<f64>(nth(u, j));
    const active = value == value;
    if (!isArc(table, j)) {
      store<f64>(x, !active ? INACTIVE : isBent(m, j) ? bend(value, shapeA(m, j), shapeB(m, j)) : value);
      x += 8;
    } else {
      store<f64>(x, active ? cosine(value) : 0.0);
      store<f64>(x, active ? sine(value) : 0.0, 8);
      x += 16;
    }
  }
}

/** Adds a point to the model; there must be room. */
export function addPoint(m: usize, u: usize, scratch: usize): void {
  const n = load<i32>(m, N);
  embed(m, u, scratch);
  const table = load<usize>(m, TABLE);
  const d = load<i32>(m, D);
  let e = 0;
  for (let j = 0; j < d; j++) {
    const end = e + (isArc(table, j) ? 2 : 1);
    for (; e < end; e++) store<f64>(nth(rowOf(m, X, e), n), load<f64>(nth(scratch, e)));
    if (isBent(m, j)) store<f64>(nth(rowOf(m, RAW, j), n), load<f64>(nth(u, j)));
  }
  store<i32>(m, n + 1, N);
}

// Taylor's series in [0, 1]; the next terms are below 2^-53.

export function cosine(x: f64): f64 {
  const q = -x * x;
  let term = 1.0;
  let sum = 1.0;
  for (let k = 1; k < 19; k += 2) {
    term *= q / <f64>(k * (k + 1));
    sum += term;
  }
  return sum;
}

export function sine(x: f64): f64 {
  const q = -x * x;
  let term = x;
  let sum = x;
  for (let k = 2; k < 19; k += 2) {
    term *= q / <f64>(k * (k + 1));
    sum += term;
  }
  return sum;
}
