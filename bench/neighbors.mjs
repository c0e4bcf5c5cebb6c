// Nearest neighbors: predicting every row of a table from all of them, against ml-knn (a k-d tree in plain JavaScript),
// and a search over k and weights against the same fits without what is kept between them.
// Run after a build: node bench/run.mjs neighbors
import { createRequire } from "node:module";
import { digits, iris } from "../build/js/datasets/index.js";
import { gaussianNb, kNeighborsClassifier } from "../build/js/models/index.js";
import { median } from "./timing/medians.mjs";

const require = createRequire(import.meta.url);
const Knn = require("ml-knn");
const ROUNDS = 3;

const fresh = (X) => ({ ...X, data: X.data.slice() });
const rowsOf = (X) => Array.from({ length: X.rows }, (_, i) => [...X.data.subarray(i * X.cols, (i + 1) * X.cols)]);
const hits = (predicted, y) => predicted.filter((label, i) => label === y[i]).length;

/** Every third row. */
function third({ X, y }) {
  const data = Float64Array.from(
    rowsOf(X)
      .filter((_, i) => i % 3 === 0)
      .flat(),
  );
  return { X: { data, rows: data.length / X.cols, cols: X.cols }, y: y.filter((_, i) => i % 3 === 0) };
}

/** Three overlapping clouds, the same every time. */
function clouds(rows, cols) {
  let state = 1;
  const uniform = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const y = Array.from({ length: rows }, (_, i) => i % 3);
  const data = Float64Array.from({ length: rows * cols }, (_, at) => {
    const code = y[Math.floor(at / cols)];
    return uniform() + uniform() + uniform() + uniform() + 0.3 * code;
  });
  return { X: { data, rows, cols }, y };
}

function time(body) {
  const start = performance.now();
  const result = body();
  return { result, ms: performance.now() - start };
}

/** Medians over rounds in which the two take turns, so that a slow spell of the machine hits both. */
function compare(name, mine, theirs) {
  const times = [[], []];
  const results = [];
  for (let round = -1; round < ROUNDS; round++) {
    for (const [i, body] of [mine, theirs].entries()) {
      const { result, ms } = time(body);
      results[i] = result;
      if (round >= 0) times[i].push(ms);
    }
  }
  const [a, b] = times.map(median);
  const right = results[0] === results[1] ? `${results[0]}` : `${results[0]} and ${results[1]}`;
  const note = `${a.toPrecision(3)} ms against ${b.toPrecision(3)} ms; right: ${right}`;
  return { name, ratio: b / a, unit: "x", note };
}

function contest(name, { X, y }, k) {
  const rows = rowsOf(X);
  const codes = y.map((label) => [...new Set(y)].indexOf(label));
  const ours = () => hits(kNeighborsClassifier({ k }).fit(fresh(X), y).predict(fresh(X)), y);
  const theirs = () => hits(new Knn(rows, codes, { k }).predict(rows), codes);
  return compare(`${name}, k = ${k} / ml-knn`, ours, theirs);
}

/** Forty candidates, each fitted to the same four fifths and scored on the rest. */
function search({ X, y }) {
  const [train, test] = [0, 1].map((side) => {
    const kept = [...y.keys()].filter((i) => (i % 5 === 0) === (side === 1));
    const data = Float64Array.from(kept.flatMap((i) => [...X.data.subarray(i * X.cols, (i + 1) * X.cols)]));
    return { X: { data, rows: kept.length, cols: X.cols }, y: kept.map((i) => y[i]) };
  });
  const candidates = Array.from({ length: 20 }, (_, i) => i + 1).flatMap((k) => [
    { k, weights: "uniform" },
    { k, weights: "distance" },
  ]);
  const best = (table) => {
    const scores = candidates.map((params) =>
      hits(kNeighborsClassifier(params).fit(table(train.X), train.y).predict(table(test.X)), test.y),
    );
    return Math.max(...scores);
  };
  return compare(
    "digits, 40 candidates / without what is kept",
    () => {
      // New tables for every search, the same ones within it.
      const tables = new Map([train.X, test.X].map((table) => [table, fresh(table)]));
      return best((table) => tables.get(table));
    },
    () => best(fresh),
  );
}

/** Milliseconds of one fit and prediction. */
function alone(name, body) {
  const times = Array.from({ length: ROUNDS }, () => time(body).ms);
  return { name, ratio: median(times), unit: "ms" };
}

/** Rows {name, ratio, unit, note}: how many times as fast Vernier is, or the time of it alone. */
export async function run() {
  const wide = clouds(20_000, 50);
  const predictAll = ({ X, y }, params) => kNeighborsClassifier(params).fit(fresh(X), y).predict(fresh(X));
  return [
    contest("iris (150 x 4)", iris(), 5),
    contest("5,000 x 4", clouds(5000, 4), 5),
    contest("a third of digits (599 x 64)", third(digits()), 5),
    search(digits()),
    alone("digits (1797 x 64), k = 5, all rows", () => predictAll(digits(), { k: 5 })),
    alone("20,000 x 50, k = 5, all rows", () => predictAll(wide, { k: 5 })),
    alone("gaussianNb, 20,000 x 50, fit and all rows", () => gaussianNb().fit(wide.X, wide.y).predict(wide.X)),
  ];
}
