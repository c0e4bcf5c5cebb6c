import type { GpRows } from "../surrogate/gp-rows.ts";

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
  const points = new Float64Array(chosen.length * d);
  chosen.forEach((row, i) => points.set(rows.points.subarray(row * d, (row + 1) * d), i * d));
  return {
    ...rows,
    points,
    losses: Float64Array.from(chosen, loss),
    constraints: chosen.map((row) => rows.constraints[row] as readonly number[] | null),
  };
}
