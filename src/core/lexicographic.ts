/** Negative, 0 or positive as a comes before, with or after b by the first coordinate in which they differ. */
export function compareLexicographically(a: readonly number[], b: readonly number[]): number {
  for (let k = 0; k < a.length; k++) {
    if ((a[k] as number) < (b[k] as number)) return -1;
    if ((a[k] as number) > (b[k] as number)) return 1;
  }
  return 0;
}
