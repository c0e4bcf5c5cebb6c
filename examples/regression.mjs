// A regressor from first look to honest figure: its usual space, curves of scores, a search judged by nested folds.
import { breastCancer } from "vernier/datasets";
import { kNeighborsRegressor } from "vernier/models";
import { pipeline, standardScaler } from "vernier/preprocessing";
import { bayesSearch, crossValPredict, kFold, learningCurve, nestedCrossValidate, tune } from "vernier/selection";

// The mean area of a cell's nucleus from its texture, smoothness, compactness, concavity and symmetry.
const { X } = breastCancer();
const column = (row, j) => X.data[row * X.cols + j];
const rows = Array.from({ length: X.rows }, (_, row) => [1, 4, 5, 6, 8].map((j) => column(row, j)));
const area = Float64Array.from({ length: X.rows }, (_, row) => column(row, 3));

const estimator = pipeline([standardScaler(), kNeighborsRegressor()]);
const cv = kFold({ splits: 5, shuffle: true, seed: 1 });
const scoring = ["r2", "negMeanAbsoluteError"];

const { best, bestEstimator, table } = await tune(estimator, rows, area, { cv, scoring, trials: 25, seed: 7 });
console.log("best of", table.length, best.params);
console.log(`r2 ${best.mean.toFixed(3)}, off by ${(-best.metrics.negMeanAbsoluteError.mean).toFixed(0)} on average`);
console.log(`the first cell: ${bestEstimator.predict(rows.slice(0, 1))[0].toFixed(0)}, in truth ${area[0]}`);

const tuned = estimator.with(best.params);
for (const { trainSize, trainMean, testMean } of learningCurve(tuned, rows, area, { cv })) {
  console.log(`${trainSize} rows: r2 ${testMean.toFixed(3)} (on the rows themselves ${trainMean.toFixed(3)})`);
}
const unseen = crossValPredict(tuned, rows, area, { cv });
const errors = Array.from(unseen, (value, i) => Math.abs(value - area[i])).sort((a, b) => a - b);
console.log(`half of all are off by less than ${errors[errors.length >> 1].toFixed(0)}`);

const search = {
  search: bayesSearch,
  estimator,
  candidates: estimator.space(),
  options: { cv, scoring, trials: 10, seed: 7 },
};
const nested = await nestedCrossValidate(search, rows, area, { outer: cv });
console.log(`the search itself: r2 ${nested.mean.toFixed(3)} +- ${nested.std.toFixed(3)} on rows that it never saw`);
