import { arenaAlloc } from "../memory";
import { bestColumn, bestGain, bestSplit, CATEGORY, goesLeft, leftG, leftN, MISSING_LEFT, SET, setAdd } from "./best";
import {
  histogramBuild,
  histogramOpen,
  histogramRelease,
  histogramScale,
  histogramSubtract,
  histogramTake,
  ROOT,
  shift,
} from "./histogram";
import { leafOpen, leafWrite } from "./leaf";
import { bins, columns, g, h, maxDepth, maxLeaves, minSamples, MISSING, n, rows, used } from "./problem";
import { splitFind, splitOpen } from "./split";

// Growth of one tree, leaf by leaf: the node whose split gains most is split next, until the leaves are as many as
// allowed or nothing gains. Without a limit of leaves the order does not matter, and the latest node comes next, so
// that few histograms are held at a time.
//
// A grown node is 16 bytes, node 0 the root:
//   split  i32 column; i32 split (best.ts) | code of missing values << 16; i32 number of the left child, which the
//          right one follows; i32 number of the set of codes that go left, or 0
//   leaf   i32 -1; i32 rows of it; f64 value, the learning rate included

const WORK: usize = 96; // bytes of a node while it grows:
const START: usize = 0; // i32, of its run in rows
const COUNT: usize = 4;
const DEPTH: usize = 8;
const HISTOGRAM: usize = 12; // while it waits to be split, else 0
const ENTRY: usize = 16; // i64x2
const LEFT_G: usize = 32;
const LEFT_N: usize = 40;
const GAIN: usize = 48;
const COLUMN: usize = 56;
const SPLIT: usize = 60;
const CODES: usize = 64; // as SET

let work: usize = 0; // the nodes under way
let open: usize = 0; // usize [capacity], those that wait
let waiting = 0;
let moved: usize = 0; // i32 [n]
let made = 0; // nodes
let sets = 0;
let evaluations = 0;

/** Nodes that a tree can have at most. */
export function boostCapacity(): i32 {
  let leaves = max(1, n / minSamples);
  if (maxLeaves > 0) leaves = min(leaves, maxLeaves);
  if (maxDepth > 0 && maxDepth < 31) leaves = min(leaves, 1 << maxDepth);
  return 2 * leaves - 1;
}

/** Takes the memory that trees need, after `boostOpen` and before the first `boostTree`. */
export function boostReady(): void {
  histogramOpen();
  splitOpen();
  const capacity = <usize>boostCapacity();
  moved = arenaAlloc((<usize>n) << 2);
  leafOpen();
  work = arenaAlloc(capacity * WORK);
  open = arenaAlloc(capacity << 2);
}

/**
 * Grows a tree of raw prediction k from g and h, adds it to raw and writes it; `tree` is its number in the fit.
 * Out: nodes [boostCapacity(), 16 bytes]; setsOut, 32 bytes for each split by categories, the first of which is set
 * `firstSet` of the model. Returns the number of nodes; `boostSets()` is that of sets.
 */
export function boostTree(k: i32, tree: u32, nodes: usize, setsOut: usize, firstSet: i32): i32 {
  const plane = (<usize>k * <usize>n) << 3;
  histogramScale(g + plane, h + plane);
  for (let i = 0; i < n; i++) store<i32>(rows + ((<usize>i) << 2), i);
  made = 0;
  waiting = 0;
  sets = 0;
  evaluations = 0;
  const root = make(0, n, 0, v128.load(ROOT));
  if (worthSplitting(root)) {
    const histogram = histogramTake();
    histogramBuild(histogram, 0, n);
    evaluate(root, histogram, tree);
  }
  for (let leaves = 2; waiting > 0; leaves++) {
    const node = next();
    divide(node, nodes, setsOut, firstSet);
    if (leaves === maxLeaves) {
      histogramRelease(load<u32>(node, HISTOGRAM));
      break;
    }
    openChildren(node, tree);
  }
  while (waiting > 0) histogramRelease(load<u32>(next(), HISTOGRAM));
  for (let i = 0; i < made; i++) {
    const node = work + <usize>i * WORK;
    if (load<i32>(node, COLUMN) === DIVIDED) continue;
    leafWrite(load<i32>(node, START), load<i32>(node, COUNT), nodes + ((<usize>i) << 4), plane);
  }
  return made;
}

export function boostSets(): i32 {
  return sets;
}

const DIVIDED: i32 = -2;

function make(start: i32, count: i32, depth: i32, entry: v128): usize {
  const node = work + <usize>made * WORK;
  store<i32>(node, start, START);
  store<i32>(node, count, COUNT);
  store<i32>(node, depth, DEPTH);
  store<i32>(node, -1, COLUMN);
  v128.store(node, entry, ENTRY);
  made++;
  return node;
}

