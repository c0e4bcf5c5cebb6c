// Gradient boosting: milliseconds of whole fits, binning included, and how much of one is saved where a table is fitted
// again with more trees. There is no other implementation on npm to compare with; bench/NOTES.md has scikit-learn's times.
// Run after a build: node bench/run.mjs boost
import { digits } from "../build/js/datasets/digits.js";
import { gradientBoostingClassifier } from "../build/js/models/boosting/gradient-boosting-classifier.js";
import { gradientBoostingRegressor } from "../build/js/models/boosting/gradient-boosting-regressor.js";
import { uniforms } from "../build/js/wasm/random.js";
import { defaultTrees } from "../build/js/wasm/default-trees.js";
import { median } from "./timing/medians.mjs";

const ROUNDS = 5;

/** n rows of d sums of three uniforms, and a target of ten of them with products of neighbors. */
function synthetic(n, d) {
  const u = uniforms(defaultTrees(), { seed: 1, trial: 0, purpose: "bench" }, 3 * n * d);
  const data = Float64Array.from({ length: n * d }, (_, at) => u[3 * at] + u[3 * at + 1] + u[3 * at + 2] - 1.5);
  const value = Float64Array.from({ length: n }, (_, i) => {
    const x = data.subarray(i * d, (i + 1) * d);
    let sum = 0;
    for (let j = 0; j < 10; j++) sum += (j % 2 === 1 ? x[j] : -x[j]) + x[j] * x[j + 1];
    return sum;
  });
  return { X: { data, rows: n, cols: d }, value, y: Array.from(value, (sum) => (sum > 0 ? 1 : 0)) };
}

/** A table that has not been seen, so that nothing kept by an earlier fit helps. */
const fresh = (X) => ({ ...X, data: X.data.slice() });

/** Medians of elapsed and of processor milliseconds, which a busy machine stretches less. */
function timed(body) {
  const times = Array.from({ length: ROUNDS + 1 }, () => {
    const used = process.cpuUsage();
    const start = performance.now();
    body();
    const { user, system } = process.cpuUsage(used);
    return { ms: performance.now() - start, cpu: (user + system) / 1000 };
  }).slice(1);
  return { ms: median(times.map(({ ms }) => ms)), cpu: median(times.map(({ cpu }) => cpu)) };
}

function alone(name, body) {
  const { ms, cpu } = timed(body);
  return { name, ratio: ms, unit: "ms", note: `${cpu.toFixed(0)} ms of processor time` };
}

/** Rows {name, ratio, unit, note}. */
export async function run() {
  const numbers = digits();
  const wide = synthetic(20_000, 50);
  const all = { earlyStopping: false };
  const model = gradientBoostingClassifier(all).fit(wide.X, wide.y);
  const rows = [
    alone("digits (1797 x 64, 10 classes), 100 stages", () =>
      gradientBoostingClassifier(all).fit(fresh(numbers.X), numbers.y),
    ),
    alone("20,000 x 50, two classes, 100 stages", () => gradientBoostingClassifier(all).fit(fresh(wide.X), wide.y)),
    alone("20,000 x 50, squared error, 100 stages", () =>
      gradientBoostingRegressor(all).fit(fresh(wide.X), wide.value),
    ),
    alone("20,000 x 50, absolute error, 100 stages", () =>
      gradientBoostingRegressor({ ...all, loss: "absoluteError" }).fit(fresh(wide.X), wide.value),
    ),
    alone("20,000 x 50, predicting all rows", () => model.predict(fresh(wide.X))),
  ];
  // As a search over the number of trees does.
  const sizes = [25, 50, 75, 100];
  const grid = (table) => () => {
    const X = fresh(numbers.X);
    for (const trees of sizes) gradientBoostingClassifier({ ...all, trees }).fit(table(X), numbers.y);
  };
  const [anew, kept] = [timed(grid(fresh)), timed(grid((X) => X))];
  rows.push({
    name: `digits with ${sizes.join(", ")} stages / on one table`,
    ratio: anew.cpu / kept.cpu,
    unit: "x",
    note: `${anew.cpu.toFixed(0)} ms against ${kept.cpu.toFixed(0)} ms of processor time`,
  });
  return rows;
}
