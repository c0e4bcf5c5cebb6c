import { show, VernierError } from "../core/errors.ts";
import { type EncodedLabels, encodeLabels, type LabelsLike } from "../core/labels.ts";
import type { Matrix } from "../core/matrix.ts";
import { means } from "./column-statistics.ts";
import { informationOnClasses, informationOnNumbers } from "./mutual-information.ts";
import type { Target } from "./transform.ts";

/**
 * What is asked of a column: the F statistic over classes, or that of a line through numbers; or the mutual information
 * with classes, or with numbers, which sees what is not a line as well and takes longer.
 */
export const scoreFunctions = ["fClassif", "fRegression", "mutualInfoClassif", "mutualInfoRegression"] as const;
export type ScoreFunction = (typeof scoreFunctions)[number];

/** The score of each column of X [n, d] for y [n]; greater is better, NaN for a column that does not vary. */
export function featureScores(kind: ScoreFunction, X: Matrix, y: Target | undefined): Float64Array {
  if (y?.length !== X.rows) {
    const got = y?.length === undefined ? show(y) : String(y.length);
    throw new VernierError("invalid-data", `"y": expected ${X.rows} entries, one for each row of X, got ${got}`);
  }
  if (kind === "fClassif" || kind === "mutualInfoClassif") {
    const labels = expectClasses(y as LabelsLike);
    return kind === "fClassif" ? fClassif(X, labels) : informationOnClasses(X, labels);
  }
  const values = expectNumbers(y as ArrayLike<number>);
  return kind === "fRegression" ? fRegression(X, values) : informationOnNumbers(X, values);
}

function expectClasses(y: LabelsLike): EncodedLabels {
  const labels = encodeLabels(y);
  const { classes } = labels;
  if (classes.length > 1) return labels;
  throw new VernierError("invalid-data", `"y": expected at least two classes, got only ${show(classes[0])}`);
}

function expectNumbers(y: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(y);
  const odd = values.findIndex((value) => !Number.isFinite(value));
  if (odd < 0) return values;
  throw new VernierError("invalid-data", `"y": expected finite numbers, got ${show(y[odd])} at position ${odd}`);
}

/** One-way analysis of variance: that between the classes over that within them. */
function fClassif(X: Matrix, { classes, codes }: EncodedLabels): Float64Array {
  const k = classes.length;
  const { data, rows, cols } = X;
  const sizes = new Int32Array(k);
  const center = new Float64Array(k * cols);
  codes.forEach((code, i) => {
    sizes[code] = (sizes[code] as number) + 1;
    for (let j = 0; j < cols; j++) {
      center[code * cols + j] = (center[code * cols + j] as number) + (data[i * cols + j] as number);
    }
  });
  center.forEach((sum, at) => {
    center[at] = sum / (sizes[Math.floor(at / cols)] as number);
  });
  const mean = means(X);
  return mean.map((middle, j) => {
    let between = 0;
    for (let c = 0; c < k; c++) {
      const distance = (center[c * cols + j] as number) - middle;
      between += (sizes[c] as number) * distance * distance;
    }
    let within = 0;
    for (let i = 0; i < rows; i++) {
      const distance = (data[i * cols + j] as number) - (center[(codes[i] as number) * cols + j] as number);
      within += distance * distance;
    }
    return between / (k - 1) / (within / (rows - k));
  });
}

/** r^2 / (1 - r^2) (n - 2) with the correlation r; the greatest number where r is 1 or -1. */
function fRegression(X: Matrix, values: Float64Array): Float64Array {
  const { data, rows, cols } = X;
  const [middle = 0] = means({ data: values, rows, cols: 1 });
  const mean = means(X);
  return mean.map((center, j) => {
    let both = 0;
    let own = 0;
    let other = 0;
    for (let i = 0; i < rows; i++) {
      const x = (data[i * cols + j] as number) - center;
      const v = (values[i] as number) - middle;
      both += x * v;
      own += x * x;
      other += v * v;
    }
    const r = both / (Math.sqrt(own) * Math.sqrt(other));
    const left = 1 - r * r;
    return left <= 0 ? Number.MAX_VALUE : ((r * r) / left) * (rows - 2);
  });
}

/** Column numbers by descending score; equal scores by number, NaN last. */
export function ranked(scores: Float64Array): number[] {
  const key = (j: number): number => (Number.isNaN(scores[j]) ? Number.NEGATIVE_INFINITY : (scores[j] as number));
  return [...scores.keys()].sort((a, b) => (key(a) === key(b) ? a - b : key(b) > key(a) ? 1 : -1));
}
