import { expectNumber, expectOneOf, VernierError } from "../core/errors.ts";
import { type Category, categoriesOf, codesOf, refuseUnknown } from "./categories.ts";
import { type DefinedTransform, defineTransform, type FittedWith } from "./define-transform.ts";
import { cells } from "./frame.ts";

export type OrdinalEncoderParams = {
  /** What becomes of a category that the training data did not have: an error, or `unknownValue`. */
  readonly handleUnknown: "error" | "useEncodedValue";
  /** A number that is none of the codes, or null for a missing value. */
  readonly unknownValue: number | null;
  /** What a missing value becomes: a number, or null to stay missing. */
  readonly encodedMissingValue: number | null;
};

interface OrdinalEncoderState {
  /** The categories of each training column, in order, without the missing value; positions are the codes. */
  readonly categories: readonly (readonly Category[])[];
}

export type FittedOrdinalEncoder = FittedWith<OrdinalEncoderParams, OrdinalEncoderState>;

/** Categories replaced by their positions 0, 1, ... in sorted order. */
export const ordinalEncoder: DefinedTransform<OrdinalEncoderParams, FittedOrdinalEncoder> = defineTransform<
  OrdinalEncoderParams,
  OrdinalEncoderState
>({
  name: "ordinalEncoder",
  defaults: { handleUnknown: "error", unknownValue: null, encodedMissingValue: null },
  check: ({ handleUnknown, unknownValue, encodedMissingValue }) => ({
    handleUnknown: expectOneOf("handleUnknown", handleUnknown, ["error", "useEncodedValue"]),
    unknownValue: numberOrNull("unknownValue", unknownValue),
    encodedMissingValue: numberOrNull("encodedMissingValue", encodedMissingValue),
  }),
  learn({ handleUnknown, unknownValue, encodedMissingValue }, frame) {
    const categories = frame.names.map((_, j) => categoriesOf(cells(frame, j)).filter((category) => category !== null));
    const most = Math.max(...categories.map((own) => own.length));
    const special = { encodedMissingValue, ...(handleUnknown === "useEncodedValue" && { unknownValue }) };
    for (const [name, value] of Object.entries(special)) {
      if (value === null || value < 0 || value >= most || !Number.isInteger(value)) continue;
      const message = `"${name}": expected a number that is no category's code (0 to ${most - 1}), got ${value}`;
      throw new VernierError("invalid-argument", message);
    }
    return { categories };
  },
  apply({ params, inputs, categories }, frame) {
    const { rows } = frame;
    const cols = inputs.length;
    const unknown = params.unknownValue ?? Number.NaN;
    const missing = params.encodedMissingValue ?? Number.NaN;
    const data = new Float64Array(rows * cols);
    categories.forEach((own, j) => {
      const column = cells(frame, j);
      const codes = codesOf(column, [...own, null]);
      if (params.handleUnknown === "error") refuseUnknown(column, codes, inputs[j] as string);
      codes.forEach((code, i) => {
        data[i * cols + j] = code < 0 ? unknown : code === own.length ? missing : code;
      });
    });
    return { data, rows, cols };
  },
});

function numberOrNull(name: string, value: unknown): number | null {
  return value === null ? null : expectNumber(name, value, "a finite number, or null for a missing value");
}
