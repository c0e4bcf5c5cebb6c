// Logistic regression to the optimum against ml-logistic-regression, which takes a fixed number of gradient
// steps (one class against the rest, no intercept, no penalty).
// Run after a build: node bench/run.mjs logistic
import { Matrix } from "ml-matrix";
import * as ml from "ml-logistic-regression";
import { breastCancer, digits, iris } from "../build/js/datasets/index.js";
import { logisticRegression } from "../build/js/models/index.js";
import { median, nanoseconds } from "./timing/medians.mjs";

const GradientSteps = ml.default.default ?? ml.default;
const ROUNDS = 5;

// Steps and rate as in its documentation; on digits fewer, at a rate at which they do not diverge.
const contests = [
  { data: iris(), numSteps: 1000, learningRate: 5e-3 },
  { data: breastCancer(), numSteps: 1000, learningRate: 5e-3 },
  { data: digits(), numSteps: 50, learningRate: 1e-5 },
];
const solo = [
  { data: breastCancer(), params: { penalty: "l1" } },
  { data: digits(), params: { penalty: "l1" } },
  { data: digits(), params: { penalty: "elasticnet", l1Ratio: 0.5 } },
];

const percent = (predicted, y) => `${((100 * predicted.filter((p, i) => p === y[i]).length) / y.length).toFixed(1)}%`;
const format = (ms) => `${ms.toPrecision(3)} ms`;

function timed(body) {
  const start = performance.now();
  const result = body();
  return [performance.now() - start, result];
}

/** Milliseconds a call, over calls for about 20 ms. */
const repeated = (body) => nanoseconds(body, 20) / 1e6;

function contest({ data, numSteps, learningRate }) {
  const { X, y, targets } = data;
  const rows = new Matrix(Array.from({ length: X.rows }, (_, i) => [...X.data.subarray(i * X.cols, (i + 1) * X.cols)]));
  const codes = y.map((label) => targets.indexOf(label));
  const column = Matrix.columnVector(codes);
  const ours = [];
  const theirs = [];
  let fitted;
  let other;
  // One unmeasured fit each; then they take turns, so that a slow spell of the machine hits both.
  for (let round = 0; round <= ROUNDS; round++) {
    const a = repeated(() => {
      fitted = logisticRegression().fit(X, y);
    });
    const [b, trained] = timed(() => {
      const model = new GradientSteps({ numSteps, learningRate });
      model.train(rows, column);
      return model;
    });
    other = trained;
    if (round === 0) continue;
    ours.push(a);
    theirs.push(b);
  }
  const [mine, its] = [median(ours), median(theirs)];
  return {
    name: `${data.name}, L2 C=1 against ml-logistic-regression`,
    ratio: its / mine,
    unit: "x",
    note:
      `${format(mine)} to the optimum, ${percent(fitted.predict(X), y)} right; ` +
      `${format(its)} for ${numSteps} steps, ${percent(other.predict(rows), codes)} right`,
  };
}

function alone({ data, params }) {
  const { X, y } = data;
  const model = logisticRegression(params);
  const fitted = model.fit(X, y);
  const times = Array.from({ length: ROUNDS }, () => repeated(() => model.fit(X, y)));
  return {
    name: `${data.name}, ${params.penalty} C=1, to the optimum`,
    ratio: median(times),
    unit: "ms",
    note: `${fitted.iterations} iterations, ${fitted.coef.data.filter((w) => w !== 0).length} weights not zero`,
  };
}

/** Rows {name, ratio, unit, note}: how many times as fast the fit is, or the time of a fit alone. */
export async function run() {
  return [...contests.map(contest), ...solo.map(alone)];
}
