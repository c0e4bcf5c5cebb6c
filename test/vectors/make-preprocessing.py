"""Writes preprocessing-cases.json beside it: what scikit-learn's transforms make of small tables."""

import json
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn.decomposition import PCA
from sklearn.feature_selection import SelectKBest, SelectPercentile, VarianceThreshold, f_classif, f_regression
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import (
    KBinsDiscretizer,
    MaxAbsScaler,
    MinMaxScaler,
    Normalizer,
    OneHotEncoder,
    OrdinalEncoder,
    PolynomialFeatures,
    PowerTransformer,
    QuantileTransformer,
    RobustScaler,
    StandardScaler,
)

warnings.filterwarnings("ignore")
rng = np.random.default_rng(7)
n = 24
X = np.c_[
    rng.standard_normal(n) * 3 + 10,
    np.exp(rng.standard_normal(n)),
    -np.exp(rng.standard_normal(n)),
    rng.standard_t(2, n),
    np.full(n, 0.1),
    rng.integers(0, 4, n),
]
gaps = X.copy()
gaps[rng.random(X.shape) < 0.2] = np.nan
# Missing values in a constant column mislead some of the reference's transforms.
varying = np.delete(gaps, 4, axis=1)
new = np.r_[X[:3] * 1.3, X[5:8] - 2, [[0, 0, 0, 0, 0, 0]], [[30, 30, -30, 30, 30, 30]]]
y = rng.integers(0, 3, n)
target = X[:, 0] - 2 * X[:, 3] + rng.standard_normal(n)


def plain(values):
    def one(v):
        if isinstance(v, (list, tuple)):
            return [one(w) for w in v]
        if isinstance(v, float) and not np.isfinite(v):
            return "nan" if np.isnan(v) else ("inf" if v > 0 else "-inf")
        return v

    return one(np.asarray(values).tolist())


def case(transform, name, params, data="X", inverse=False, y=None):
    table, later = {"X": (X, new), "gaps": (gaps, new), "varying": (varying, np.delete(new, 4, axis=1))}[data]
    fitted = transform.fit(table, y)
    out = dict(name=name, params=params, data=data, train=plain(fitted.transform(table)), new=plain(fitted.transform(later)))
    if inverse:
        out["inverse"] = plain(fitted.inverse_transform(fitted.transform(table)))
    return out


cases = []
for data in ("X", "gaps"):
    cases += [
        case(StandardScaler(), "standardScaler", {}, data, True),
        case(StandardScaler(with_mean=False), "standardScaler", {"withMean": False}, data),
        case(StandardScaler(with_std=False), "standardScaler", {"withStd": False}, data),
        case(MinMaxScaler(), "minMaxScaler", {}, data, True),
        case(MinMaxScaler((-2, 3), clip=True), "minMaxScaler", {"low": -2, "high": 3, "clip": True}, data),
        case(MaxAbsScaler(), "maxAbsScaler", {}, data, True),
        case(RobustScaler(), "robustScaler", {}, data, True),
        case(RobustScaler(quantile_range=(10, 80), unit_variance=True), "robustScaler", {"quantileLow": 10, "quantileHigh": 80, "unitVariance": True}, data),
        case(RobustScaler(with_centering=False), "robustScaler", {"withCentering": False}, data),
        case(RobustScaler(with_scaling=False), "robustScaler", {"withScaling": False}, data),
        case(QuantileTransformer(n_quantiles=n), "quantileTransformer", {}, data, True),
        case(QuantileTransformer(n_quantiles=7), "quantileTransformer", {"nQuantiles": 7}, data, True),
        case(QuantileTransformer(n_quantiles=n, output_distribution="normal"), "quantileTransformer", {"outputDistribution": "normal"}, data, True),
        case(SimpleImputer(), "simpleImputer", {}, data),
        case(SimpleImputer(strategy="median", add_indicator=True), "simpleImputer", {"strategy": "median", "addIndicator": True}, data),
        case(SimpleImputer(strategy="most_frequent"), "simpleImputer", {"strategy": "mostFrequent"}, data),
        case(SimpleImputer(strategy="constant", fill_value=-1), "simpleImputer", {"strategy": "constant", "fillValue": -1}, data),
        case(VarianceThreshold(1.5), "varianceThreshold", {"threshold": 1.5}, data),
    ]
