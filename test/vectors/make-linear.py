# Writes linear.json: scikit-learn's LinearSVC, its weighted fits, its probabilities of SVC, and the sigmoid and the
# pairwise coupling that these are made of, from their formulas. Tables: ../../data, standardized.
import csv
import json
import pathlib
import warnings

import numpy as np
import sklearn
from scipy.optimize import root
from sklearn.linear_model import ElasticNet, LogisticRegression, Ridge
from sklearn.metrics import log_loss
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, SVR, LinearSVC

warnings.filterwarnings("ignore")
here = pathlib.Path(__file__).resolve().parent


def load(name):
    rows = list(csv.reader(open(here.parent.parent / "data" / f"{name}.csv")))[1:]
    X = StandardScaler().fit_transform([[float(v) for v in r[:-1]] for r in rows])
    return X, np.array([r[-1] for r in rows])


tables = {name: load(name) for name in ("iris", "breast_cancer")}


def polish(X, y, m, C, scaling):
    """Newton steps from LIBLINEAR's solution until the gradient vanishes."""
    A = np.c_[X, np.full(len(X), scaling)] if scaling else X
    W = np.c_[m.coef_, m.intercept_ / scaling] if scaling else m.coef_.copy()
    for k in range(len(W)):
        own = m.classes_[1 if len(W) == 1 else k]
        s = np.where(y == own, 1.0, -1.0)
        for _ in range(20):
            I = s * (A @ W[k]) < 1
            B = A[I] * np.sqrt(2 * C)
            W[k] = np.linalg.solve(np.eye(A.shape[1]) + B.T @ B, B.T @ (s[I] * np.sqrt(2 * C)))
        I = s * (A @ W[k]) < 1
        assert np.abs(W[k] - 2 * A[I].T @ (C * (s[I] - A[I] @ W[k]))).max() < 1e-12 * max(1, C * len(y))
    return (W[:, :-1], W[:, -1] * scaling) if scaling else (W, np.zeros(len(W)))


linear_svc = []
for name, (X, y) in tables.items():
    for params in (dict(C=0.01), dict(C=1.0), dict(C=1.0, fit_intercept=False),
                   dict(C=10.0, intercept_scaling=3.0)):
        m = LinearSVC(dual=False, tol=1e-13, max_iter=1000000, **params).fit(X, y)
        coef, intercept = polish(X, y, m, params["C"], params.get("intercept_scaling", 1.0) if params.get("fit_intercept", True) else 0)
        assert np.abs(coef - m.coef_).max() < 1e-5
        linear_svc.append(dict(data=name, params=params, coef=coef.tolist(), intercept=intercept.tolist()))

weighted = []
for name, (X, y) in tables.items():
    s = 0.5 + np.arange(len(y)) % 4
    for cw in (None, "balanced"):
        m = LogisticRegression(C=0.7, class_weight=cw, solver="newton-cg", tol=1e-13, max_iter=100000).fit(X, y, s)
        weighted.append(dict(model="logisticRegression", data=name, params=dict(C=0.7), classWeight=cw, values=m.decision_function(X[:20]).reshape(20, -1).tolist()))
        m = SVC(C=0.35 if cw else 0.7, gamma=0.1, class_weight=cw, tol=1e-9, decision_function_shape="ovo")
        # SVC balances classes by their rows, whatever these weigh: with both, the rows stand there twice as often as they weigh.
        rows = np.repeat(np.arange(len(y)), (2 * s).astype(int)) if cw else slice(None)
        m = m.fit(X[rows], y[rows]) if cw else m.fit(X, y, s)
        weighted.append(dict(model="svc", data=name, params=dict(C=0.7, gamma=0.1), classWeight=cw, values=m.decision_function(X[:20]).reshape(20, -1).tolist()))
X, _ = tables["breast_cancer"]
Xr, yr = np.delete(X, 3, axis=1), X[:, 3]
s = 0.5 + np.arange(len(yr)) % 4
for name, params, m in (("ridge", dict(alpha=2.0), Ridge(alpha=2.0, tol=1e-13)),
                        ("elasticNet", dict(alpha=0.01, l1Ratio=0.5), ElasticNet(alpha=0.01, l1_ratio=0.5, tol=1e-13, max_iter=1000000)),
                        ("svr", dict(C=0.5, epsilon=0.05, gamma=0.02), SVR(C=0.5, epsilon=0.05, gamma=0.02, tol=1e-9))):
    weighted.append(dict(model=name, data="mean_area", params=params, classWeight=None, values=m.fit(Xr, yr, s).predict(Xr[:20]).reshape(20, -1).tolist()))

probability = []
for name, (X, y) in tables.items():
    losses = [log_loss(y, SVC(C=1.0, gamma=0.1, probability=True, random_state=seed).fit(X, y).predict_proba(X)) for seed in range(20)]
    probability.append(dict(data=name, params=dict(C=1.0, gamma=0.1), least=min(losses), most=max(losses)))

rng = np.random.default_rng(0)
sigmoids = []
for n, positives, scale in ((30, 12, 1.0), (50, 5, 3.0), (200, 100, 0.3), (12, 6, 50.0)):
    first = np.zeros(n, int)
    first[rng.permutation(n)[:positives]] = 1
    f = scale * (rng.standard_normal(n) + 2 * first - 1)
    high, low = (positives + 1) / (positives + 2), 1 / (n - positives + 2)
    t = np.where(first == 1, high, low)
    gradient = lambda ab: np.array([(f * (t - 1 / (1 + np.exp(ab[0] * f + ab[1])))).sum(), (t - 1 / (1 + np.exp(ab[0] * f + ab[1]))).sum()])
    best = root(gradient, [-1 / scale, 0.0], tol=1e-14)
    assert np.abs(gradient(best.x)).max() < 1e-9
    sigmoids.append(dict(f=f.tolist(), first=first.tolist(), a=best.x[0], b=best.x[1]))

couplings = []
for k in (3, 4, 7):
    f = 2 * rng.standard_normal(k * (k - 1) // 2)
    ab = np.stack([-1 - rng.random(len(f)), 0.3 * rng.standard_normal(len(f))], 1)
    r = np.zeros((k, k))
    pairs = [(i, j) for i in range(k) for j in range(i + 1, k)]
    for (i, j), value, (a, b) in zip(pairs, f, ab):
        r[i, j] = 1 / (1 + np.exp(a * value + b))
        r[j, i] = 1 - r[i, j]
    Q = -r * r.T
    np.fill_diagonal(Q, (r ** 2).sum(0))
    p = np.linalg.solve(np.block([[Q, np.ones((k, 1))], [np.ones((1, k)), np.zeros((1, 1))]]), np.r_[np.zeros(k), 1])[:k]
    couplings.append(dict(f=f.tolist(), sigmoids=ab.ravel().tolist(), p=p.tolist()))

(here / "linear.json").write_text(json.dumps({"scikit-learn": sklearn.__version__, "linear_svc": linear_svc, "weighted": weighted, "probability": probability, "sigmoids": sigmoids, "couplings": couplings}) + "\n")
