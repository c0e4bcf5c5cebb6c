// Gradient boosting for squared error and two-class log-loss by the definition: every split of every column tried on
// the rows themselves, sums in plain loops. Slow; numbers of distinct values stay below the number of bins.

export interface OracleSettings {
  readonly loss: "squaredError" | "logistic";
  readonly trees: number;
  readonly learningRate: number;
  readonly maxLeafNodes: number;
  readonly maxDepth: number;
  readonly minSamplesLeaf: number;
  readonly l2: number;
  readonly categorical: readonly number[];
}

interface Split {
  readonly gain: number;
  readonly left: number[];
  readonly right: number[];
}

interface Leaf {
  readonly rows: number[];
  readonly depth: number;
  readonly split: Split | null;
}

const sum = (rows: readonly number[], of: (row: number) => number): number =>
  rows.reduce((total, row) => total + of(row), 0);

/** Raw predictions of the rows of X after the last stage. */
export function oracleRaw(
  X: readonly (readonly number[])[],
  y: readonly number[],
  w: readonly number[],
  settings: OracleSettings,
): number[] {
  const all = [...y.keys()];
  const mean = sum(all, (i) => (w[i] as number) * (y[i] as number)) / sum(all, (i) => w[i] as number);
  const raw = y.map(() => (settings.loss === "logistic" ? Math.log(mean / (1 - mean)) : mean));
  for (let stage = 0; stage < settings.trees; stage++) {
    const p = raw.map((z) => (settings.loss === "logistic" ? 1 / (1 + Math.exp(-z)) : z));
    const g = p.map((value, i) => (w[i] as number) * (value - (y[i] as number)));
    const h = p.map((value, i) => (w[i] as number) * (settings.loss === "logistic" ? value * (1 - value) : 1));
    for (const { rows } of leaves(X, g, h, settings)) {
      const value = -sum(rows, (i) => g[i] as number) / (sum(rows, (i) => h[i] as number) + settings.l2 + 1e-15);
      for (const i of rows) raw[i] = (raw[i] as number) + settings.learningRate * value;
    }
  }
  return raw;
}

function leaves(
  X: readonly (readonly number[])[],
  g: readonly number[],
  h: readonly number[],
  settings: OracleSettings,
): Leaf[] {
  const leaf = (rows: number[], depth: number): Leaf => ({
    rows,
    depth,
    split: depth < settings.maxDepth ? bestSplit(X, g, h, rows, settings) : null,
  });
  const found = [leaf([...g.keys()], 0)];
  while (found.length < settings.maxLeafNodes) {
    let best = -1;
    found.forEach(({ split }, at) => {
      if (split !== null && (best < 0 || split.gain > ((found[best] as Leaf).split as Split).gain)) best = at;
    });
    if (best < 0) break;
    const [{ depth, split }] = found.splice(best, 1) as [Leaf];
    found.push(leaf((split as Split).left, depth + 1), leaf((split as Split).right, depth + 1));
  }
  return found;
}

function bestSplit(
  X: readonly (readonly number[])[],
  g: readonly number[],
  h: readonly number[],
  rows: number[],
  settings: OracleSettings,
): Split | null {
  const score = (part: readonly number[]): number => {
    const G = sum(part, (i) => g[i] as number);
    return (G * G) / (sum(part, (i) => h[i] as number) + settings.l2 + 1e-15);
  };
  const allowed = (part: readonly number[]): boolean =>
    part.length >= settings.minSamplesLeaf && sum(part, (i) => h[i] as number) >= 1e-3;
  let best: Split | null = null;
  for (let f = 0; f < (X[0]?.length ?? 0); f++) {
    for (const left of leftSides(X, g, h, rows, f, settings)) {
      const inside = new Set(left);
      const right = rows.filter((i) => !inside.has(i));
      if (!allowed(left) || !allowed(right)) continue;
      const gain = score(left) + score(right) - score(rows);
      // Gains that differ by rounding alone count as equal: the first one stays.
      if (gain > (best?.gain ?? 0) + 1e-9) best = { gain, left, right };
    }
  }
  return best;
}

/** Left sides of the splits of column f: runs of values with missing values right or left, or runs of categories. */
function leftSides(
  X: readonly (readonly number[])[],
  g: readonly number[],
  h: readonly number[],
  rows: readonly number[],
  f: number,
  { categorical }: OracleSettings,
): number[][] {
  const at = (i: number): number => (X[i] as readonly number[])[f] as number;
  const missing = rows.filter((i) => Number.isNaN(at(i)));
  const values = [...new Set(rows.map(at).filter((x) => !Number.isNaN(x)))].sort((a, b) => a - b);
  const withValue = (x: number): number[] => rows.filter((i) => at(i) === x);
  if (!categorical.includes(f)) {
    const runs = values.map((last) => rows.filter((i) => at(i) <= last));
    return [...runs, ...(missing.length > 0 ? runs.map((run) => [...run, ...missing]) : [])];
  }
  const groups = [...values.map(withValue), missing];
  const weight = (part: readonly number[]): number => sum(part, (i) => h[i] as number);
  const supported = groups.filter((part) => part.length > 0 && (weight(part) * rows.length) / weight(rows) >= 10);
  const key = (part: readonly number[]): number => sum(part, (i) => g[i] as number) / (weight(part) + 10);
  const ordered = supported.map((part) => ({ part, key: key(part) })).sort((a, b) => a.key - b.key);
  if (ordered.length < 2) return [];
  const half = Math.ceil(ordered.length / 2);
  const run = (parts: readonly { readonly part: number[] }[]): number[] => parts.flatMap(({ part }) => part);
  const counts = Array.from({ length: half }, (_, i) => i + 1);
  return [
    ...counts.map((count) => run(ordered.slice(0, count))),
    ...counts.map((count) => run(ordered.slice(ordered.length - count))),
  ];
}
