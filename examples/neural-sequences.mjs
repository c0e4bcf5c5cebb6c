// A recurrent network and a transformer learn which strings a grammar has (support/reber-strings.mjs), from strings padded to one
// length. No string occurs twice, and those of the last test are not among those that the searches see.
// A small search; the one whose figures bench/NOTES.md has: node examples/neural-sequences.mjs --full [--seed N]
import { parseArgs } from "node:util";
import { choice, float, int, median } from "vernier";
import { loadNetwork, rnn, transformer, tuneNetwork } from "vernier/neural";
import { reberRows, symbols } from "./support/reber-strings.mjs";

const { values } = parseArgs({
  options: { full: { type: "boolean", default: false }, seed: { type: "string", default: "7" } },
});
const searches = values.full
  ? {
      rnn: [rnn, { cell: choice(["lstm", "gru"]), units: int(16, 32), embedding: 8 }, 12],
      transformer: [transformer, { width: choice([16, 32]), heads: 4, depth: int(1, 2), expansion: 2 }, 16],
    }
  : {
      rnn: [rnn, { cell: "lstm", units: 16, embedding: 8 }, 4],
      transformer: [transformer, { width: 16, heads: 2, depth: 1, expansion: 1 }, 4],
    };
const fixed = {
  rnn: { layers: 1, bidirectional: false, pooling: "last", dropout: 0 },
  transformer: { activation: "gelu", dropout: 0, attentionDropout: 0 },
};

const length = 20;
const [seen, held] = values.full ? [2000, 500] : [600, 150];
let state = Number(values.seed);
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const { tokens, labels } = reberRows(seen + held, length, random);

// Every fifth pair is held back: short strings come first.
const isHeld = (row) => Math.floor(row / 2) % ((seen + held) / held) === 0;
const rowsWhere = (test) => {
  const rows = Array.from(labels.keys()).filter(test);
  const data = Float64Array.from(rows.flatMap((row) => Array.from(tokens.subarray(row * length, (row + 1) * length))));
  return {
    X: { data, rows: rows.length, cols: length },
    y: rows.map((row) => (labels[row] === 1 ? "grammatical" : "not")),
  };
};
const train = rowsWhere((row) => !isHeld(row));
const test = rowsWhere(isHeld);

for (const [name, [network, space, epochs]] of Object.entries(searches)) {
  const { best } = await tuneNetwork(network, train.X, train.y, {
    input: { kind: "tokens", length, vocabulary: symbols.length },
    space: { ...fixed[name], ...space, learningRate: float(3e-3, 3e-2, { log: true }), batchSize: 32 },
    training: { epochs, schedule: "cosine", warmup: 0.1 },
    pruner: median(),
    trials: values.full ? 6 : 2,
    seed: Number(values.seed),
  });
  const loaded = await loadNetwork(await best.model.save());
  const predicted = await loaded.predict(test.X);
  const right = predicted.filter((label, i) => label === test.y[i]).length;
  console.log(
    `${name}: validation accuracy ${best.value.toFixed(3)}, on ${held} other strings ${(right / held).toFixed(3)}, with`,
    best.params,
  );
}
