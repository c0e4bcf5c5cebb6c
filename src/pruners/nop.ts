import type { Pruner } from "./pruner.ts";

/** Never prunes. */
export function nop(): Pruner {
  return { name: "nop", shouldPrune: () => false };
}
