type Numbers = ArrayLike<number> | null;

/** Whether two lists hold the same numbers in the same order, NaN being like NaN; no list is like no list. */
export function sameNumbers(a: Numbers, b: Numbers): boolean {
  if (a === null || b === null) return a === b;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && !(Number.isNaN(a[i]) && Number.isNaN(b[i]))) return false;
  return true;
}
