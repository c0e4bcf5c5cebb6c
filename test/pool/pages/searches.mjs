// A search that the tests call in a page.
import { iris } from "vernier/datasets";
import { logisticRegression } from "vernier/models";
import { gridSearch } from "vernier/selection";

window.search = async (workers) => {
  const { X, y } = iris();
  const lists = { C: [0.01, 0.1, 1, 10] };
  const { study, best } = await gridSearch(logisticRegression(), lists, X, y, {
    workers,
    lag: 2,
    seed: 3,
    refit: false,
  });
  return { digest: study.digest(), best: best.number, isolated: crossOriginIsolated };
};
window.study = window.search;
