import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc32 } from "../../src/core/crc32.ts";
import type { Matrix } from "../../src/core/matrix.ts";
import { breastCancer } from "../../src/datasets/breast-cancer.ts";
import { brentMinimum } from "../../src/preprocessing/brent.ts";
import {
  maxAbsScaler,
  minMaxScaler,
  normalizer,
  oneHotEncoder,
  ordinalEncoder,
  pca,
  polynomialFeatures,
  powerTransformer,
  quantileTransformer,
  robustScaler,
  selectKBest,
  selectPercentile,
  simpleImputer,
  standardScaler,
  transformNamed,
  varianceThreshold,
} from "../../src/preprocessing/index.ts";
import { interpolate } from "../../src/preprocessing/interpolate.ts";
import { transforms } from "../../src/preprocessing/registry.ts";

const entry = fc.integer({ min: -4000, max: 4000 }).map((k) => k / 64);
const tables = (minRows: number, maxRows: number, cols: number): fc.Arbitrary<number[][]> =>
  fc.array(fc.array(entry, { minLength: cols, maxLength: cols }), { minLength: minRows, maxLength: maxRows });
const columnOf = ({ data, rows, cols }: Matrix, j: number): number[] =>
  Array.from({ length: rows }, (_, i) => data[i * cols + j] as number);
const row = (X: Matrix, i: number): number[] => [...X.data.subarray(i * X.cols, (i + 1) * X.cols)];

describe("scalers", () => {
  test("by a power of two make no difference, bit for bit", () => {
    fc.assert(
      fc.property(tables(2, 12, 3), fc.integer({ min: -20, max: 20 }), (X, k) => {
        const scale = 2 ** k;
        const scaled = X.map((values) => values.map((value) => value * scale));
        for (const make of [standardScaler, minMaxScaler, maxAbsScaler, robustScaler, quantileTransformer]) {
          // A spread near the rounding of 1 counts as none.
          fc.pre(X.every((_, i) => X[0]?.every((value, j) => value === X[i]?.[j] || scale > 2 ** -30) ?? true));
          expect(make().fit(scaled).transform(scaled)).toEqual(make().fit(X).transform(X));
        }
      }),
    );
  });

  test("standardized columns have mean 0 and variance 1; constant ones are 0", () => {
    fc.assert(
      fc.property(tables(2, 20, 2), entry, (X, value) => {
        const table = X.map((values) => [...values, value]);
        const Z = standardScaler().fit(table).transform(table);
        expect(columnOf(Z, 2).every((z) => Math.abs(z) < 1e-9)).toBe(true);
        for (const j of [0, 1]) {
          const z = columnOf(Z, j);
          const mean = z.reduce((sum, x) => sum + x, 0) / z.length;
          const variance = z.reduce((sum, x) => sum + (x - mean) ** 2, 0) / z.length;
          expect(mean).toBeCloseTo(0, 8);
          const varies = new Set(X.map((values) => values[j])).size > 1;
          expect(variance).toBeCloseTo(varies ? 1 : 0, 8);
        }
      }),
    );
  });

  test("missing numbers count for nothing: a column is scaled as without them", () => {
    fc.assert(
      fc.property(tables(2, 12, 1), fc.integer({ min: 1, max: 4 }), (X, gaps) => {
        const table = [...X, ...Array.from({ length: gaps }, () => [Number.NaN])];
        for (const make of [standardScaler, minMaxScaler, maxAbsScaler, robustScaler]) {
          const { data } = make().fit(table).transform(table);
          expect([...data.subarray(0, X.length)]).toEqual([...make().fit(X).transform(X).data]);
          expect([...data.subarray(X.length)].every(Number.isNaN)).toBe(true);
        }
      }),
    );
  });

  test("the quantile transform keeps the order and stays in its range", () => {
    fc.assert(
      fc.property(tables(2, 30, 1), tables(1, 10, 1), fc.integer({ min: 1, max: 40 }), (X, later, nQuantiles) => {
        for (const outputDistribution of ["uniform", "normal"] as const) {
          const fitted = quantileTransformer({ nQuantiles, outputDistribution }).fit(X);
          const sorted = [...X, ...later].sort(([a = 0], [b = 0]) => a - b);
          const { data } = fitted.transform(sorted);
          expect([...data]).toEqual([...data].sort((a, b) => a - b));
          const end = outputDistribution === "uniform" ? 1 : 5.2;
          expect(data.every((z) => z <= end && z >= (outputDistribution === "uniform" ? 0 : -end))).toBe(true);
        }
      }),
    );
  });

  test("rows of a norm are 1 long, but for zeros", () => {
    fc.assert(
      fc.property(tables(1, 6, 3), (X) => {
        const Z = normalizer({ norm: "l1" }).fit(X).transform(X);
        X.forEach((values, i) => {
          const length = row(Z, i).reduce((sum, z) => sum + Math.abs(z), 0);
          expect(length).toBeCloseTo(values.every((value) => value === 0) ? 0 : 1, 12);
        });
      }),
    );
  });
});