cases += [
    case(Normalizer(norm), "normalizer", {"norm": norm}) for norm in ("l1", "l2", "max")
] + [
    case(PolynomialFeatures(), "polynomialFeatures", {}),
    case(PolynomialFeatures(3, interaction_only=True, include_bias=False), "polynomialFeatures", {"degree": 3, "interactionOnly": True, "includeBias": False}),
    case(SelectKBest(f_classif, k=2), "selectKBest", {"k": 2}, y=y),
    case(SelectKBest(f_regression, k=3), "selectKBest", {"score": "fRegression", "k": 3}, y=target),
    case(SelectPercentile(f_regression, percentile=40), "selectPercentile", {"score": "fRegression", "percentile": 40}, y=target),
]
for data in ("X", "varying"):
    cases += [
        case(VarianceThreshold(), "varianceThreshold", {}, data),
        case(PowerTransformer(), "powerTransformer", {}, data, True),
        case(PowerTransformer(standardize=False), "powerTransformer", {"standardize": False}, data),
    ]
box = np.abs(X[:, :4]) + 0.1
power = PowerTransformer("box-cox").fit(box)

# Components only up to their signs, so their absolute values.
wide = X[:4]
pcas = [
    dict(params=params, rows=rows, variance=plain(m.explained_variance_), ratio=plain(m.explained_variance_ratio_), absolute=plain(np.abs(m.transform(X[:rows]))))
    for rows in (n, 4)
    for params, m in [
        ({}, PCA(svd_solver="full").fit(X[:rows])),
        ({"components": 2}, PCA(2, svd_solver="full").fit(X[:rows])),
        ({"components": 0.95}, PCA(0.95, svd_solver="full").fit(X[:rows])),
        ({"components": 2, "whiten": True}, PCA(2, whiten=True, svd_solver="full").fit(X[:rows])),
    ]
]

# None is a missing value.
colour = ["red", "green", None, "blue", "green", "red", "red", None]
size = [3, 1, 2, 1, 3, 3, 2, 1]
sex = ["m", "f", "f", "m", "m", "f", "m", "f"]
C = np.array([colour, size, sex], dtype=object).T
unknown = np.array([["pink", 1, "f"], ["red", 9, "m"], [None, 2, "f"]], dtype=object)
# The ordinal encoder takes NaN alone as missing.
M, later = (np.where(np.equal(table, None), np.nan, table).astype(object) for table in (C, unknown))
encoders = [
    dict(name="oneHotEncoder", params=dict(handleUnknown="ignore", drop=drop), train=plain(e.transform(C)), new=plain(e.transform(unknown)))
    for drop, e in [(d, OneHotEncoder(drop=s, handle_unknown="ignore", sparse_output=False).fit(C)) for d, s in (("none", None), ("first", "first"), ("ifBinary", "if_binary"))]
] + [
    dict(name="oneHotEncoder", params=dict(handleUnknown=how, drop=drop, minFrequency=least), train=plain(e.transform(C)), new=plain(e.transform(unknown)))
    for least in (2, 3, 0.3, 9) for drop, s in (("none", None), ("first", "first"), ("ifBinary", "if_binary")) for how in ("ignore", "infrequentIfExist")
    for e in [OneHotEncoder(drop=s, handle_unknown="ignore" if how == "ignore" else "infrequent_if_exist", min_frequency=least, sparse_output=False).fit(C)]
] + [
    dict(name="ordinalEncoder", params=dict(handleUnknown="useEncodedValue", unknownValue=-1, encodedMissingValue=missing), train=plain(e.transform(M)), new=plain(e.transform(later)))
    for missing, e in [(m, OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1, encoded_missing_value=np.nan if m is None else m).fit(M)) for m in (None, -2)]
]

bins = [
    dict(params=dict(nBins=b, strategy=s, encode=e), train=plain(k.transform(X)), new=plain(k.transform(new)), edges=[plain(edge) for edge in k.bin_edges_])
    for b in (3, 5) for s in ("uniform", "quantile") for e in ("ordinal", "oneHot")
    for k in [KBinsDiscretizer(b, encode="ordinal" if e == "ordinal" else "onehot-dense", strategy=s, **({"quantile_method": "linear"} if s == "quantile" else {}), subsample=None).fit(X)]
]

result = dict(
    version=sklearn.__version__, X=plain(X), gaps=plain(gaps), varying=plain(varying), new=plain(new), y=plain(y), target=plain(target), cases=cases,
    boxCox=dict(X=plain(box), lambdas=plain(power.lambdas_), train=plain(power.transform(box))),
    lambdas=plain(PowerTransformer().fit(X).lambdas_),
    fClassif=plain(f_classif(X, y)[0]), fRegression=plain(f_regression(X, target)[0]),
    pca=pcas, categories=plain(C), unknown=plain(unknown), encoders=encoders, bins=bins,
)
path = pathlib.Path(__file__).with_name("preprocessing-cases.json")
path.write_text(json.dumps(result, separators=(",", ":")) + "\n")