function worthSplitting(node: usize): bool {
  const deepest = maxDepth > 0 && load<i32>(node, DEPTH) === maxDepth;
  return !deepest && used > 0 && load<i32>(node, COUNT) >= 2 * minSamples;
}

/** Finds the node's best split; where there is one, the node waits, with its histogram. */
function evaluate(node: usize, histogram: usize, tree: u32): void {
  splitFind(histogram, node + ENTRY, tree, evaluations++);
  const gain = bestGain();
  if (gain === 0) {
    histogramRelease(histogram);
    return;
  }
  store<u32>(node, <u32>histogram, HISTOGRAM);
  store<f64>(node, gain, GAIN);
  store<i64>(node, leftG, LEFT_G);
  store<i64>(node, leftN, LEFT_N);
  store<i32>(node, bestColumn, COLUMN);
  store<i32>(node, bestSplit, SPLIT);
  memory.copy(node + CODES, SET, 32);
  store<u32>(open + ((<usize>waiting) << 2), <u32>node);
  waiting++;
}

/** Takes the node to be split next; of equal gains the one made first. */
function next(): usize {
  let place = open + ((<usize>(waiting - 1)) << 2);
  const last = place;
  if (maxLeaves > 0) {
    for (let other = open; other < last; other += 4) {
      const difference = load<f64>(load<u32>(other), GAIN) - load<f64>(load<u32>(place), GAIN);
      if (difference > 0 || (difference === 0 && load<u32>(other) < load<u32>(place))) place = other;
    }
  }
  const node = <usize>load<u32>(place);
  store<u32>(place, load<u32>(last));
  waiting--;
  return node;
}

/** Parts the node's rows, each side in its order, writes the node and makes its children. */
function divide(node: usize, nodes: usize, setsOut: usize, firstSet: i32): void {
  const f = load<i32>(node, COLUMN);
  const column = columns + ((<usize>f) << 4);
  const missing = load<i32>(column);
  const start = load<i32>(node, START);
  const count = load<i32>(node, COUNT);
  const left = <i32>(load<i64>(node, LEFT_N) >> shift);
  let split = load<i32>(node, SPLIT);
  // Where training saw no missing values, later ones go with the larger side.
  const larger = (load<i32>(column, 4) & MISSING) === 0 && left > count - left;
  const isCategory = (split & CATEGORY) !== 0;
  if (larger && !isCategory) split |= MISSING_LEFT;
  if (larger && isCategory) setAdd(node + CODES, missing);
  const written = nodes + (((node - work) / WORK) << 4);
  store<i32>(written, f);
  store<i32>(written, split | (missing << 16), 4);
  store<i32>(written, made, 8);
  store<i32>(written, isCategory ? firstSet + sets : 0, 12);
  if (isCategory) {
    memory.copy(setsOut + ((<usize>sets) << 5), node + CODES, 32);
    sets++;
  }
  const run = rows + ((<usize>start) << 2);
  let kept = run;
  let away = moved;
  const codes = bins + <usize>f * <usize>n;
  for (let from = run; from < run + ((<usize>count) << 2); from += 4) {
    const row = load<u32>(from);
    const goes = goesLeft(<i32>load<u8>(codes + row), split, missing, node + CODES);
    store<u32>(kept, row);
    store<u32>(away, row);
    kept += goes ? 4 : 0;
    away += goes ? 0 : 4;
  }
  memory.copy(kept, moved, away - moved);
  const entry = i64x2.replace_lane(i64x2.splat(load<i64>(node, LEFT_G)), 1, load<i64>(node, LEFT_N));
  const depth = load<i32>(node, DEPTH) + 1;
  make(start, left, depth, entry);
  make(start + left, count - left, depth, i64x2.sub(v128.load(node, ENTRY), entry));
  store<i32>(node, DIVIDED, COLUMN);
}

/** Evaluates the two nodes made last, the children of `node`, whose histogram they take over. */
function openChildren(node: usize, tree: u32): void {
  const left = work + <usize>(made - 2) * WORK;
  const right = left + WORK;
  const histogram = <usize>load<u32>(node, HISTOGRAM);
  const openLeft = worthSplitting(left);
  const openRight = worthSplitting(right);
  if (!openLeft && !openRight) {
    histogramRelease(histogram);
    return;
  }
  const leftIsSmaller = load<i32>(left, COUNT) <= load<i32>(right, COUNT);
  const smaller = leftIsSmaller ? left : right;
  const built = histogramTake();
  histogramBuild(built, load<i32>(smaller, START), load<i32>(smaller, COUNT));
  histogramSubtract(histogram, built);
  const ofLeft = leftIsSmaller ? built : histogram;
  const ofRight = leftIsSmaller ? histogram : built;
  if (openLeft) evaluate(left, ofLeft, tree);
  else histogramRelease(ofLeft);
  if (openRight) evaluate(right, ofRight, tree);
  else histogramRelease(ofRight);
}
