import type { TreesCore } from "../../wasm/core.ts";
import { permutation } from "../../wasm/random.ts";

/** Rows to train on and rows held back, each increasing. */
export interface BoostSplit {
  readonly training: Int32Array;
  readonly validation: Int32Array;
}

/**
 * Holds back the share `fraction` of n rows, rounded up, at random; with class codes the same share of each class,
 * give or take one row. At least one row stays for training.
 */
export function splitRows(
  core: TreesCore,
  seed: number,
  n: number,
  fraction: number,
  codes: Int32Array | null,
): BoostSplit {
  const order = [...permutation(core, { seed, trial: 0, purpose: "boost:validation" }, n)];
  // A stable sort: each class stays shuffled.
  if (codes !== null) order.sort((a, b) => (codes[a] as number) - (codes[b] as number));
  const held = Math.min(Math.ceil(n * fraction), n - 1);
  const isHeld = new Uint8Array(n);
  order.forEach((row, r) => {
    if (Math.floor(((r + 1) * held) / n) > Math.floor((r * held) / n)) isHeld[row] = 1;
  });
  const rows = Int32Array.from(isHeld.keys());
  return { training: rows.filter((row) => isHeld[row] === 0), validation: rows.filter((row) => isHeld[row] === 1) };
}
