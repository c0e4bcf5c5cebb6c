import type { Dataset } from "./dataset.ts";
import { decodeTable } from "./decode.ts";
import { encoded } from "./digits.data.ts";

let table: Dataset<number> | null = null;

/** Handwritten digits as 8 x 8 pixels from 0 to 16, row by row: X [1797, 64], labels 0 to 9. */
export function digits(): Dataset<number> {
  table ??= decodeTable(
    "digits",
    "1797 handwritten digits as images of 8 x 8 pixels, each a whole number from 0 to 16. " +
      'E. Alpaydin, C. Kaynak (1998), "Optical Recognition of Handwritten Digits" (the test half), ' +
      "UCI Machine Learning Repository, CC BY 4.0.",
    encoded,
  );
  return table;
}
