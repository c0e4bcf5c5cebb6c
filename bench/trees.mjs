// Trees and forests against ml-cart and ml-random-forest, and against themselves where the table is kept.
// Run after a build: node bench/run.mjs trees
import { createRequire } from "node:module";
import { digits } from "../build/js/datasets/digits.js";
import {
  decisionTreeClassifier,
  decisionTreeRegressor,
  extraTreesClassifier,
  randomForestClassifier,
} from "../build/js/models/index.js";
import { median } from "./timing/medians.mjs";

const ROUNDS = 5;
const require = createRequire(import.meta.url);

/** n rows of d numbers from a fixed stream, a class from some of them, and a number. */
function synthetic(n, d) {
  let state = 1;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647 - 0.5;
  };
  const data = Float64Array.from({ length: n * d }, next);
  const signal = (i) => data[i * d] + data[i * d + 1] * data[i * d + 2] * 3 - data[i * d + 3] + 0.4 * next();
  const values = Array.from({ length: n }, (_, i) => signal(i));
  return { X: { data, rows: n, cols: d }, labels: values.map((value) => (value > 0 ? 1 : 0)), values };
}

const rowsOf = ({ data, rows, cols }) =>
  Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols)));

/** A table that has not been seen, so that nothing kept by an earlier fit helps. */
const fresh = (X) => ({ ...X, data: X.data.slice() });

function time(body) {
  const start = performance.now();
  body();
  return performance.now() - start;
}

/** Medians over rounds in which the two take turns, so that a slow spell of the machine hits both. */
function compare(name, mine, theirs, rounds = ROUNDS) {
  const times = [[], []];
  for (let round = -1; round < rounds; round++) {
    for (const [i, body] of [mine, theirs].entries()) {
      const ms = time(body);
      if (round >= 0) times[i].push(ms);
    }
  }
  const [a, b] = times.map(median);
  return { name, ratio: b / a, unit: "x", note: `${a.toPrecision(3)} ms against ${b.toPrecision(3)} ms` };
}

/** The time alone, where nothing else here does the same. */
function alone(name, body) {
  body();
  const times = Array.from({ length: 3 }, () => time(body));
  return { name, ratio: median(times), unit: "ms" };
}

/** Rows {name, ratio, unit, note}: how many times as fast Vernier is, or milliseconds. */
export async function run() {
  const { DecisionTreeClassifier, DecisionTreeRegression } = require("ml-cart");
  const { RandomForestClassifier } = require("ml-random-forest");
  const numerals = digits();
  const codes = numerals.y.map(Number);
  const small = synthetic(1000, 8);
  const large = synthetic(20_000, 50);
  const smallRows = rowsOf(small.X);
  const few = { X: { ...numerals.X, rows: 300, data: numerals.X.data.slice(0, 300 * 64) }, y: codes.slice(0, 300) };
  const fewRows = rowsOf(few.X);
  return [
    compare(
      "one tree, 1000 x 8, 2 classes / ml-cart",
      () => decisionTreeClassifier().fit(fresh(small.X), small.labels),
      () => new DecisionTreeClassifier({ minNumSamples: 2, maxDepth: 100 }).train(smallRows, small.labels),
    ),
    compare(
      "one regression tree, 1000 x 8 / ml-cart",
      () => decisionTreeRegressor().fit(fresh(small.X), small.values),
      () => new DecisionTreeRegression({ minNumSamples: 2, maxDepth: 100 }).train(smallRows, small.values),
    ),
    compare(
      "random forest of 10 trees, digits (300 x 64) / ml-random-forest",
      () => randomForestClassifier({ trees: 10 }).fit(fresh(few.X), few.y),
      () =>
        new RandomForestClassifier({
          nEstimators: 10,
          maxFeatures: 8,
          replacement: true,
          useSampleBagging: true,
          seed: 1,
          noOOB: true,
          treeOptions: { maxDepth: 100 },
        }).train(fewRows, few.y),
      3,
    ),
    compare(
      "random forest of 100 trees, digits once more / cold",
      () => randomForestClassifier({ trees: 100, seed: 1 }).fit(numerals.X, codes),
      () => randomForestClassifier({ trees: 100, seed: 1 }).fit(fresh(numerals.X), codes),
    ),
    alone("one tree, digits (1797 x 64)", () => decisionTreeClassifier().fit(fresh(numerals.X), codes)),
    alone("random forest of 100 trees, digits", () => randomForestClassifier().fit(fresh(numerals.X), codes)),
    alone("extra trees, 100, digits", () => extraTreesClassifier().fit(fresh(numerals.X), codes)),
    alone("one tree, 20,000 x 50, 2 classes", () => decisionTreeClassifier().fit(fresh(large.X), large.labels)),
    alone("random forest of 100 trees, 20,000 x 50", () => randomForestClassifier().fit(fresh(large.X), large.labels)),
    alone("extra trees, 100, 20,000 x 50", () => extraTreesClassifier().fit(fresh(large.X), large.labels)),
    alone("one regression tree, 20,000 x 50", () => decisionTreeRegressor().fit(fresh(large.X), large.values)),
  ];
}
