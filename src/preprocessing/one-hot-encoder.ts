import { expectOneOf } from "../core/errors.ts";
import type { Matrix } from "../core/matrix.ts";
import { type Category, categoriesOf, codesOf, refuseUnknown } from "./categories.ts";
import { type DefinedTransform, defineTransform, type FittedWith } from "./define-transform.ts";
import { cells } from "./frame.ts";

export type OneHotEncoderParams = {
  /** What becomes of a category that the training data did not have: an error, or a row of zeros. */
  readonly handleUnknown: "error" | "ignore";
  /** Whose column is left out: no category's, each first one's, or the first of two where there are two. */
  readonly drop: "none" | "first" | "ifBinary";
};

interface OneHotEncoderState {
  /** The categories of each training column, in order; null is the missing value. */
  readonly categories: readonly (readonly Category[])[];
}

export type FittedOneHotEncoder = FittedWith<OneHotEncoderParams, OneHotEncoderState>;

/** A column of zeros and ones for each category of each column; a missing value is a category of its own. */
export const oneHotEncoder: DefinedTransform<OneHotEncoderParams, FittedOneHotEncoder> = defineTransform<
  OneHotEncoderParams,
  OneHotEncoderState
>({
  name: "oneHotEncoder",
  defaults: { handleUnknown: "error", drop: "none" },
  check: ({ handleUnknown, drop }) => ({
    handleUnknown: expectOneOf("handleUnknown", handleUnknown, ["error", "ignore"]),
    drop: expectOneOf("drop", drop, ["none", "first", "ifBinary"]),
  }),
  learn: (_, frame) => ({ categories: frame.names.map((_, j) => categoriesOf(cells(frame, j))) }),
  names({ params, inputs, categories }) {
    return inputs.flatMap((name, j) => {
      const own = categories[j] as readonly Category[];
      return own.slice(dropped(params, own)).map((category) => `${name}_${category}`);
    });
  },
  apply({ params, inputs, categories }, frame): Matrix {
    const { rows } = frame;
    const cols = categories.reduce((sum, own) => sum + own.length - dropped(params, own), 0);
    const data = new Float64Array(rows * cols);
    let start = 0;
    categories.forEach((own, j) => {
      const column = cells(frame, j);
      const codes = codesOf(column, own);
      if (params.handleUnknown === "error") refuseUnknown(column, codes, inputs[j] as string);
      const left = dropped(params, own);
      codes.forEach((code, i) => {
        if (code >= left) data[i * cols + start + code - left] = 1;
      });
      start += own.length - left;
    });
    return { data, rows, cols };
  },
});

/** How many of the first categories have no column: 0 or 1. */
function dropped({ drop }: OneHotEncoderParams, categories: readonly Category[]): number {
  if (drop === "none") return 0;
  return drop === "first" || categories.length === 2 ? 1 : 0;
}
