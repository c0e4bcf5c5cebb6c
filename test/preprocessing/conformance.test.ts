import { expect, test } from "vitest";
import {
  kBinsDiscretizer,
  maxAbsScaler,
  minMaxScaler,
  normalizer,
  oneHotEncoder,
  ordinalEncoder,
  passthrough,
  pca,
  polynomialFeatures,
  powerTransformer,
  quantileTransformer,
  robustScaler,
  selectKBest,
  selectPercentile,
  simpleImputer,
  standardScaler,
  varianceThreshold,
} from "../../src/preprocessing/index.ts";
import { transforms } from "../../src/preprocessing/registry.ts";
import { describeTransform } from "../conformance/transform.ts";

const tested: string[] = [];
const describeOne: typeof describeTransform = (make, traits, cheap) => {
  tested.push(make().name);
  describeTransform(make, traits, cheap);
};

describeOne(kBinsDiscretizer, { takes: "numbers", missing: "refused" });
describeOne(maxAbsScaler, { takes: "numbers", missing: "kept" });
describeOne(minMaxScaler, { takes: "numbers", missing: "kept" });
describeOne(normalizer, { takes: "numbers", missing: "refused" });
describeOne(oneHotEncoder, { takes: "categories", missing: "kept" });
describeOne(ordinalEncoder, { takes: "categories", missing: "kept" });
describeOne(pca, { takes: "numbers", missing: "refused" });
describeOne(polynomialFeatures, { takes: "numbers", missing: "refused" });
describeOne(powerTransformer, { takes: "numbers", missing: "kept" });
describeOne(quantileTransformer, { takes: "numbers", missing: "kept" });
describeOne(robustScaler, { takes: "numbers", missing: "kept" });
describeOne(selectKBest, { takes: "numbers", missing: "refused" }, { k: 3 });
describeOne(selectPercentile, { takes: "numbers", missing: "refused" }, { percentile: 50 });
describeOne(simpleImputer, { takes: "numbers", missing: "replaced" });
describeOne(standardScaler, { takes: "numbers", missing: "kept" });
describeOne(varianceThreshold, { takes: "numbers", missing: "kept" });
describeOne(passthrough, { takes: "categories", missing: "kept" });

test("every transform is tested", () => expect(tested.sort()).toEqual(Object.keys(transforms).sort()));
