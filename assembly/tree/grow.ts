import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { philox } from "../random/philox";
import { treeWrite } from "./write";
import { CUT, WORTH, DEPTH, END, FEATURE, GAIN, KEY, LEFT, NODE_BYTES, START, THRESHOLD } from "./node";
import { bestCut, bestFeature, bestScore, bestThreshold } from "./candidate";
import { codeOf, columnOpen } from "./column";
import { maxDepth, maxLeaves, minDecrease, minLeaf, minSplit, minWeight, rulesSet } from "./rules";
import { splitOpen, splitSearch } from "./split";
import { pure, targetLoad, targetOpen, totalScore, totalWeight, unit } from "./target";

const EPSILON: f64 = 2.220446049250313e-16;
const ROOT: u32 = 0x74726565; // purposes of draws
const CHILDREN: u32 = 3;
const WORDS: usize = memory.data(16, 16);

let nodes: usize = 0;
let rows: usize = 0;
let aside: usize = 0; // room for the rows of a right child
let constants: usize = 0;
let constantBytes: usize = 0;
let wholeWeight: f64 = 0;

// One classification or regression tree, as CART grows it.
// In:   codes, values, offsets of a table [n, d] (codes.ts); y: classes i32 [n] below `classes`, or f64 [n] with
//       classes = 0; weights [n] >= 0, not all 0, multiples of one power of two that sum to less than 2^52 times it:
//       rows of weight 0 are not there; rules f64 [10], in the order of rules.ts; (k0, k1) the seed and `tree` the
//       tree's number, by which features and thresholds are drawn: a node's draws depend on these and on its way
//       from the root alone, so that a tree that is stopped earlier is the same as far as it goes
// Out:  with c rows that count: links i32 [2 c - 1, 2]: per node, parents first and left children next to them, its
//       feature and right child, or -1 and the number of the leaf; thresholds [2 c - 1], x <= threshold goes left;
//       leaves [c, max(1, classes)], shares of classes or mean target; importances [d], what each feature's splits
//       took off the impurity; sizes i32 [3]: nodes, leaves, depth
// Ref:  L. Breiman, J. Friedman, R. Olshen, C. Stone, "Classification and Regression Trees" (1984); random
//       thresholds: P. Geurts, D. Ernst, L. Wehenkel, "Extremely randomized trees" (2006).
// Golden: test/vectors/trees.json
export function treeGrow(
  codes: usize,
  values: usize,
  offsets: usize,
  n: i32,
  d: i32,
  y: usize,
  classes: i32,
  weights: usize,
  rules: usize,
  k0: u32,
  k1: u32,
  tree: u32,
  links: usize,
  thresholds: usize,
  leaves: usize,
  importances: usize,
  sizes: usize,
): void {
  const mark = arenaMark();
  rulesSet(rules);
  rows = arenaAlloc((<usize>(n + 1)) << 2);
  let count = 0;
  for (let i = 0; i < n; i++) {
    store<i32>(rows + ((<usize>count) << 2), i);
    if (load<f64>(weights + ((<usize>i) << 3)) > 0) count++;
  }
  aside = arenaAlloc((<usize>(n + 1)) << 2);
  targetOpen(y, classes, weights, n);
  columnOpen(codes, values, offsets, n);
  splitOpen(n, d);
  const most = ((<usize>min(count, maxLeaves)) << 1) - 1;
  nodes = arenaAlloc(most * NODE_BYTES);
  constantBytes = <usize>((d + 7) >> 3);
  constants = arenaAlloc(most * constantBytes);
  memory.fill(constants, 0, constantBytes);
  philox(k0, k1, 0, 0, tree, ROOT, WORDS);
  open(0, 0, count, 0, load<u64>(WORDS));
  const nodeCount = expandAll(arenaAlloc((most + 1) << 2));
  treeWrite(nodes, nodeCount, rows, d, max(1, classes), links, thresholds, leaves, importances, sizes);
  arenaRelease(mark);
}

