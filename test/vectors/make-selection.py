"""Writes selection.json: rungs of scikit-learn's successive halving, validation curves and out-of-fold predictions.

python3 make-selection.py
"""
import itertools, json, pathlib, warnings
import numpy as np, sklearn
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.datasets import load_breast_cancer, load_iris
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.model_selection import GridSearchCV, HalvingGridSearchCV, HalvingRandomSearchCV, cross_val_predict, validation_curve
from sklearn.neighbors import KNeighborsRegressor
from sklearn.svm import SVC

warnings.filterwarnings("ignore")


class Rank(ClassifierMixin, BaseEstimator):
    """Scores by a setting alone."""

    def __init__(self, a=0, steps=1):
        self.a, self.steps = a, steps

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        return self

    def predict(self, X):
        return np.zeros(len(X), int)

    def score(self, X, y):
        return float(self.a)


def halve(kind, n, classes, candidates, splits, options):
    X, y = np.zeros((n, 1)), np.arange(n) % classes
    if kind == "grid":
        search = HalvingGridSearchCV(Rank(), {"a": list(range(candidates))}, cv=splits, **options)
    else:
        search = HalvingRandomSearchCV(
            Rank(), {"a": list(range(1000))}, n_candidates=candidates, cv=splits, random_state=0, **options
        )
    row = {"kind": kind, "n": n, "classes": classes, "candidates": candidates, "splits": splits, **options}
    try:
        search.fit(X, y)
    except ValueError as error:
        return {**row, "error": str(error).splitlines()[0]}
    return {**row, "n_candidates": search.n_candidates_, "n_resources": search.n_resources_}


rungs = []
for n, classes, candidates, splits, factor in itertools.product([60, 1000], [2, 3], [1, 7, 26, 100], [2, 5], [2, 3, 2.5]):
    for least, aggressive in itertools.product(["exhaust", "smallest", 20], [False, True]):
        options = dict(factor=factor, min_resources=least, aggressive_elimination=aggressive)
        rungs.append(halve("grid", n, classes, candidates, splits, options))
for n, candidates, factor, (least, most) in itertools.product(
    [200, 1000], ["exhaust", 10, 50], [2, 3], [("smallest", "auto"), (30, 150), ("exhaust", 190)]
):
    if least == candidates == "exhaust":
        continue
    rungs.append(halve("random", n, 2, candidates, 3, dict(factor=factor, min_resources=least, max_resources=most)))
for candidates, least, most in itertools.product([5, 40], ["exhaust", "smallest", 3], [10, 100]):
    options = dict(resource="steps", factor=3, min_resources=least, max_resources=most)
    rungs.append(halve("grid", 60, 2, candidates, 5, options))

X, y = load_iris(return_X_y=True)
C = [0.001, 0.01, 0.1, 1, 10]
train, test = validation_curve(SVC(kernel="rbf", gamma=0.1, tol=1e-8), X, y, param_name="C", param_range=C, cv=5)
model = SVC(kernel="rbf", gamma=0.5, C=10, tol=1e-8)
# Few of these distances are equal: what equal ones do is an implementation's own.
cells = load_breast_cancer().data
k = [1, 3, 8, 20]
grid = GridSearchCV(
    KNeighborsRegressor(),
    {"n_neighbors": k},
    scoring=["r2", "neg_mean_absolute_error"],
    refit="neg_mean_absolute_error",
    return_train_score=True,
).fit(cells[:, [1, 4, 5, 6, 8]], cells[:, 3])


def splits(side, metric):
    return np.stack([grid.cv_results_[f"split{i}_{side}_{metric}"] for i in range(5)], axis=1).tolist()


out = {
    "scikit-learn": sklearn.__version__,
    "rungs": rungs,
    "validation": {"C": C, "train": train.tolist(), "test": test.tolist()},
    "regression": {
        "k": k,
        "best": grid.best_params_["n_neighbors"],
        "rank": grid.cv_results_["rank_test_r2"].tolist(),
        **{metric: {side: splits(side, metric) for side in ["test", "train"]} for metric in grid.scorer_},
    },
    "predicted": cross_val_predict(model, X, y, cv=5).tolist(),
}
path = pathlib.Path(__file__).with_name("selection.json")
path.write_text(json.dumps(out) + "\n")
