import { describe, expect, test } from "vitest";
import type { Matrix } from "../../src/core/matrix.ts";
import { breastCancer } from "../../src/datasets/breast-cancer.ts";
import {
  type FittedPca,
  type FittedPowerTransformer,
  type FittedSelectKBest,
  kBinsDiscretizer,
  minMaxScaler,
  oneHotEncoder,
  ordinalEncoder,
  pca,
  polynomialFeatures,
  powerTransformer,
  robustScaler,
  selectKBest,
  standardScaler,
  transformNamed,
} from "../../src/preprocessing/index.ts";
import { vectors } from "../support/vectors.ts";

type Rows = (number | "nan" | "inf" | "-inf")[][];
type Params = Readonly<Record<string, unknown>>;

interface Cases {
  readonly X: Rows;
  readonly gaps: Rows;
  /** `gaps` without the constant column. */
  readonly varying: Rows;
  readonly new: Rows;
  readonly y: number[];
  readonly target: number[];
  readonly cases: {
    readonly name: string;
    readonly params: Params;
    readonly data: "X" | "gaps" | "varying";
    readonly train: Rows;
    readonly new: Rows;
    readonly inverse?: Rows;
  }[];
  readonly boxCox: { readonly X: Rows; readonly lambdas: number[]; readonly train: Rows };
  readonly lambdas: number[];
  readonly fClassif: (number | "nan")[];
  readonly fRegression: number[];
  readonly pca: {
    readonly params: Params;
    readonly rows: number;
    readonly variance: number[];
    readonly ratio: number[];
    readonly absolute: Rows;
  }[];
  readonly categories: (string | number | null)[][];
  readonly unknown: (string | number | null)[][];
  readonly bins: { readonly params: Params; readonly train: Rows; readonly new: Rows; readonly edges: number[][] }[];
  readonly encoders: { readonly name: string; readonly params: Params; readonly train: Rows; readonly new: Rows }[];
}

interface First {
  readonly input: number[][];
  readonly standard: number[][];
  readonly minmax: number[][];
  readonly robust: number[][];
  readonly poly2: number[][];
  readonly pca3_breast_cancer_standardized: {
    readonly explained_variance: number[];
    readonly components_up_to_sign: number[][];
  };
}

const golden = vectors<Cases>("preprocessing-cases.json");
const first = vectors<First>("preprocessing.json");

const numbersOf = (rows: Rows): number[][] => rows.map((row) => row.map((value) => Number(fromName(value))));
const fromName = (value: number | string): number => {
  if (typeof value === "number") return value;
  return value === "nan" ? Number.NaN : value === "inf" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
};

/** The entries further than `bound` from the reference, relative to the larger of it and 1; all where shapes differ. */
function farFrom(got: unknown, wanted: readonly (readonly (number | string)[])[], bound: number = 1e-11): unknown[] {
  const { data, rows, cols } = got as Matrix;
  if (rows !== wanted.length || cols !== wanted[0]?.length) return [`${rows} x ${cols}`];
  return wanted.flatMap((row, i) =>
    row.flatMap((entry, j) => {
      const value = data[i * cols + j] as number;
      const reference = fromName(entry);
      const close =
        Object.is(value, reference) || Math.abs(value - reference) <= bound * Math.max(1, Math.abs(reference));
      return close ? [] : [{ i, j, value, reference }];
    }),
  );
}

// Where a maximum is found, both sides stop within the square root of the precision of the likelihood.
const boundOf = (name: string): number => (name === "powerTransformer" ? 1e-6 : 1e-11);