describe("the power transform", () => {
  // The definition, in this runtime's own functions.
  const raised = (x: number, lambda: number): number => {
    if (x >= 0) return lambda === 0 ? Math.log1p(x) : ((x + 1) ** lambda - 1) / lambda;
    return lambda === 2 ? -Math.log1p(-x) : -((1 - x) ** (2 - lambda) - 1) / (2 - lambda);
  };
  const loss = (column: readonly number[], lambda: number): number => {
    const z = column.map((x) => raised(x, lambda));
    const mean = z.reduce((sum, x) => sum + x, 0) / z.length;
    const variance = z.reduce((sum, x) => sum + (x - mean) ** 2, 0) / z.length;
    const slope = column.reduce((sum, x) => sum + Math.sign(x) * Math.log1p(Math.abs(x)), 0);
    return (z.length / 2) * Math.log(variance) - (lambda - 1) * slope;
  };

  test("is the one of greatest likelihood near it and on a grid", () => {
    fc.assert(
      fc.property(fc.uniqueArray(entry, { minLength: 5, maxLength: 30 }), (column) => {
        const [lambda = 0] = powerTransformer().fit(column.map((x) => [x])).lambdas;
        const found = loss(column, lambda);
        for (let other = -3; other <= 5; other += 0.25) expect(found).toBeLessThanOrEqual(loss(column, other) + 1e-9);
        for (const step of [-1e-3, 1e-3]) expect(found).toBeLessThanOrEqual(loss(column, lambda + step) + 1e-9);
      }),
    );
  });

  test("of numbers far from 0 is found though their powers cancel", () => {
    const column = Array.from({ length: 30 }, (_, i) => [1e6 + i * i]);
    const fitted = powerTransformer().fit(column);
    const Z = fitted.transform(column);
    expect(Z.data.every(Number.isFinite)).toBe(true);
    expect([...Z.data]).toEqual([...Z.data].sort((a, b) => a - b));
  });

  test("Box-Cox refuses what is not above 0", () => {
    expect(() => powerTransformer({ method: "boxCox" }).fit([[1], [0]])).toThrow(
      '"X": expected numbers > 0 for "boxCox", got 0 in row 1, column x0',
    );
  });
});

describe("principal components", () => {
  const product = (fitted: { components: Float64Array }, cols: number, a: number, b: number): number => {
    let sum = 0;
    for (let j = 0; j < cols; j++) {
      sum += (fitted.components[a * cols + j] as number) * (fitted.components[b * cols + j] as number);
    }
    return sum;
  };

  test.each([
    ["more rows than columns", 8, 3],
    ["as many", 4, 4],
    ["fewer", 3, 7],
    ["two rows", 2, 5],
  ])("with %s are orthonormal and give X back", (_, rows, cols) => {
    fc.assert(
      fc.property(tables(rows, rows, cols), (X) => {
        const fitted = pca().fit(X);
        const k = Math.min(rows, cols);
        expect(fitted.names).toHaveLength(k);
        for (let a = 0; a < k; a++) {
          for (let b = 0; b <= a; b++) expect(product(fitted, cols, a, b)).toBeCloseTo(a === b ? 1 : 0, 9);
          const axis = fitted.components.subarray(a * cols, (a + 1) * cols);
          const largest = axis.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0);
          expect(largest).toBeGreaterThan(0);
        }
        const back = fitted.inverseTransform?.(fitted.transform(X)) as Matrix;
        X.forEach((values, i) => values.forEach((value, j) => expect(row(back, i)[j]).toBeCloseTo(value, 8)));
        expect([...fitted.explainedVariance]).toEqual([...fitted.explainedVariance].sort((a, b) => b - a));
      }),
      { numRuns: 50 },
    );
  });

  test("of rows that are all equal have no variance", () => {
    const X = [
      [1, 2, 3],
      [1, 2, 3],
    ];
    const fitted = pca({ whiten: true }).fit(X);
    expect([...fitted.explainedVariance]).toEqual([0, 0]);
    expect([...fitted.transform(X).data]).toEqual([0, 0, 0, 0]);
  });

  test("more than there can be are refused", () => {
    const X = [
      [1, 2, 3],
      [4, 5, 7],
    ];
    expect(() => pca({ components: 3 }).fit(X)).toThrow(
      '"components": expected at most 2, the lesser of rows and columns, got 3',
    );
    expect(() => pca({ components: 1.5 })).toThrow('"components": expected a whole number >= 1, a share');
    expect(() => pca().fit([[1, 2]])).toThrow('"X": expected at least 2 rows, got 1');
  });
});

