"""Writes metrics-weighted.json beside it: scikit-learn's metrics on fixed predictions, with and without weights.

Probabilities are 64ths, so that rows sum to 1 exactly and equal scores occur.   python3 make-metrics.py
"""
import json
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn import metrics as M

warnings.filterwarnings("ignore")
rng = np.random.default_rng(20261124)
AVERAGES = ("macro", "micro", "weighted")


def plain(value):
    if isinstance(value, np.ndarray):
        return ["inf" if v == np.inf else plain(v) for v in value.tolist()]
    return float(value) if isinstance(value, (np.floating, float)) else value


def classes(K, y, P, w):
    yp, at, labels = P.argmax(1), {"sample_weight": w}, list(range(K))
    d = dict(
        accuracy=M.accuracy_score(y, yp, **at),
        balanced_accuracy=M.balanced_accuracy_score(y, yp, **at),
        balanced_accuracy_adjusted=M.balanced_accuracy_score(y, yp, adjusted=True, **at),
        mcc=M.matthews_corrcoef(y, yp, **at),
        log_loss=M.log_loss(y, P, **at),
        brier=M.brier_score_loss(y, P, labels=labels, **at),
        brier_halved=M.brier_score_loss(y, P, labels=labels, scale_by_half=True, **at),
        confusion=M.confusion_matrix(y, yp, labels=labels, **at),
    )
    for n in ("true", "pred", "all"):
        d[f"confusion_{n}"] = M.confusion_matrix(y, yp, labels=labels, normalize=n, **at)
    for n in ("linear", "quadratic"):
        d[f"kappa_{n}"] = M.cohen_kappa_score(y, yp, weights=n, **at)
    d["kappa_none"] = M.cohen_kappa_score(y, yp, **at)
    for avg in AVERAGES + (("binary",) if K == 2 else ()):
        for zero in (0, 1):
            o = dict(average=avg, zero_division=zero, **at)
            d[f"precision_{avg}_{zero}"] = M.precision_score(y, yp, **o)
            d[f"recall_{avg}_{zero}"] = M.recall_score(y, yp, **o)
            d[f"f1_{avg}_{zero}"] = M.f1_score(y, yp, **o)
            d[f"f2_{avg}_{zero}"] = M.fbeta_score(y, yp, beta=2, **o)
            d[f"f_half_{avg}_{zero}"] = M.fbeta_score(y, yp, beta=0.5, **o)
            d[f"jaccard_{avg}_{zero}"] = M.jaccard_score(y, yp, **o)
    report = M.classification_report(y, yp, labels=labels, zero_division=0, output_dict=True, **at)
    d["report"] = {k: v for k, v in report.items() if k != "accuracy"}
    if K == 2:
        s = P[:, 1]
        d["roc_auc"] = M.roc_auc_score(y, s, **at)
        d["average_precision"] = M.average_precision_score(y, s, **at)
        for drop in (True, False):
            d[f"roc_curve_{drop}"] = [plain(v) for v in M.roc_curve(y, s, drop_intermediate=drop, **at)]
        d["precision_recall_curve"] = [plain(v) for v in M.precision_recall_curve(y, s, **at)]
        d["precision_recall_curve_of_0"] = [plain(v) for v in M.precision_recall_curve(y, P[:, 0], pos_label=0, **at)]
    else:
        for avg in ("macro", "weighted"):
            d[f"roc_auc_ovr_{avg}"] = M.roc_auc_score(y, P, multi_class="ovr", average=avg, **at)
            if w is None:
                d[f"roc_auc_ovo_{avg}"] = M.roc_auc_score(y, P, multi_class="ovo", average=avg)
            d[f"average_precision_{avg}"] = M.average_precision_score(y, P, average=avg, **at)
        for k in range(1, K):
            d[f"top_{k}"] = M.top_k_accuracy_score(y, P, k=k, **at)
    return {k: plain(v) for k, v in d.items()}


def numbers(y, p, w):
    at = {"sample_weight": w}
    d = dict(
        r2=M.r2_score(y, p, **at),
        explained_variance=M.explained_variance_score(y, p, **at),
        mse=M.mean_squared_error(y, p, **at),
        rmse=M.root_mean_squared_error(y, p, **at),
        mae=M.mean_absolute_error(y, p, **at),
        median_ae=M.median_absolute_error(y, p, **at),
        mape=M.mean_absolute_percentage_error(y, p, **at),
        max_error=M.max_error(y, p),
    )
    for a in (0.1, 0.5, 0.9):
        d[f"pinball_{a}"] = M.mean_pinball_loss(y, p, alpha=a, **at)
    if min(y.min(), p.min()) > -1:
        d["msle"] = M.mean_squared_log_error(y, p, **at)
        d["rmsle"] = M.root_mean_squared_log_error(y, p, **at)
    return {k: plain(v) for k, v in d.items()}


def weights(n):
    w = rng.integers(0, 8, n) / 4
    w[:3] = (0.1, 0.7, 0.3)
    return w


out = {"scikit-learn": sklearn.__version__, "classification": [], "regression": []}
for name, K, n in (("two classes", 2, 40), ("three classes", 3, 36), ("five classes", 5, 50)):
    y = np.concatenate([np.arange(K), rng.integers(0, K, n - K)])
    P = np.array([rng.multinomial(64 - 12, rng.dirichlet(np.ones(K))) for _ in y])
    P[np.arange(n), y] += 12
    if name == "five classes":  # the last class is never predicted
        P[:, 0] += P[:, 4]
        P[:, 4] = 0
    P = P / 64
    w = weights(n)
    for sw in (None, w):
        out["classification"].append(
            dict(name=name, weighted=sw is not None, labels=list(range(K)), y_true=plain(y), y_pred=plain(P.argmax(1)),
                 proba=[plain(r) for r in P], sample_weight=None if sw is None else plain(w), **classes(K, y, P, sw)))
for name, n, low in (("any sign", 31, -8), ("not below 0, with a true 0", 24, 0)):
    y = rng.integers(low * 4, 40, n) / 4
    p = np.maximum(low, y + rng.integers(-9, 10, n) / 8)
    if low == 0:
        y[0] = 0
    w = weights(n)
    for sw in (None, w):
        out["regression"].append(
            dict(name=name, weighted=sw is not None, y_true=plain(y), y_pred=plain(p),
                 sample_weight=None if sw is None else plain(w), **numbers(y, p, sw)))
path = pathlib.Path(__file__).with_name("metrics-weighted.json")
path.write_text(json.dumps(out) + "\n")
print(path.name, sklearn.__version__)
