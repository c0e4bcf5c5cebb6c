// The mean of the trees' predictions.
// In:   X [m, d]; `count` trees one after another: links i32 [nodes, 2], thresholds [nodes] and leaves [leaves, width]
//       as `treeGrow` leaves them, numbers counted from each tree's first; firsts i32 [count, 2]: each tree's first
//       node and leaf
// Out:  out [m, width], summed from the first tree to the last and divided by their number
export function treePredict(
  X: usize,
  m: i32,
  d: i32,
  links: usize,
  thresholds: usize,
  leaves: usize,
  firsts: usize,
  count: i32,
  width: i32,
  out: usize,
): void {
  const rowBytes = (<usize>d) << 3;
  const outBytes = (<usize>width) << 3;
  // Rows at a time, so that they stay in the cache while all trees pass.
  const height = max(1, min(m, 65536 / (d + width)));
  memory.fill(out, 0, <usize>m * outBytes);
  for (let top = 0; top < m; top += height) {
    const bottom = min(m, top + height);
    for (let t: usize = 0; t < <usize>count; t++) {
      const node = <usize>load<u32>(firsts + (t << 3));
      const treeLinks = links + (node << 3);
      const treeThresholds = thresholds + (node << 3);
      const treeLeaves = leaves + <usize>load<u32>(firsts + (t << 3), 4) * outBytes;
      for (let i: usize = <usize>top; i < <usize>bottom; i++) {
        const leaf = treeLeaves + leafOf(X + i * rowBytes, treeLinks, treeThresholds) * outBytes;
        const sum = out + i * outBytes;
        for (let c: usize = 0; c < outBytes; c += 8) {
          store<f64>(sum + c, load<f64>(sum + c) + load<f64>(leaf + c));
        }
      }
    }
  }
  const end = out + <usize>m * outBytes;
  for (let at = out; at < end; at += 8) store<f64>(at, load<f64>(at) / <f64>count);
}

function leafOf(x: usize, links: usize, thresholds: usize): usize {
  let node: usize = 0;
  let feature = load<i32>(links);
  while (feature >= 0) {
    const value = load<f64>(x + ((<usize>feature) << 3));
    const right = <usize>load<u32>(links + (node << 3), 4);
    node = value <= load<f64>(thresholds + (node << 3)) ? node + 1 : right;
    feature = load<i32>(links + (node << 3));
  }
  return <usize>load<u32>(links + (node << 3), 4);
}
