import type { Dataset } from "./dataset.ts";
import { decodeTable } from "./decode.ts";
import { encoded } from "./iris.data.ts";

let table: Dataset<string> | null = null;

/** Sepals and petals of 150 irises in centimeters: X [150, 4], three species of 50 each. */
export function iris(): Dataset<string> {
  table ??= decodeTable(
    "iris",
    "Length and width of sepals and petals, in centimeters, of 150 irises of three species. " +
      'R. A. Fisher (1936), "Iris", UCI Machine Learning Repository, CC BY 4.0.',
    encoded,
  );
  return table;
}
