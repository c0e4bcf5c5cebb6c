import { breastCancer, iris } from "vernier/datasets";
import { logisticRegression } from "vernier/models";
import {
  columns,
  kBinsDiscretizer,
  maxAbsScaler,
  minMaxScaler,
  normalizer,
  oneHotEncoder,
  ordinalEncoder,
  passthrough,
  pca,
  pipeline,
  polynomialFeatures,
  powerTransformer,
  quantileTransformer,
  robustScaler,
  selectKBest,
  selectPercentile,
  simpleImputer,
  standardScaler,
  varianceThreshold,
} from "vernier/preprocessing";
import type { Results } from "./digest.ts";

const cells = breastCancer();
const flowers = iris();
const rows = Array.from({ length: 90 }, (_, i) => [...cells.X.data.subarray(i * 30, i * 30 + 6)]);
const y = cells.y.slice(0, 90);
const gaps = rows.map((row, i) => row.map((x, j) => ((i + j) % 7 === 0 ? Number.NaN : x)));
const table = {
  size: Float64Array.from(gaps, (row) => row[0] as number),
  grain: gaps.map((row) => row[1] as number),
  kind: rows.map((_, i) => ["round", "flat", "äther", "Zylinder", null][i % 5] as string | null),
};

/** A transform's parameters as bytes and what it makes of the rows. */
function transformed(
  transform: { fit(X: never, y?: never): { save(): ArrayBuffer; transform(X: never): unknown } },
  X: unknown = rows,
): () => unknown {
  return () => {
    const known = transform.fit(X as never, y as never);
    return [known.save(), known.transform(X as never)];
  };
}

/** Every transform, and what joins them. */
export const preprocessingResults: Results = {
  kBinsDiscretizer: transformed(kBinsDiscretizer()),
  "kBinsDiscretizer, uniform": transformed(kBinsDiscretizer({ strategy: "uniform", encode: "ordinal" })),
  maxAbsScaler: transformed(maxAbsScaler(), gaps),
  minMaxScaler: transformed(minMaxScaler(), gaps),
  normalizer: transformed(normalizer()),
  oneHotEncoder: transformed(oneHotEncoder(), { kind: table.kind }),
  ordinalEncoder: transformed(ordinalEncoder(), { kind: table.kind }),
  passthrough: transformed(passthrough(), table),
  pca: transformed(pca({ components: 3, whiten: true })),
  polynomialFeatures: transformed(polynomialFeatures({ degree: 3 })),
  powerTransformer: transformed(powerTransformer(), gaps),
  "powerTransformer, boxCox": transformed(powerTransformer({ method: "boxCox" })),
  quantileTransformer: transformed(quantileTransformer({ outputDistribution: "normal", nQuantiles: 40 }), gaps),
  robustScaler: transformed(robustScaler(), gaps),
  selectKBest: transformed(selectKBest({ k: 3 })),
  "selectKBest, mutual information": transformed(selectKBest({ k: 3, score: "mutualInfoClassif" })),
  selectPercentile: transformed(selectPercentile({ percentile: 40 })),
  simpleImputer: transformed(simpleImputer({ strategy: "median", addIndicator: true }), gaps),
  standardScaler: transformed(standardScaler(), gaps),
  varianceThreshold: transformed(varianceThreshold({ threshold: 0.1 }), gaps),
  columns: transformed(
    columns([
      [pipeline([simpleImputer(), standardScaler()]), "numeric"],
      [oneHotEncoder({ handleUnknown: "ignore" }), "categorical"],
    ]) as never,
    table,
  ),
  pipeline: () => {
    const known = pipeline([standardScaler(), pca({ components: 2 }), logisticRegression()]).fit(flowers.X, flowers.y);
    return [known.save?.(), known.predictProba?.(flowers.X)];
  },
};
