// Trees by looking at everything: every feature, every threshold, sums taken anew each time.

export interface OracleSplit {
  readonly feature: number;
  readonly threshold: number;
  /** What it takes off the node's impurity times weight. */
  readonly gain: number;
  /** Whether each row of the node goes left. */
  readonly left: readonly boolean[];
}

export interface OracleProblem {
  readonly X: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly w: readonly number[];
  readonly criterion: "gini" | "entropy" | "squaredError";
  readonly minSamplesLeaf: number;
}

/** Impurity times weight of the rows. */
export function impurity({ y, w, criterion }: OracleProblem, rows: readonly number[]): number {
  const at = (list: readonly number[], row: number): number => list[row] as number;
  const total = rows.reduce((sum, row) => sum + at(w, row), 0);
  if (criterion === "squaredError") {
    const mean = rows.reduce((sum, row) => sum + at(w, row) * at(y, row), 0) / total;
    return rows.reduce((sum, row) => sum + at(w, row) * (at(y, row) - mean) ** 2, 0);
  }
  const shares = [...new Set(rows.map((row) => at(y, row)))].map(
    (c) => rows.filter((row) => y[row] === c).reduce((sum, row) => sum + at(w, row), 0) / total,
  );
  if (criterion === "gini") return total * (1 - shares.reduce((sum, share) => sum + share * share, 0));
  return -total * shares.reduce((sum, share) => sum + (share > 0 ? share * Math.log2(share) : 0), 0);
}

/** Every split of the rows that leaves enough on both sides, lowest features and thresholds first. */
export function allSplits(problem: OracleProblem, rows: readonly number[]): OracleSplit[] {
  const { X, minSamplesLeaf } = problem;
  const whole = impurity(problem, rows);
  const found: OracleSplit[] = [];
  for (let feature = 0; feature < (X[0] as readonly number[]).length; feature++) {
    const value = (row: number): number => (X[row] as readonly number[])[feature] as number;
    const values = [...new Set(rows.map(value))].sort((a, b) => a - b);
    for (let i = 0; i + 1 < values.length; i++) {
      const threshold = (values[i] as number) / 2 + (values[i + 1] as number) / 2;
      const left = rows.filter((row) => value(row) <= threshold);
      const right = rows.filter((row) => value(row) > threshold);
      if (Math.min(left.length, right.length) < minSamplesLeaf) continue;
      const gain = whole - impurity(problem, left) - impurity(problem, right);
      found.push({ feature, threshold, gain, left: rows.map((row) => value(row) <= threshold) });
    }
  }
  return found;
}

/** Whether two splits divide the rows alike, up to the names of the sides. */
export function sameDivision(a: OracleSplit, b: OracleSplit): boolean {
  const same = a.left.filter((side, i) => side === b.left[i]).length;
  return same === 0 || same === a.left.length;
}
