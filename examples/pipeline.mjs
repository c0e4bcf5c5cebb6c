// A table with words and gaps, prepared within each fold, and the best settings of the whole pipeline.
import { choice, float } from "vernier";
import { readCsv } from "vernier/csv";
import { logisticRegression } from "vernier/models";
import { columns, loadPipeline, oneHotEncoder, pipeline, simpleImputer, standardScaler } from "vernier/preprocessing";
import { bayesSearch } from "vernier/selection";

const people = ["age,income,city,buys"];
for (let i = 0; i < 200; i++) {
  const [age, income, city] = [20 + ((i * 7) % 45), 10 + ((i * 37) % 71), ["Oslo", "Bern", "Rome"][(i * i) % 3]];
  const buys = age + income + (city === "Rome" ? 25 : 0) > 85 ? "yes" : "no";
  people.push([i % 9 === 0 ? "" : age, income, city, buys].join(","));
}
const { buys, ...table } = readCsv(people.join("\n"));

const estimator = pipeline([
  columns([
    [pipeline([simpleImputer(), standardScaler()]), "numeric"],
    [oneHotEncoder({ handleUnknown: "ignore" }), "categorical"],
  ]),
  logisticRegression(),
]);
const space = {
  columns: { pipeline: { simpleImputer: { strategy: choice(["mean", "median"]) } } },
  logisticRegression: { C: float(0.01, 100, { log: true }) },
};
const { best, bestEstimator } = await bayesSearch(estimator, space, table, buys, { seed: 1, trials: 15 });
console.log(`accuracy ${best.mean.toFixed(3)} with`, best.params);

const file = bestEstimator.save();
const someone = { age: [null], income: [70], city: ["Paris"] };
console.log(`from a file of ${file.byteLength} bytes:`, loadPipeline(file).predict(someone)[0]);
