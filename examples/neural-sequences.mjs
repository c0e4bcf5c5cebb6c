// A recurrent network learns which strings a grammar has, from strings padded to one length.
import { loadNetwork, rnn, tuneNetwork } from "vernier/neural";
import { reberRows, symbols } from "./support/reber-strings.mjs";

let state = 1;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const length = 14;
const { tokens, labels } = reberRows(1000, length, random);

const { best } = await tuneNetwork(
  rnn({ units: 16, embedding: 8 }),
  { data: Float64Array.from(tokens), rows: 1000, cols: length },
  Array.from(labels, (label) => (label === 1 ? "grammatical" : "not")),
  {
    input: { kind: "tokens", length, vocabulary: symbols.length },
    space: { units: 16, layers: 1, bidirectional: false, pooling: "last", dropout: 0, embedding: 8 },
    training: { epochs: 6, batchSize: 50, learningRate: 0.03, schedule: "cosine" },
    trials: 2,
    refit: true,
    seed: 1,
  },
);
console.log(`validation accuracy ${best.value.toFixed(3)} with`, best.params.cell);

const padded = (string) => Array.from({ length }, (_, t) => Math.max(0, symbols.indexOf(string[t] ?? "")));
const network = await loadNetwork(await best.model.save());
for (const string of ["BTSXSE", "BTSXPE"]) console.log(string, (await network.predict([padded(string)]))[0]);
