import { encodeLabels } from "../core/labels.ts";
import { defaultCore } from "../wasm/default-core.ts";
import { permutation } from "../wasm/random.ts";
import type { Targets } from "./targets.ts";

/**
 * The positions 0 ... n - 1 of y [n] in an order whose every beginning is a fair sample: random, and where y has
 * classes every class has its share of it, give or take one, with one member at least from the moment that there is
 * room for all. So a larger sample holds the smaller one.
 */
export function nestedOrder(y: Targets, seed: number, purpose: string): Int32Array {
  const order = (n: number, of: string): Int32Array =>
    permutation(defaultCore(), { seed, trial: 0, purpose: `${purpose}/${of}` }, n);
  if (y instanceof Float64Array) return order(y.length, "all");
  const { classes, codes } = encodeLabels(y);
  const members = classes.map((): number[] => []);
  codes.forEach((code, i) => (members[code] as number[]).push(i));
  // Member j of a class of m comes at j / m of the whole, compared without rounding; at the same place the class in
  // the order of sorted classes.
  const placed = members.flatMap((rows, code) =>
    Array.from(order(rows.length, String(code)), (member, j) => ({ row: rows[member] as number, j, m: rows.length })),
  );
  placed.sort((a, b) => a.j * b.m - b.j * a.m);
  return Int32Array.from(placed, ({ row }) => row);
}
