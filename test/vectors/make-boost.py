"""Raw predictions of scikit-learn's histogram gradient boosting on the built-in tables.

Usage: python make-boost.py > boost.json   (scikit-learn 1.9.1)
"""

import csv
import json
import pathlib

import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

data = pathlib.Path(__file__).resolve().parent.parent.parent / "data"


def load(name):
    rows = list(csv.reader(open(data / f"{name}.csv")))[1:]
    X = np.array([[float(v) for v in row[:-1]] for row in rows])
    classes = sorted({row[-1] for row in rows})
    return X, np.array([classes.index(row[-1]) for row in rows])


cancer, iris, digits = load("breast_cancer"), load("iris"), load("digits")


def holes(X):
    """Every entry (i, j) with (7 i + 3 j) mod 11 = 0 missing."""
    i, j = np.indices(X.shape)
    return np.where((7 * i + 3 * j) % 11 == 0, np.nan, X)


def categories(X):
    """Column 0 as 13 shuffled categories of its rounded value, column 1 as 40."""
    X = X.copy()
    X[:, 0] = (np.floor(X[:, 0]) * 5) % 13
    X[:, 1] = (np.floor(X[:, 1] * 4) * 7) % 40
    return X


# Uneven, so that no two splits tie: those that do are chosen between by rounding there.
weights = lambda n: 0.5 + (np.arange(n) * 0.6180339887498949) % 1
cases = []


def case(name, table, X, y, weighted=False, regression=False, **params):
    make = HistGradientBoostingRegressor if regression else HistGradientBoostingClassifier
    # As far as growth is concerned; what draws at random stays out.
    model = make(early_stopping=False, **params).fit(X, y, sample_weight=weights(len(y)) if weighted else None)
    raw = model._raw_predict(X[::7])
    cases.append(
        dict(name=name, data=table, weighted=weighted, baseline=np.ravel(model._baseline_prediction).tolist(), stages=len(model._predictors), raw=raw.tolist())
    )


X, y = cancer
target, rest = X[:, 3], np.delete(X, 3, axis=1)
for loss in ("squared_error", "absolute_error", "poisson"):
    case(loss, "breast_cancer", rest, target if loss != "poisson" else np.floor(target / 100), regression=True, loss=loss, max_iter=10)
case("regression, few leaves", "breast_cancer", rest, target, regression=True, max_iter=10, max_leaf_nodes=5, l2_regularization=3)
case("regression, no limit of leaves", "breast_cancer", rest, target, regression=True, max_iter=10, max_leaf_nodes=None, max_depth=4, min_samples_leaf=7)
case("regression, weights", "breast_cancer", rest, target, weighted=True, regression=True, max_iter=10)
case("binary, few bins", "breast_cancer", X, y, weighted=True, max_iter=20, max_bins=16)
case("binary, holes", "breast_cancer", holes(X), y, weighted=True, max_iter=20)
case("binary, categories", "breast_cancer", categories(X), y, weighted=True, max_iter=20, categorical_features=[0, 1])
case("binary, categories with holes", "breast_cancer", holes(categories(X)), y, weighted=True, max_iter=20, categorical_features=[0, 1])
case("binary, weights", "breast_cancer", X, y, weighted=True, max_iter=20)
case("multi-class", "iris", *iris, weighted=True, max_iter=20)
case("multi-class, holes", "digits", holes(digits[0][:400]), digits[1][:400], weighted=True, max_iter=3)

early = HistGradientBoostingClassifier(early_stopping=True, validation_fraction=None, n_iter_no_change=3, tol=1e-2, max_iter=200).fit(X, y, sample_weight=weights(len(y)))
print(
    json.dumps(
        {
            "scikit-learn": sklearn.__version__,
            "cases": cases,
            "stopping": {"iterations": int(early.n_iter_), "train_loss": (-early.train_score_).tolist()},
        }
    )
)
