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
 * `count` rows of `length` tokens, padded at the end, and their labels: every other row is a string of the grammar (1),
 * the rows between are such strings with one symbol between the first and the last replaced, outside the grammar (0).
 * Short strings come again and again. `random` draws from [0, 1).
 */
export function reberRows(count, length, random) {
  return rowsOf(count, length, (label) => drawLabelled(label, length, random));
}

/**
 * The same, but no two rows alike; on the whole, short strings come first. The grammar has 234 strings of up to 14
 * symbols, 518 of up to 16, 2,447 of up to 20 and 11,361 of up to 24: rows of it must be fewer.
 */
export function distinctReberRows(count, length, random) {
  const seen = new Set();
  return rowsOf(count, length, (label) => {
    for (;;) {
      const string = drawLabelled(label, length, random);
      if (seen.has(string.join(""))) continue;
      seen.add(string.join(""));
      return string;
    }
  });
}

function rowsOf(count, length, next) {
  const tokens = new Int32Array(count * length);
  const labels = Int32Array.from({ length: count }, (_, i) => i % 2);
  for (let i = 0; i < count; i++) {
    next(labels[i]).forEach((symbol, t) => {
      tokens[i * length + t] = symbols.indexOf(symbol);
    });
  }
  return { tokens, labels };
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
