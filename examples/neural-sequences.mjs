// A recurrent network and a transformer learn which strings a grammar has (support/reber-strings.mjs), from strings padded to one
// length. No string occurs twice, and those of the last test are not among those that the searches see.
// A small search; the one whose figures bench/NOTES.md has: node examples/neural-sequences.mjs --full [--seed N]
import { parseArgs } from "node:util";
import { choice, float, int, median } from "vernier";
import { loadNetwork, rnn, transformer, tuneNetwork } from "vernier/neural";
import { reberRows, shareByPairs, symbols } from "./support/reber-strings.mjs";

const { values } = parseArgs({
  options: { full: { type: "boolean", default: false }, seed: { type: "string", default: "7" } },
});
const size = values.full
  ? {
      strings: 6000,
      trials: 6,
      rnn: { cell: choice(["lstm", "gru"]), units: int(16, 32), epochs: 12 },
      transformer: { width: 32, depth: int(2, 3), epochs: 16 },
    }
  : {
      strings: 500,
      trials: 2,
      rnn: { cell: "lstm", units: 16, epochs: 4 },
      transformer: { width: 16, depth: 1, epochs: 4 },
    };
const fixed = {
  rnn: { layers: 1, bidirectional: false, pooling: "last", dropout: 0, embedding: 8 },
  transformer: { heads: 4, expansion: 2, activation: "gelu", dropout: 0, attentionDropout: 0 },
};

const length = 24;
let state = Number(values.seed);
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const { tokens, labels } = reberRows(size.strings, length, random);

// Every fifth pair is held back: short strings come first.
const isHeld = (row) => Math.floor(row / 2) % 5 === 0;
const rowsWhere = (test) => {
  const rows = Array.from(labels.keys()).filter(test);
  const of = {
    tokens: Int32Array.from(rows.flatMap((row) => Array.from(tokens.subarray(row * length, (row + 1) * length)))),
    labels: Int32Array.from(rows, (row) => labels[row]),
  };
  return {
    of,
    X: { data: Float64Array.from(of.tokens), rows: rows.length, cols: length },
    y: Array.from(of.labels, (label) => (label === 1 ? "grammatical" : "not")),
  };
};
const train = rowsWhere((row) => !isHeld(row));
const test = rowsWhere(isHeld);

const byPairs = shareByPairs(train.of, test.of, length).toFixed(3);
console.log(`pairs of neighboring symbols alone tell ${byPairs} of ${test.y.length} strings apart`);

for (const [name, network] of Object.entries({ rnn, transformer })) {
  const { best } = await tuneNetwork(network, train.X, train.y, {
    input: { kind: "tokens", length, vocabulary: symbols.length },
    space: { ...fixed[name], ...size[name], learningRate: float(3e-3, 3e-2, { log: true }) },
    training: { batchSize: 32, schedule: "cosine", warmup: 0.1 },
    pruner: median(),
    trials: size.trials,
    seed: Number(values.seed),
  });
  const loaded = await loadNetwork(await best.model.save());
  const predicted = await loaded.predict(test.X);
  const right = predicted.filter((label, i) => label === test.y[i]).length;
  const share = (right / predicted.length).toFixed(3);
  console.log(`${name}: validation accuracy ${best.value.toFixed(3)}, on ${predicted.length} other strings ${share},`);
  console.log(" with", best.params);
}
