export const symbols: readonly string[];
export function isReber(string: Iterable<string>): boolean;
export interface ReberRows {
  readonly tokens: Int32Array;
  readonly labels: Int32Array;
}
export function reberRows(count: number, length: number, random: () => number): ReberRows;
export function shareByPairs(train: ReberRows, test: ReberRows, length: number): number;