describe("encoders and imputers", () => {
  const words = fc.array(fc.constantFrom("a", "b", "c", null, 1, 2, true, false), { minLength: 1, maxLength: 20 });

  test("one-hot rows have a single 1 a column; codes lead back to the categories", () => {
    fc.assert(
      fc.property(words, (cells) => {
        const hot = oneHotEncoder().fit({ c: cells });
        const Z = hot.transform({ c: cells });
        cells.forEach((cell, i) => {
          const at = row(Z, i);
          expect(at.reduce((sum, z) => sum + z, 0)).toBe(1);
          expect(hot.categories[0]?.[at.indexOf(1)]).toBe(cell);
        });
        const codes = ordinalEncoder().fit({ c: cells });
        codes.transform({ c: cells }).data.forEach((code, i) => {
          expect(Number.isNaN(code) ? null : codes.categories[0]?.[code]).toBe(cells[i]);
        });
      }),
    );
  });

  test("categories that were not seen are zeros, the unknown value, or an error", () => {
    const train = { c: ["x", "y"] };
    expect([
      ...oneHotEncoder({ handleUnknown: "ignore" })
        .fit(train)
        .transform({ c: ["z"] }).data,
    ]).toEqual([0, 0]);
    const encoder = ordinalEncoder({ handleUnknown: "useEncodedValue" });
    expect([...encoder.fit(train).transform({ c: ["z"] }).data]).toEqual([Number.NaN]);
    expect(() => encoder.with({ unknownValue: 1 }).fit(train)).toThrow(
      '"unknownValue": expected a number that is no category\'s code (0 to 1), got 1',
    );
  });

  test("infrequent categories share a column", () => {
    const X = { c: ["a", "a", "b", "c", "a", null] };
    const fitted = oneHotEncoder({ minFrequency: 2 }).fit(X);
    expect(fitted.names).toEqual(["c_a", "c_infrequent"]);
    expect([...fitted.transform(X).data]).toEqual([1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 0, 1]);
    expect(oneHotEncoder({ minFrequency: 0.1 }).fit(X).names).toEqual(["c_a", "c_b", "c_c", "c_null"]);
    expect(() => oneHotEncoder({ minFrequency: 1.5 })).toThrow('"minFrequency": expected a whole number >= 1, a share');
  });

  test("imputed columns of words stay words", () => {
    const X = { city: ["Oslo", null, "Oslo", "Bern"], age: [1, 2, null, 4] };
    const fitted = simpleImputer({ strategy: "mostFrequent", addIndicator: true }).fit(X);
    expect(fitted.names).toEqual(["city", "age", "city_missing", "age_missing"]);
    expect(fitted.transform(X)).toEqual({
      city: ["Oslo", "Oslo", "Oslo", "Bern"],
      age: Float64Array.of(1, 2, 1, 4),
      city_missing: Float64Array.of(0, 1, 0, 0),
      age_missing: Float64Array.of(0, 0, 1, 0),
    });
    expect(simpleImputer({ strategy: "constant" }).fit(X).transform(X)).toMatchObject({
      city: ["Oslo", "missing", "Oslo", "Bern"],
      age: Float64Array.of(1, 2, 0, 4),
    });
    expect(() => simpleImputer().fit(X)).toThrow('"X": expected numbers in column "city", got "Oslo"');
    expect(() => simpleImputer({ strategy: "constant", fillValue: "?" }).fit(X)).toThrow(
      '"fillValue": expected a number for column "age", got "?"',
    );
  });

  test("columns with nothing but gaps are left out, or kept", () => {
    const X = [
      [1, Number.NaN],
      [2, Number.NaN],
    ];
    expect(simpleImputer().fit(X).names).toEqual(["x0"]);
    expect(simpleImputer().fit(X).transform(X)).toEqual({ data: Float64Array.of(1, 2), rows: 2, cols: 1 });
    const kept = simpleImputer({ keepEmptyFeatures: true }).fit(X).transform(X) as Matrix;
    expect([...kept.data]).toEqual([1, 0, 2, 0]);
  });
});

