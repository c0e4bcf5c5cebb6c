import { arenaAlloc } from "../memory";
import { philox } from "../random/philox";
import { bestCut, bestCutOpen } from "./best-cut";
import { noCandidate } from "./candidate";
import { columnLoad, highest, lowest } from "./column";
import { randomCut, randomCutOpen } from "./random-cut";
import { maxFeatures, randomCuts } from "./rules";

// The best split of a node over the features looked at: `maxFeatures` of them at random without repeats, by the
// node's key (see grow.ts), and more while all so far were constant in the node.

const FEATURES: u32 = 1; // purpose of the draws
const WORDS: usize = memory.data(16, 16);

let d: i32 = 0;
let order: usize = 0; // i32 [d], the features' order; the identity between two searches
let swaps: usize = 0; // i32 [d]

/** Before the first node of a tree over n rows. */
export function splitOpen(n: i32, columns: i32): void {
  d = columns;
  order = arenaAlloc((<usize>d) << 2);
  swaps = arenaAlloc((<usize>d) << 2);
  for (let j = 0; j < d; j++) store<i32>(order + ((<usize>j) << 2), j);
  if (randomCuts) randomCutOpen();
  else bestCutOpen(n);
}

/**
 * Searches the loaded node of `count` rows, whose numbers stand at `rows`; `constant` has a bit for each feature
 * that is known to be constant in it, and gets those that are found. The best split is left in candidate.ts.
 */
export function splitSearch(rows: usize, count: i32, constant: usize, k0: u32, k1: u32): void {
  noCandidate();
  const shuffled = maxFeatures < d;
  let looked = 0;
  let varies = false;
  while (looked < d && !(looked >= maxFeatures && varies)) {
    const feature = shuffled ? draw(looked, k0, k1) : looked;
    looked++;
    const byte = constant + (<usize>feature >> 3);
    const bit = 1 << (feature & 7);
    if (<i32>load<u8>(byte) & bit) continue;
    columnLoad(feature, rows, count);
    if (lowest == highest) {
      store<u8>(byte, load<u8>(byte) | bit);
      continue;
    }
    varies = true;
    if (randomCuts) randomCut(feature, count, k0, k1);
    else bestCut(feature, count);
  }
  if (!shuffled) return;
  while (looked-- > 0) swap(looked, load<i32>(swaps + ((<usize>looked) << 2)));
}

/** The i-th feature of the node's order: a step of Fisher and Yates's shuffle. */
function draw(i: i32, k0: u32, k1: u32): i32 {
  if (!(i & 3)) philox(k0, k1, <u32>i >> 2, 0, 0, FEATURES, WORDS);
  const word = <u64>load<u32>(WORDS + ((<usize>i & 3) << 2));
  const other = i + <i32>((word * <u64>(d - i)) >> 32);
  store<i32>(swaps + ((<usize>i) << 2), other);
  swap(i, other);
  return load<i32>(order + ((<usize>i) << 2));
}

function swap(i: i32, j: i32): void {
  const a = order + ((<usize>i) << 2);
  const b = order + ((<usize>j) << 2);
  const held = load<i32>(a);
  store<i32>(a, load<i32>(b));
  store<i32>(b, held);
}
