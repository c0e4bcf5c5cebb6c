// Tunes a small neural network on digits, keeps it as bytes and loads it again.
import { median } from "vernier";
import { digits } from "vernier/datasets";
import { loadNetwork, mlp, tuneNetwork } from "vernier/neural";

const { X, y } = digits();
const scaled = { ...X, data: X.data.map((pixel) => pixel / 16) };

const { best, study } = await tuneNetwork(mlp, scaled, y, {
  // A plain value is fixed, and so is what `training` names.
  space: { layers: 1, batchNorm: false, activation: "relu" },
  training: { epochs: 8 },
  trials: 10,
  pruner: median(),
  seed: 7,
});
console.log(`validation accuracy ${best.value.toFixed(4)} with`, best.params);
console.log(`pruned ${study.trials.filter(({ state }) => state === "pruned").length} of ${study.trials.length}`);

const loaded = await loadNetwork(await best.model.save());
console.log("first digits:", (await loaded.predict(scaled)).slice(0, 10).join(" "));