describe("against the reference", () => {
  test.each(golden.cases.map((one) => [`${one.name} ${JSON.stringify(one.params)} on ${one.data}`, one] as const))(
    "%s",
    (_, { name, params, data, train, new: later, inverse }) => {
      const table = numbersOf(golden[data]);
      const y = params["score"] === "fRegression" ? golden.target : golden.y;
      const fitted = transformNamed(name, params).fit(table, y);
      expect(farFrom(fitted.transform(table), train, boundOf(name))).toEqual([]);
      const rows = numbersOf(golden.new).map((row) => (data === "varying" ? row.filter((_, j) => j !== 4) : row));
      expect(farFrom(fitted.transform(rows), later, boundOf(name))).toEqual([]);
      const back =
        inverse === undefined
          ? []
          : farFrom(fitted.inverseTransform?.(fitted.transform(table)), inverse, boundOf(name));
      expect(back).toEqual([]);
    },
  );

  test("exponents of the power transform", () => {
    const { lambdas } = powerTransformer().fit(numbersOf(golden.X)) as FittedPowerTransformer;
    expect(farFrom({ data: lambdas, rows: 1, cols: lambdas.length }, [golden.lambdas], 1e-6)).toEqual([]);
    const X = numbersOf(golden.boxCox.X);
    const fitted = powerTransformer({ method: "boxCox" }).fit(X);
    expect(farFrom({ data: fitted.lambdas, rows: 1, cols: 4 }, [golden.boxCox.lambdas], 1e-6)).toEqual([]);
    expect(farFrom(fitted.transform(X), golden.boxCox.train, 1e-6)).toEqual([]);
  });

  test("scores of columns", () => {
    const scored = (score: "fClassif" | "fRegression", y: number[]): FittedSelectKBest =>
      selectKBest({ score, k: "all" }).fit(numbersOf(golden.X), y);
    // A column that does not vary has no score of its own: NaN, or here 0 / 0 in rounding.
    const varying = [0, 1, 2, 3, 5];
    const pick = (scores: ArrayLike<number | string>): number[] => varying.map((j) => fromName(scores[j] as number));
    for (const [score, y, wanted] of [
      ["fClassif", golden.y, golden.fClassif],
      ["fRegression", golden.target, golden.fRegression],
    ] as const) {
      const data = Float64Array.from(pick(scored(score, y).scores));
      expect(farFrom({ data, rows: 1, cols: 5 }, [pick(wanted)])).toEqual([]);
    }
  });

  test.each(golden.pca.map((one) => [`${JSON.stringify(one.params)} of ${one.rows} rows`, one] as const))(
    "principal components %s",
    (_, { params, rows, variance, ratio, absolute }) => {
      const X = numbersOf(golden.X).slice(0, rows);
      const fitted = pca(params).fit(X) as FittedPca;
      // The last of as many components as rows has no variance but rounding.
      expect(farFrom({ data: fitted.explainedVariance, rows: 1, cols: variance.length }, [variance])).toEqual([]);
      expect(farFrom({ data: fitted.explainedVarianceRatio, rows: 1, cols: ratio.length }, [ratio])).toEqual([]);
      const { data, ...shape } = fitted.transform(X);
      expect(farFrom({ data: data.map(Math.abs), ...shape }, absolute, 1e-10)).toEqual([]);
    },
  );

  test.each(golden.encoders.map((one) => [`${one.name} ${JSON.stringify(one.params)}`, one] as const))(
    "%s",
    (_, { name, params, train, new: later }) => {
      const asTable = (rows: Cases["categories"]): Record<string, (string | number | null)[]> =>
        Object.fromEntries([0, 1, 2].map((j) => [`c${j}`, rows.map((row) => row[j] ?? null)]));
      const fitted = transformNamed(name, params).fit(asTable(golden.categories));
      expect(farFrom(fitted.transform(asTable(golden.categories)), train)).toEqual([]);
      expect(farFrom(fitted.transform(asTable(golden.unknown)), later)).toEqual([]);
    },
  );

  test.each(golden.bins.map((one) => [JSON.stringify(one.params), one] as const))(
    "bins %s",
    (_, { params, train, new: later, edges }) => {
      // The reference gives a constant column infinite edges: of that the one bin is compared alone.
      const fitted = kBinsDiscretizer(params).fit(numbersOf(golden.X));
      const wanted = edges.map((own, j) => (j === 4 ? [0.1, 0.1] : own));
      wanted.forEach((own, j) => {
        const data = Float64Array.from(fitted.binEdges[j] as number[]);
        expect(farFrom({ data, rows: 1, cols: data.length }, [own])).toEqual([]);
      });
      expect(farFrom(fitted.transform(numbersOf(golden.X)), train)).toEqual([]);
      expect(farFrom(fitted.transform(numbersOf(golden.new)), later)).toEqual([]);
    },
  );

  test("the first file: twelve rows of the cancer table", () => {
    const X = first.input;
    expect(farFrom(standardScaler().fit(X).transform(X), first.standard)).toEqual([]);
    expect(farFrom(minMaxScaler().fit(X).transform(X), first.minmax)).toEqual([]);
    expect(farFrom(robustScaler().fit(X).transform(X), first.robust)).toEqual([]);
    const small = X.slice(0, 3).map((row) => row.slice(0, 3));
    expect(farFrom(polynomialFeatures().fit(small).transform(small), first.poly2)).toEqual([]);
  });

  test("three components of the standardized cancer table", () => {
    const { X } = breastCancer();
    const scaled = standardScaler().fit(X).transform(X);
    const { components, explainedVariance } = pca({ components: 3 }).fit(scaled);
    const { explained_variance, components_up_to_sign } = first.pca3_breast_cancer_standardized;
    expect(farFrom({ data: explainedVariance, rows: 1, cols: 3 }, [explained_variance])).toEqual([]);
    const wanted = components_up_to_sign.map((row) => {
      const largest = row.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0);
      return row.map((x) => x * Math.sign(largest));
    });
    expect(farFrom({ data: components, rows: 3, cols: 30 }, wanted)).toEqual([]);
  });

  test("encoders refuse what they have not seen unless told otherwise", () => {
    const { unknown } = golden;
    const colour = { c: golden.categories.map((row) => row[0] as string) };
    const later = { c: unknown.map((row) => row[0] as string) };
    const message = '"X": expected the categories of the training data in column "c", got "pink" in row 0';
    expect(() => oneHotEncoder().fit(colour).transform(later)).toThrow(message);
    expect(() => ordinalEncoder().fit(colour).transform(later)).toThrow(message);
  });
});
