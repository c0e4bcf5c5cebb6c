import { chooseRows, type GpRows } from "../surrogate/gp-rows.ts";

/** More rows than this are thinned out. */
const MOST = 256;

/**
 * Of many rows those spread evenly over the study, 64 to 128, and then the 128 best of the others. The first of these
 * stay the same until the number of rows has doubled, so that fits can be kept.
 */
export function thinnedRows(rows: GpRows, d: number): GpRows {
  const n = rows.losses.length;
  if (n <= MOST) return rows;
  let stride = 2;
  while (n > (stride * MOST) / 2) stride *= 2;
  const all = Array.from(rows.losses.keys());
  const loss = (row: number): number => rows.losses[row] as number;
  const others = all.filter((row) => row % stride !== 0);
  const best = others.sort((a, b) => (loss(a) < loss(b) ? -1 : loss(a) > loss(b) ? 1 : a - b)).slice(0, MOST / 2);
  const chosen = [...all.filter((row) => row % stride === 0), ...best.sort((a, b) => a - b)];
  return chooseRows(rows, chosen, d);
}
