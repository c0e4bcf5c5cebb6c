import { goesLeft } from "./best";

// Adds trees to raw predictions, one tree after the other, as training did.
// In:   nodes and sets as `boostTree` writes them; roots i32 [trees], first node of each tree; tree t belongs to raw
//       prediction t mod K; bins u8 [d, m] (bin.ts)
// Out:  z [K, m] += the trees' values
export function boostPredict(
  nodes: usize,
  sets: usize,
  roots: usize,
  trees: i32,
  K: i32,
  bins: usize,
  m: i32,
  z: usize,
): void {
  for (let t = 0; t < trees; t++) {
    const root = nodes + ((<usize>load<i32>(roots + ((<usize>t) << 2))) << 4);
    const plane = z + ((<usize>(t % K) * <usize>m) << 3);
    for (let i: usize = 0; i < <usize>m; i++) {
      let node = root;
      for (let f = load<i32>(node); f >= 0; f = load<i32>(node)) {
        const code = <i32>load<u8>(bins + <usize>f * <usize>m + i);
        const split = load<i32>(node, 4);
        const left = goesLeft(code, split, split >> 16, sets + ((<usize>load<i32>(node, 12)) << 5));
        node = root + ((<usize>(load<i32>(node, 8) + i32(!left))) << 4);
      }
      store<f64>(plane + (i << 3), load<f64>(plane + (i << 3)) + load<f64>(node, 8));
    }
  }
}
