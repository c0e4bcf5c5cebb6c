import { expectInteger, expectOneOf, VernierError } from "../core/errors.ts";
import { choice, int } from "../core/space.ts";
import { type DefinedTransform, defineTransform, type FittedWith } from "./define-transform.ts";
import { finiteNumbers } from "./frame.ts";

export type PolynomialFeaturesParams = {
  /** The most columns multiplied with each other, >= 1. */
  readonly degree: number;
  /** Whether no column is multiplied with itself. */
  readonly interactionOnly: boolean;
  /** Whether the first column is one of ones. */
  readonly includeBias: boolean;
};

export type FittedPolynomialFeatures = FittedWith<PolynomialFeaturesParams, object>;

const MOST = 1_000_000;

/** Products of up to `degree` columns: by degree, then by the numbers of the columns; at most 1,000,000. */
export const polynomialFeatures: DefinedTransform<PolynomialFeaturesParams, FittedPolynomialFeatures> = defineTransform<
  PolynomialFeaturesParams,
  object
>({
  name: "polynomialFeatures",
  defaults: { degree: 2, interactionOnly: false, includeBias: true },
  check: ({ degree, interactionOnly, includeBias }) => ({
    degree: expectInteger("degree", degree, 1, 100),
    interactionOnly: expectOneOf("interactionOnly", interactionOnly, [true, false]),
    includeBias: expectOneOf("includeBias", includeBias, [true, false]),
  }),
  space: () => ({ degree: int(1, 3), interactionOnly: choice([false, true]) }),
  learn(params, frame) {
    termsOf(params, finiteNumbers(frame).cols);
    return {};
  },
  names: ({ params, inputs }) => namesOf(termsOf(params, inputs.length), inputs),
  apply({ params }, frame) {
    const { data, rows, cols } = finiteNumbers(frame);
    const { parents, columns } = termsOf(params, cols);
    const wide = parents.length;
    const out = new Float64Array(rows * wide);
    for (let i = 0; i < rows; i++) {
      for (let k = 0; k < wide; k++) {
        const column = columns[k] as number;
        const parent = parents[k] as number;
        const before = parent < 0 ? 1 : (out[i * wide + parent] as number);
        out[i * wide + k] = column < 0 ? 1 : before * (data[i * cols + column] as number);
      }
    }
    return { data: out, rows, cols: wide };
  },
});

/** Column k of the result is that numbered `parents[k]`, or 1, times column `columns[k]` of X; -1 is none. */
interface Terms {
  readonly parents: readonly number[];
  readonly columns: readonly number[];
}

function termsOf({ degree, interactionOnly, includeBias }: PolynomialFeaturesParams, cols: number): Terms {
  const parents: number[] = includeBias ? [-1] : [];
  const columns: number[] = includeBias ? [-1] : [];
  const add = (parent: number, column: number): void => {
    if (parents.length === MOST) {
      const message = `"degree": expected at most ${MOST} columns as the result, got more with ${degree} of ${cols}`;
      throw new VernierError("invalid-argument", message);
    }
    parents.push(parent);
    columns.push(column);
  };
  // Where the terms of the degree before begin.
  let from = parents.length;
  for (let j = 0; j < cols; j++) add(-1, j);
  for (let d = 2; d <= degree; d++) {
    const to = parents.length;
    for (let parent = from; parent < to; parent++) {
      for (let j = (columns[parent] as number) + (interactionOnly ? 1 : 0); j < cols; j++) add(parent, j);
    }
    from = to;
  }
  return { parents, columns };
}

function namesOf({ parents, columns }: Terms, inputs: readonly string[]): string[] {
  return parents.map((_, k) => {
    const powers = new Map<number, number>();
    for (let at = k; at >= 0 && (columns[at] as number) >= 0; at = parents[at] as number) {
      powers.set(columns[at] as number, (powers.get(columns[at] as number) ?? 0) + 1);
    }
    if (powers.size === 0) return "1";
    const factors = [...powers].toReversed();
    return factors.map(([j, power]) => (power === 1 ? inputs[j] : `${inputs[j]}^${power}`)).join(" ");
  });
}
