export const symbols: readonly string[];
export function isReber(string: Iterable<string>): boolean;
export function reberRows(
  count: number,
  length: number,
  random: () => number,
): { readonly tokens: Int32Array; readonly labels: Int32Array };