/** Splits open nodes until none is left; `pending` has room for their numbers. Returns the number of nodes. */
function expandAll(pending: usize): i32 {
  let nodeCount = 1;
  let leafCount = 1;
  let count = isSplit(0) ? 1 : 0;
  store<i32>(pending, 0);
  while (count > 0 && leafCount < maxLeaves) {
    const place = pending + ((<usize>(maxLeaves == i32.MAX_VALUE ? count - 1 : mostUseful(pending, count))) << 2);
    const node = load<i32>(place);
    count--;
    store<i32>(place, load<i32>(pending + ((<usize>count) << 2)));
    expand(node, nodeCount);
    for (let child = nodeCount + 1; child >= nodeCount; child--) {
      if (!isSplit(child)) continue;
      store<i32>(pending + ((<usize>count) << 2), child);
      count++;
    }
    nodeCount += 2;
    leafCount++;
  }
  for (let i = 0; i < count; i++) store<i32>(at(load<i32>(pending + ((<usize>i) << 2))), -1, FEATURE);
  return nodeCount;
}

/** The place in `pending` of the node whose split takes most off the impurity, the first made of those that tie. */
function mostUseful(pending: usize, count: i32): i32 {
  let best = 0;
  for (let i = 1; i < count; i++) {
    const node = load<i32>(pending + ((<usize>i) << 2));
    const champion = load<i32>(pending + ((<usize>best) << 2));
    const gain = load<f64>(at(node), GAIN);
    const least = load<f64>(at(champion), GAIN);
    if (gain > least || (gain == least && node < champion)) best = i;
  }
  return best;
}

/** Divides the node's rows between the children `left` and `left` + 1. */
function expand(node: i32, left: i32): void {
  const record = at(node);
  const feature = load<i32>(record, FEATURE);
  const cut = load<u32>(record, CUT);
  const start = load<i32>(record, START);
  const end = load<i32>(record, END);
  // Rows keep their order, so that memory is read forwards. Both places are written, one of them counts.
  let low = rows + ((<usize>start) << 2);
  let high = aside;
  const last = rows + ((<usize>end) << 2);
  for (let place = low; place < last; place += 4) {
    const row = load<u32>(place);
    const right = codeOf(feature, row) > cut;
    store<u32>(low, row);
    store<u32>(high, row);
    low += right ? 0 : 4;
    high += right ? 4 : 0;
  }
  memory.copy(low, aside, high - aside);
  const middle = <i32>((low - rows) >> 2);
  store<i32>(record, left, LEFT);
  const key = load<u64>(record, KEY);
  philox(<u32>key, <u32>(key >> 32), 0, 0, 0, CHILDREN, WORDS);
  const leftKey = load<u64>(WORDS);
  const rightKey = load<u64>(WORDS, 8);
  const depth = load<i32>(record, DEPTH) + 1;
  const known = constants + <usize>node * constantBytes;
  memory.copy(constants + <usize>left * constantBytes, known, constantBytes);
  memory.copy(constants + <usize>(left + 1) * constantBytes, known, constantBytes);
  open(left, start, middle, depth, leftKey);
  open(left + 1, middle, end, depth, rightKey);
}

/** Makes the node of rows start ... end - 1 and finds its split, if it is to have one. */
function open(node: i32, start: i32, end: i32, depth: i32, key: u64): void {
  const record = at(node);
  const count = end - start;
  store<i32>(record, start, START);
  store<i32>(record, end, END);
  store<i32>(record, depth, DEPTH);
  store<i32>(record, -1, FEATURE);
  store<i32>(record, 0, LEFT);
  store<u64>(record, key, KEY);
  store<f64>(record, 0, GAIN);
  store<f64>(record, 0, WORTH);
  const own = rows + ((<usize>start) << 2);
  if (node > 0 && (depth >= maxDepth || count < minSplit || count < 2 * minLeaf)) return;
  targetLoad(own, count);
  if (node == 0) wholeWeight = totalWeight;
  if (pure || depth >= maxDepth || count < minSplit || count < 2 * minLeaf || totalWeight < 2 * minWeight) return;
  splitSearch(own, count, constants + <usize>node * constantBytes, <u32>key, <u32>(key >> 32));
  if (bestFeature < 0) return;
  // What is less than 0 by rounding alone took nothing off.
  const gain = (max(bestScore - totalScore(), 0) * unit) / wholeWeight;
  if (gain + EPSILON < minDecrease) return;
  store<i32>(record, bestFeature, FEATURE);
  store<u32>(record, bestCut, CUT);
  store<f64>(record, bestThreshold, THRESHOLD);
  store<f64>(record, gain, GAIN);
}

function isSplit(node: i32): bool {
  return load<i32>(at(node), FEATURE) >= 0;
}

function at(node: i32): usize {
  return nodes + <usize>node * NODE_BYTES;
}
