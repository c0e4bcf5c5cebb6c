// A search over a pipeline on a table of columns, with so many workers: prints its digest and the best settings.
import { choice, float } from "vernier";
import { logisticRegression } from "vernier/models";
import { columns, oneHotEncoder, pca, pipeline, simpleImputer, standardScaler } from "vernier/preprocessing";
import { randomSearch } from "vernier/selection";

const rows = Array.from({ length: 90 }, (_, i) => i);
const table = {
  age: rows.map((i) => (i % 11 === 0 ? null : (i * 7) % 50)),
  income: rows.map((i) => (i * i) % 97),
  city: rows.map((i) => ["Oslo", "Bern", "Rome"][i % 3]),
};
const y = rows.map((i) => (((i * 7) % 50) + (i % 3) * 20 > 40 ? "yes" : "no"));
const numbers = pipeline([simpleImputer(), standardScaler()]);
const estimator = pipeline([
  [
    "prepare",
    columns([
      [numbers, "numeric"],
      [oneHotEncoder(), ["city"]],
    ]),
  ],
  pca(),
  logisticRegression(),
]);
const space = {
  prepare: { pipeline: { simpleImputer: { strategy: choice(["mean", "median"]) } } },
  pca: choice({ passthrough: {}, on: { components: float(0.5, 0.99) } }),
  logisticRegression: { C: float(0.01, 100, { log: true }) },
};
const workers = Number(process.argv[2]);
const { study, best, bestEstimator } = await randomSearch(estimator, space, table, y, {
  seed: 4,
  trials: 10,
  workers,
  lag: 2,
});
console.log(
  study.digest(),
  JSON.stringify(best.params),
  bestEstimator.predict({ age: [3], income: [5], city: ["Rome"] })[0],
);
