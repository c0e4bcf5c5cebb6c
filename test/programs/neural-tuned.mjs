// Searches of networks with one worker and with several, for programs and pages.
import { float, median, random } from "vernier";
import { digits } from "vernier/datasets";

const table = digits();
const X = { rows: 200, cols: 64, data: table.X.data.slice(0, 200 * 64).map((pixel) => pixel / 16) };
const y = Array.from(table.y).slice(0, 200);
const plain = { layers: 1, units: 8, dropout: 0.1, batchNorm: true, activation: "relu" };

/** What each kind of search comes to with `workers` of 1 and 2; `neural` is vernier/neural. */
export async function tuned({ loadBackend, mlp, tuneNetwork }, options = {}) {
  const backend = await loadBackend("wasm", options);

  const search = async (of) => {
    const { best, study } = await tuneNetwork(mlp, X, y, {
      backend,
      seed: 3,
      lag: 6,
      trials: 12,
      refit: false,
      sampler: random(),
      space: { ...plain, learningRate: float(1e-3, 1, { log: true }) },
      ...of,
    });
    const pruned = study.trials.filter(({ state }) => state === "pruned").length;
    return { digest: study.digest().slice(0, 16), best: best.number, epochs: best.epochs, pruned };
  };
  const kinds = {
    pruned: { pruner: median(), training: { epochs: 4 } },
    promoted: { trials: 24, promote: { maxEpochs: 9 } },
    folded: { trials: 4, validation: { folds: 3 }, training: { epochs: 2 } },
  };
  const found = {};
  for (const [name, kind] of Object.entries(kinds)) {
    found[name] = [await search({ ...kind, workers: 1 }), await search({ ...kind, workers: 2 })];
  }
  return found;
}
