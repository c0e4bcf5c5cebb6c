import { expectOneOf } from "../core/errors.ts";
import { choice } from "../core/space.ts";
import { type DefinedTransform, defineTransform, type FittedWith } from "./define-transform.ts";
import { finiteNumbers } from "./frame.ts";

export type NormalizerParams = {
  /** The sum of absolute values, the root of the sum of squares, or the largest absolute value. */
  readonly norm: "l1" | "l2" | "max";
};

export type FittedNormalizer = FittedWith<NormalizerParams, object>;

const norms = ["l1", "l2", "max"] as const;

/** Rows divided by their norm, each by itself; a row of zeros stays as it is. */
export const normalizer: DefinedTransform<NormalizerParams, FittedNormalizer> = defineTransform<
  NormalizerParams,
  object
>({
  name: "normalizer",
  defaults: { norm: "l2" },
  check: ({ norm }) => ({ norm: expectOneOf("norm", norm, norms) }),
  space: () => ({ norm: choice(norms) }),
  learn(_, frame) {
    finiteNumbers(frame);
    return {};
  },
  apply({ params: { norm } }, frame) {
    const { data, rows, cols } = finiteNumbers(frame);
    const out = new Float64Array(data.length);
    for (let i = 0; i < rows; i++) {
      const row = data.subarray(i * cols, (i + 1) * cols);
      const length = normOf(row, norm) || 1;
      for (let j = 0; j < cols; j++) out[i * cols + j] = (row[j] as number) / length;
    }
    return { data: out, rows, cols };
  },
});

function normOf(row: Float64Array, norm: NormalizerParams["norm"]): number {
  let total = 0;
  for (const x of row) {
    if (norm === "max") total = Math.max(total, Math.abs(x));
    else total += norm === "l1" ? Math.abs(x) : x * x;
  }
  return norm === "l2" ? Math.sqrt(total) : total;
}
