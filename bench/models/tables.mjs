// The tables of the jobs, as bench/peers/scikit-learn.py makes them too: the same numbers, bit for bit.
import { digits } from "../../build/js/datasets/digits.js";

const COLUMNS = 50;

/** { X, y } of a name of jobs.json: "digits", or "clouds-N", the first N rows of the generated table. */
export function table(name) {
  if (name === "digits") return digits();
  return clouds(Number(name.replace("clouds-", "")));
}

/**
 * Two overlapping classes. A number is the sum of four uniforms less 2, the uniforms those of the generator
 * s <- 48271 s mod (2^31 - 1), s_0 = 1, each divided by 2^31 - 1; row by row, a row's 50 numbers and then the noise.
 * The class is 1 where x_0 - x_1 + 2 x_2 x_3 + x_4^2 - 1/3 + noise / 2 > 0, added up from the left.
 */
function clouds(rows) {
  let state = 1;
  const uniform = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const number = () => uniform() + uniform() + uniform() + uniform() - 2;
  const data = new Float64Array(rows * COLUMNS);
  const y = [];
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * COLUMNS, (i + 1) * COLUMNS);
    for (let j = 0; j < COLUMNS; j++) row[j] = number();
    const score = row[0] - row[1] + 2 * row[2] * row[3] + row[4] * row[4] - 1 / 3 + number() / 2;
    y.push(score > 0 ? 1 : 0);
  }
  return { X: { data, rows, cols: COLUMNS }, y };
}

/** A number that differs where two tables do: the sum of X's numbers, each times 1 to 97 in turn, then of y's. */
export function checksum({ X, y }) {
  let sum = 0;
  X.data.forEach((x, i) => {
    sum += x * ((i % 97) + 1);
  });
  y.forEach((label, i) => {
    sum += label * ((i % 97) + 1);
  });
  return sum;
}
