// Searches of networks on digits (pixels / 16), trial by trial the same for a seed: the best validation accuracy, and the time.
//   plain: learning rate and batch size of one hidden layer of 32 units, adam, 10 epochs; fold 0 of 5 stratified folds,
//          unshuffled, is held out; 100 trials, TPE, median pruning (the search of `vernier demo`)
//   mlp:   layers, units, activation, dropout, batch normalization, learning rate, batch size and epochs; a stratified 20 % held
//          out, shuffled; 100 trials, TPE, median pruning
//   promoted: the same space but for the epochs, of which configurations get 1, 3, 9 and the best 27 (ASHA), each trained once;
//          400 trials, random search
// Run: node bench/neural-search.mjs [--searches plain,mlp,promoted] [--seeds 7,8,9] [--workers 1]
import { parseArgs } from "node:util";
import { choice, float, int, median, random, tpe } from "vernier";
import { digits } from "vernier/datasets";
import { mlp, tuneNetwork } from "vernier/neural";
import { stratifiedKFold } from "vernier/selection";

const { X, y } = digits();
const pixels = { ...X, data: X.data.map((value) => value / 16) };
const [fold] = stratifiedKFold({ splits: 5 }).split(y);

const whole = {
  layers: int(1, 3),
  units: int(32, 256, { log: true }),
  activation: choice(["relu", "elu", "tanh"]),
  dropout: float(0, 0.5),
  batchNorm: choice([true, false]),
  learningRate: float(1e-4, 1e-1, { log: true }),
  batchSize: int(32, 128, { log: true }),
};

const searches = {
  plain: {
    validation: fold,
    space: {
      layers: 1,
      units: 32,
      activation: "relu",
      dropout: 0,
      batchNorm: false,
      learningRate: float(1e-3, 1, { log: true }),
      batchSize: int(32, 128),
    },
    training: { epochs: 10 },
    trials: 100,
    lag: 4,
    pruner: median(),
  },
  mlp: {
    validation: 0.2,
    space: { ...whole, epochs: int(20, 40) },
    training: { schedule: "cosine" },
    trials: 100,
    // Small learning rates and dropout start slowly.
    pruner: median({ warmupSteps: 8 }),
  },
  promoted: { validation: 0.2, space: whole, promote: { maxEpochs: 27 }, trials: 400, sampler: random() },
};

const { values } = parseArgs({
  options: {
    searches: { type: "string", default: "plain,mlp" },
    seeds: { type: "string", default: "7,8,9" },
    workers: { type: "string", default: "1" },
  },
});

/** Epochs that were trained: of a promoted configuration those of its highest rung. */
function epochsOf(trials) {
  const trained = new Map();
  for (const { number, params, intermediate } of trials) {
    const first = params.origin >= 0 ? params.origin : number;
    trained.set(first, Math.max(trained.get(first) ?? 0, intermediate.length));
  }
  return [...trained.values()].reduce((sum, epochs) => sum + epochs, 0);
}

for (const name of values.searches.split(",")) {
  for (const seed of values.seeds.split(",").map(Number)) {
    const startedAt = performance.now();
    const workers = Number(values.workers);
    const options = { sampler: tpe(), ...searches[name], seed, workers, refit: false };
    const { best, study } = await tuneNetwork(mlp, pixels, y, options);
    const seconds = (performance.now() - startedAt) / 1000;
    const epochs = epochsOf(study.trials);
    const pruned = study.trials.filter(({ state }) => state === "pruned").length;
    console.log(
      `${name} seed ${seed}: ${best.value.toFixed(4)} at trial ${best.number}, ${pruned} of ${study.trials.length} pruned,`,
      `${epochs} epochs trained,`,
      `${seconds.toFixed(1)} s, digest ${study.digest().slice(0, 8)}`,
      JSON.stringify(best.params),
    );
  }
}
