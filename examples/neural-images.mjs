// Tunes a convolutional network on digits as images, each of which is moved by up to a pixel, at random in every epoch.
// A small search; the one whose figures bench/NOTES.md has: node examples/neural-images.mjs --full [--seed N]
import { parseArgs } from "node:util";
import { choice, float, int, median } from "vernier";
import { digits } from "vernier/datasets";
import { cnn, tuneNetwork } from "vernier/neural";

const { values } = parseArgs({
  options: { full: { type: "boolean", default: false }, seed: { type: "string", default: "7" } },
});
const { trials, epochs, space } = values.full
  ? {
      trials: 12,
      epochs: 20,
      space: {
        filters: int(8, 24, { log: true }),
        denseUnits: int(32, 128, { log: true }),
        pooling: choice(["max", "average"]),
      },
    }
  : { trials: 3, epochs: 5, space: { filters: 6, denseUnits: 32, pooling: "max" } };

const { X, y } = digits();
const { best, study } = await tuneNetwork(cnn, { ...X, data: X.data.map((pixel) => pixel / 16) }, y, {
  input: { kind: "image", height: 8, width: 8, channels: 1 },
  validation: 0.2,
  space: { blocks: 2, kernelSize: 3, batchNorm: false, learningRate: float(1e-3, 1e-2, { log: true }), ...space },
  training: { epochs, schedule: "cosine", augment: { shift: 1 } },
  pruner: median(),
  trials,
  seed: Number(values.seed),
  refit: false,
});
const pruned = study.trials.filter(({ state }) => state === "pruned").length;
console.log(`validation accuracy ${best.value.toFixed(4)} with`, best.params);
console.log(`pruned ${pruned} of ${study.trials.length}, digest ${study.digest()}`);
