import { encoded } from "./breast-cancer.data.ts";
import type { Dataset } from "./dataset.ts";
import { decodeTable } from "./decode.ts";

let table: Dataset<string> | null = null;

/** Cell nuclei in images of 569 breast masses: X [569, 30], labels "benign" (357) and "malignant" (212). */
export function breastCancer(): Dataset<string> {
  table ??= decodeTable(
    "breast cancer",
    "Mean, standard error and worst value of ten measures of the cell nuclei in images of 569 breast masses. " +
      'W. Wolberg, O. Mangasarian, N. Street, W. Street (1993), "Breast Cancer Wisconsin (Diagnostic)", ' +
      "UCI Machine Learning Repository, CC BY 4.0.",
    encoded,
  );
  return table;
}
