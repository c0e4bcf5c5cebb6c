// Successive halving: many candidates on few samples, the better third on three times as many, the rest on all.
import { choice, float } from "vernier";
import { digits } from "vernier/datasets";
import { svc } from "vernier/models";
import { halvingRandomSearch, tableToCsv } from "vernier/selection";

const { X, y } = digits();
const space = {
  C: float(0.1, 100, { log: true }),
  kernel: choice({ linear: {}, rbf: { gamma: float(1e-4, 1e-1, { log: true }) } }),
};
const options = { nCandidates: 18, minResources: "exhaust", cv: 3, seed: 7, scoring: ["accuracy", "f1Macro"] };

const alone = await halvingRandomSearch(svc(), space, X, y, options);
for (const { iteration, candidates, resources } of alone.rungs) {
  console.log(`rung ${iteration}: ${candidates} candidates on ${resources} samples`);
}
console.log("best", alone.best.params, `accuracy ${alone.best.mean.toFixed(4)}`);
console.log(tableToCsv(alone).split("\r\n", 1)[0]);

// With workers the same, to the last bit.
const together = await halvingRandomSearch(svc(), space, X, y, { ...options, workers: 2 });
console.log(`1 worker:  digest ${alone.study.digest()}`);
console.log(`2 workers: digest ${together.study.digest()}`);
