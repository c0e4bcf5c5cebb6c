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

/** Products of up to `degree` columns: by degree, then by the numbers of the columns. */
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
  names: ({ params, inputs }) => termsOf(params, inputs.length).map((term) => nameOf(term, inputs)),
  apply({ params }, frame) {
    const { data, rows, cols } = finiteNumbers(frame);
    const terms = termsOf(params, cols);
    const out = new Float64Array(rows * terms.length);
    for (let i = 0; i < rows; i++) {
      terms.forEach((term, k) => {
        let product = 1;
        for (const j of term) product *= data[i * cols + j] as number;
        out[i * terms.length + k] = product;
      });
    }
    return { data: out, rows, cols: terms.length };
  },
});

/** The columns that are multiplied for each column of the result, ascending. */
function termsOf({ degree, interactionOnly, includeBias }: PolynomialFeaturesParams, cols: number): number[][] {
  const terms: number[][] = includeBias ? [[]] : [];
  let before: number[][] = [[]];
  for (let d = 1; d <= degree; d++) {
    const next: number[][] = [];
    for (const term of before) {
      const last = term.at(-1);
      for (let j = last === undefined ? 0 : last + (interactionOnly ? 1 : 0); j < cols; j++) {
        next.push([...term, j]);
        if (terms.length + next.length > MOST) {
          const message = `"degree": expected at most ${MOST} columns as the result, got more at degree ${d} of ${cols}`;
          throw new VernierError("invalid-argument", message);
        }
      }
    }
    for (const term of next) terms.push(term);
    before = next;
  }
  return terms;
}

function nameOf(term: readonly number[], names: readonly string[]): string {
  if (term.length === 0) return "1";
  const powers = [...new Set(term)].map((j) => [names[j], term.filter((other) => other === j).length] as const);
  return powers.map(([name, power]) => (power === 1 ? name : `${name}^${power}`)).join(" ");
}
