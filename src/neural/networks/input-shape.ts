import type { NetworkShape } from "./hypermodel.ts";

/** The shape of one row of a network's input. */
export function inputShape(input: NetworkShape["input"]): number[] {
  if (input.kind === "table") return [input.features];
  if (input.kind === "image") return [input.height, input.width, input.channels];
  return input.kind === "sequence" ? [input.length, input.features] : [input.length];
}

/** Numbers in a row of X. */
export function inputWidth(input: NetworkShape["input"]): number {
  return inputShape(input).reduce((product, size) => product * size);
}