describe("new and chosen columns", () => {
  test("polynomials have names by which they can be checked", () => {
    const X = [
      [2, 3],
      [5, 7],
    ];
    const fitted = polynomialFeatures().fit(X);
    expect(fitted.names).toEqual(["1", "x0", "x1", "x0^2", "x0 x1", "x1^2"]);
    expect(row(fitted.transform(X), 1)).toEqual([1, 5, 7, 25, 35, 49]);
    expect(() => polynomialFeatures({ degree: 9 }).fit([Array.from({ length: 40 }, (_, j) => j)])).toThrow(
      '"degree": expected at most 1000000 columns as the result',
    );
  });

  test("of equal scores the first columns are kept, those without one last", () => {
    const y = ["a", "a", "b", "b"];
    const X = [
      [5, 1, 1, 0],
      [5, 2, 2, 0],
      [5, 3, 3, 9],
      [5, 4, 4, 8],
    ];
    expect([...selectKBest({ k: 2 }).fit(X, y).kept]).toEqual([1, 3]);
    expect([...selectKBest({ k: 3 }).fit(X, y).kept]).toEqual([1, 2, 3]);
    expect(selectKBest({ k: 1 }).fit({ a: [5, 5, 5, 5], b: [1, 2, 3, 4] }, y).names).toEqual(["b"]);
    expect([...selectPercentile({ percentile: 1 }).fit(X, y).kept]).toEqual([3]);
    expect(() => selectKBest({ k: 5 }).fit(X, y)).toThrow('"k": expected at most 4, the number of columns, got 5');
    expect(() => selectKBest({ k: 1 }).fit(X)).toThrow('"y": expected 4 entries, one for each row of X, got undefined');
    expect(() => selectKBest({ k: 1 }).fit(X, ["a", "a", "a", "a"])).toThrow('"y": expected at least two classes');
    expect(() => selectKBest({ k: 1, score: "fRegression" }).fit(X, y)).toThrow(
      '"y": expected finite numbers, got "a"',
    );
  });

  test("columns that do not vary are none", () => {
    expect(() => varianceThreshold().fit([[0.1], [0.1], [0.1]])).toThrow(
      '"X": expected a column with a variance above 0, got none',
    );
  });
});

describe("numeric parts", () => {
  test("Brent's method finds the bottom of parabolas and of steeper curves, wherever it starts", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -50, max: 50, noNaN: true }),
        fc.double({ min: 0.1, max: 9, noNaN: true }),
        (at, width) => {
          const parabola = brentMinimum((x) => (x - at) ** 2, -2, 2);
          expect(Math.abs(parabola - at)).toBeLessThan(1e-6 * Math.max(1, Math.abs(at)));
          const steep = brentMinimum((x) => Math.exp((x - at) / width) + Math.exp((at - x) / width), -2, 2);
          expect(Math.abs(steep - at)).toBeLessThan(1e-6 * Math.max(10, Math.abs(at)));
        },
      ),
    );
  });

  test("interpolation is that of a search from the left", () => {
    const xs = Float64Array.of(0, 1, 1, 3);
    const ys = Float64Array.of(5, 6, 8, 0);
    const naive = (x: number): number => {
      if (x < 0) return 5;
      if (x >= 3) return 0;
      return x < 1 ? 5 + x : 8 - 4 * (x - 1);
    };
    for (const x of [-1, 0, 0.25, 1, 1.5, 2.75, 3, 9]) expect(interpolate(x, xs, ys)).toBe(naive(x));
    expect(interpolate(Number.NaN, xs, ys)).toBeNaN();
  });
});

test("what each transform learns from the cancer table is pinned, bit for bit", () => {
  const { X, y } = breastCancer();
  const small = { data: X.data.slice(0, 100 * X.cols), rows: 100, cols: X.cols };
  const digests = Object.keys(transforms).map((name) => {
    const fitted = transformNamed(name).fit(small, y.slice(0, 100));
    const { data } = fitted.transform(small) as Matrix;
    return [name, crc32(new Uint8Array(fitted.save())), crc32(new Uint8Array(data.buffer))];
  });
  expect(digests).toMatchInlineSnapshot(`
    [
      [
        "kBinsDiscretizer",
        2588092243,
        2382656493,
      ],
      [
        "maxAbsScaler",
        4046735692,
        4129797418,
      ],
      [
        "minMaxScaler",
        2051308441,
        3959807237,
      ],
      [
        "normalizer",
        2385410122,
        2158965422,
      ],
      [
        "oneHotEncoder",
        3871361573,
        618032402,
      ],
      [
        "ordinalEncoder",
        3555690942,
        3401159172,
      ],
      [
        "passthrough",
        2588929733,
        2792405720,
      ],
      [
        "pca",
        1039260927,
        3632455462,
      ],
      [
        "polynomialFeatures",
        3117676580,
        1627769421,
      ],
      [
        "powerTransformer",
        282386909,
        2732381554,
      ],
      [
        "quantileTransformer",
        79011428,
        4041487364,
      ],
      [
        "robustScaler",
        2958002295,
        3733974168,
      ],
      [
        "selectKBest",
        4143947882,
        3561493874,
      ],
      [
        "selectPercentile",
        1167729609,
        268632608,
      ],
      [
        "simpleImputer",
        46539285,
        2792405720,
      ],
      [
        "standardScaler",
        2594552805,
        116687411,
      ],
      [
        "varianceThreshold",
        672442712,
        2792405720,
      ],
    ]
  `);
});
