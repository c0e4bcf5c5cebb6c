import { expectOneOf, show, VernierError } from "../core/errors.ts";
import type { Matrix } from "../core/matrix.ts";
import { type Category, categoriesOf, codesOf, refuseUnknown } from "./categories.ts";
import { type DefinedTransform, defineTransform, type FittedWith } from "./define-transform.ts";
import { cells } from "./frame.ts";

export type OneHotEncoderParams = {
  /**
   * What becomes of a category that the training data did not have: an error, a row of zeros, or the same as of the
   * infrequent ones where there are some.
   */
  readonly handleUnknown: "error" | "ignore" | "infrequentIfExist";
  /** Whose column is left out: no category's, each first one's, or the first of two where there are two. */
  readonly drop: "none" | "first" | "ifBinary";
  /**
   * Categories with fewer rows, a number >= 1 or a share of all rows in (0, 1), are one together; null: none are.
   */
  readonly minFrequency: number | null;
};

interface OneHotEncoderState {
  /** The categories of each training column, in order; null is the missing value. */
  readonly categories: readonly (readonly Category[])[];
  /** Which of each column's `categories` are infrequent, by number. */
  readonly infrequent: readonly (readonly number[])[];
}

export type FittedOneHotEncoder = FittedWith<OneHotEncoderParams, OneHotEncoderState>;

/**
 * A column of zeros and ones for each category of each column, and after them one for its infrequent categories
 * together. A missing value is a category of its own.
 */
export const oneHotEncoder: DefinedTransform<OneHotEncoderParams, FittedOneHotEncoder> = defineTransform<
  OneHotEncoderParams,
  OneHotEncoderState
>({
  name: "oneHotEncoder",
  defaults: { handleUnknown: "error", drop: "none", minFrequency: null },
  check: ({ handleUnknown, drop, minFrequency }) => ({
    handleUnknown: expectOneOf("handleUnknown", handleUnknown, ["error", "ignore", "infrequentIfExist"]),
    drop: expectOneOf("drop", drop, ["none", "first", "ifBinary"]),
    minFrequency: checkMinFrequency(minFrequency),
  }),
  learn({ minFrequency }, frame) {
    const columns = frame.names.map((_, j) => cells(frame, j));
    const categories = columns.map(categoriesOf);
    const least = minFrequency !== null && minFrequency < 1 ? minFrequency * frame.rows : (minFrequency ?? 0);
    const infrequent = columns.map((column, j) => rare(column, categories[j] as Category[], least));
    return { categories, infrequent };
  },
  names({ params, inputs, categories, infrequent }) {
    return inputs.flatMap((name, j) => {
      const rest = new Set(infrequent[j]);
      const own = (categories[j] as readonly Category[]).filter((_, k) => !rest.has(k));
      const labels = own.map((category) => `${name}_${category}`);
      if (rest.size > 0) labels.push(`${name}_infrequent`);
      return labels.slice(dropped(params, labels.length));
    });
  },
  apply({ params, inputs, categories, infrequent }, frame): Matrix {
    const { rows } = frame;
    const places = categories.map((own, j) => placesOf(own, infrequent[j] as readonly number[]));
    const counts = places.map((own) => own.reduce((most, place) => Math.max(most, place + 1), 0));
    const cols = counts.reduce((sum, count) => sum + count - dropped(params, count), 0);
    const data = new Float64Array(rows * cols);
    let start = 0;
    categories.forEach((own, j) => {
      const column = cells(frame, j);
      const codes = codesOf(column, own);
      if (params.handleUnknown === "error") refuseUnknown(column, codes, inputs[j] as string);
      const count = counts[j] as number;
      const left = dropped(params, count);
      const shared = params.handleUnknown === "infrequentIfExist" && (infrequent[j] as number[]).length > 0;
      codes.forEach((code, i) => {
        const place = code < 0 ? (shared ? count - 1 : -1) : ((places[j] as Int32Array)[code] as number);
        if (place >= left) data[i * cols + start + place - left] = 1;
      });
      start += count - left;
    });
    return { data, rows, cols };
  },
});

/** The categories with fewer than `least` rows. */
function rare(column: readonly Category[], categories: readonly Category[], least: number): number[] {
  const times = new Int32Array(categories.length);
  for (const code of codesOf(column, categories)) times[code] = (times[code] as number) + 1;
  return [...times.keys()].filter((k) => (times[k] as number) < least);
}

/** The column of each category among those of its own: the frequent ones in order, then the rest together. */
function placesOf(categories: readonly Category[], infrequent: readonly number[]): Int32Array {
  const rest = new Set(infrequent);
  let next = 0;
  return Int32Array.from(categories, (_, k) => (rest.has(k) ? categories.length - rest.size : next++));
}

/** How many of the first columns are left out: 0 or 1. */
function dropped({ drop }: OneHotEncoderParams, count: number): number {
  if (drop === "none") return 0;
  return drop === "first" || count === 2 ? 1 : 0;
}

function checkMinFrequency(value: unknown): number | null {
  if (value === null) return null;
  if (typeof value === "number" && value > 0 && (value < 1 || Number.isSafeInteger(value))) return value;
  throw new VernierError(
    "invalid-argument",
    `"minFrequency": expected a whole number >= 1, a share of rows in (0, 1) or null, got ${show(value)}`,
  );
}
