import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { DEPTH, END, FEATURE, GAIN, LEFT, NODE_BYTES, START, THRESHOLD, WORTH } from "./node";
import { ccpAlpha } from "./rules";
import { targetLoad, targetPredict } from "./target";

// A grown tree in its final form: pruned, then numbered parent first, left subtree, right subtree.
// In and out: as `treeGrow`; nodes [count] as in node.ts, rows in the order in which the nodes left them.
export function treeWrite(
  nodes: usize,
  count: i32,
  rows: usize,
  d: i32,
  width: i32,
  links: usize,
  thresholds: usize,
  leaves: usize,
  importances: usize,
  sizes: usize,
): void {
  if (ccpAlpha > 0) prune(nodes, count);
  memory.fill(importances, 0, (<usize>d) << 3);
  const mark = arenaMark();
  // Per right child that waits: its number as grown, and where its parent's link to it stands.
  const stack = arenaAlloc((<usize>count + 1) << 3);
  let waiting = 0;
  let written = 0;
  let leafCount = 0;
  let deepest = 0;
  let node = 0;
  while (true) {
    const record = nodes + <usize>node * NODE_BYTES;
    const feature = load<i32>(record, FEATURE);
    const link = links + ((<usize>written) << 3);
    store<i32>(link, feature);
    if (feature >= 0) {
      store<f64>(thresholds + ((<usize>written) << 3), load<f64>(record, THRESHOLD));
      const importance = importances + ((<usize>feature) << 3);
      store<f64>(importance, load<f64>(importance) + load<f64>(record, GAIN));
      node = load<i32>(record, LEFT);
      store<i32>(stack + ((<usize>waiting) << 3), node + 1);
      store<i32>(stack + ((<usize>waiting) << 3), written, 4);
      waiting++;
      written++;
      continue;
    }
    store<f64>(thresholds + ((<usize>written) << 3), 0);
    store<i32>(link, leafCount, 4);
    const start = load<i32>(record, START);
    const own = rows + ((<usize>start) << 2);
    targetLoad(own, load<i32>(record, END) - start);
    targetPredict(own, load<i32>(record, END) - start, leaves + ((<usize>leafCount * <usize>width) << 3));
    deepest = max(deepest, load<i32>(record, DEPTH));
    leafCount++;
    written++;
    if (waiting == 0) break;
    waiting--;
    node = load<i32>(stack + ((<usize>waiting) << 3));
    store<i32>(links + ((<usize>load<i32>(stack + ((<usize>waiting) << 3), 4)) << 3), written, 4);
  }
  store<i32>(sizes, written);
  store<i32>(sizes, leafCount, 4);
  store<i32>(sizes, deepest, 8);
  arenaRelease(mark);
}

// Minimal cost-complexity pruning: of all subtrees the smallest among those of least impurity + ccpAlpha leaves,
// found from the leaves up. Ref: Breiman et al. (1984), chapter 3.
function prune(nodes: usize, count: i32): void {
  for (let node = count - 1; node >= 0; node--) {
    const record = nodes + <usize>node * NODE_BYTES;
    if (load<i32>(record, FEATURE) < 0) continue;
    const left = nodes + <usize>load<i32>(record, LEFT) * NODE_BYTES;
    const worth = load<f64>(record, GAIN) - ccpAlpha + (load<f64>(left, WORTH) + load<f64>(left + NODE_BYTES, WORTH));
    if (worth > 0) store<f64>(record, worth, WORTH);
    else store<i32>(record, -1, FEATURE);
  }
}
