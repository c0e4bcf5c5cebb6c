// Strings of the grammar of Reber (1967), Implicit learning of artificial grammars, and near misses of it.

/** From each state the symbols that may follow and the state after each; "E" ends. */
const grammar = [{ B: 1 }, { T: 2, P: 3 }, { S: 2, X: 4 }, { T: 3, V: 5 }, { X: 3, S: 6 }, { P: 4, V: 6 }, { E: 7 }];
const end = 7;

/** Token 0 is padding. */
export const symbols = ["", "B", "T", "P", "S", "X", "V", "E"];

/** Whether the grammar has the string. */
export function isReber(string) {
  let state = 0;
  for (const symbol of string) {
    state = grammar[state]?.[symbol] ?? -1;
    if (state < 0) return false;
  }
  return state === end;
}

/**
 * `count` rows of `length` tokens, padded at the end, no two alike, and their labels: every other row is a string of the
 * grammar (1), the rows between are such strings with one symbol between the first and the last replaced, outside the
 * grammar (0). On the whole, short strings come first. The grammar has 234 strings of up to 14 symbols, 518 of up to 16,
 * 2,447 of up to 20 and 11,361 of up to 24: rows of it must be fewer. `random` draws from [0, 1).
 */
export function reberRows(count, length, random) {
  const tokens = new Int32Array(count * length);
  const labels = Int32Array.from({ length: count }, (_, i) => i % 2);
  const seen = new Set();
  for (let i = 0; i < count; i++) {
    let string;
    do string = drawLabelled(labels[i], length, random);
    while (seen.has(string.join("")));
    seen.add(string.join(""));
    string.forEach((symbol, t) => {
      tokens[i * length + t] = symbols.indexOf(symbol);
    });
  }
  return { tokens, labels };
}

/**
 * The share of `test` rows that pairs of neighbors alone tell apart: those of a string of the grammar all occur in one of
 * `train`. Each of the two has `tokens` and `labels` as `reberRows` gives them.
 */
export function shareByPairs(train, test, length) {
  const pairs = ({ tokens }, row) =>
    Array.from({ length: length - 1 }, (_, t) => `${tokens[row * length + t]} ${tokens[row * length + t + 1]}`);
  const known = new Set(
    Array.from(train.labels.keys()).flatMap((row) => (train.labels[row] === 1 ? pairs(train, row) : [])),
  );
  const right = Array.from(test.labels.keys()).filter(
    (row) => pairs(test, row).every((pair) => known.has(pair)) === (test.labels[row] === 1),
  );
  return right.length / test.labels.length;
}

function drawLabelled(label, length, random) {
  const string = draw(length, random);
  return label === 1 ? string : nearMiss(string, random);
}

function draw(length, random) {
  for (;;) {
    const string = [];
    let state = 0;
    while (state !== end && string.length < length) {
      const moves = Object.entries(grammar[state]);
      const [symbol, next] = moves[Math.floor(random() * moves.length)];
      string.push(symbol);
      state = next;
    }
    if (state === end) return string;
  }
}

function nearMiss(string, random) {
  for (;;) {
    const at = 1 + Math.floor(random() * (string.length - 2));
    const changed = [...string];
    changed[at] = symbols[2 + Math.floor(random() * 5)];
    if (!isReber(changed)) return changed;
  }
}
