import type { Matrix } from "../../src/core/matrix.ts";
import { breastCancer } from "../../src/datasets/breast-cancer.ts";
import { standardized } from "./standardized.ts";

/** The regression task of test/vectors/regression.json: mean area from the other 29 columns, all standardized. */
export function meanArea(): { readonly X: Matrix; readonly y: Float64Array } {
  const { data, rows, cols } = standardized(breastCancer().X);
  return {
    X: { data: data.filter((_, at) => at % cols !== 3), rows, cols: cols - 1 },
    y: data.filter((_, at) => at % cols === 3),
  };
}
