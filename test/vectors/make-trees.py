"""Writes trees.json: scikit-learn's trees on small tables without ties. python3 make-trees.py"""
import json
import pathlib
import numpy as np
import sklearn
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

rng = np.random.default_rng(7)
n, d = 80, 3
# Exact in single precision, which scikit-learn stores features in; every difference exceeds its tolerance of 1e-7.
X = np.stack([rng.permutation(n) * 0.25 - 7 for _ in range(d)], 1)
noise = rng.standard_normal(n)
three = np.digitize(X[:, 0] + 0.8 * X[:, 1] + 2.5 * noise, [-1, 8])
two = (X[:, 0] * X[:, 2] + 20 * noise > 0).astype(int)
y = np.round(0.3 * X[:, 0] ** 2 - X[:, 1] + 3 * noise, 3)
weight = rng.integers(0, 4, n)
fraction = np.round(rng.random(n) + 0.1, 3)

settings = [
    dict(min_samples_leaf=4),
    dict(max_depth=3),
    dict(min_samples_split=25),
    dict(max_leaf_nodes=7),
    dict(min_samples_leaf=0.1),
    dict(min_weight_fraction_leaf=0.09),
    dict(min_samples_leaf=3, min_impurity_decrease=0.02),
    dict(min_samples_leaf=4, ccp_alpha=0.015),
    dict(max_leaf_nodes=9, ccp_alpha=0.01),
]


def fitted(make, kw, target, w):
    """The tree, if it does not depend on how scikit-learn breaks ties."""
    trees = [make(random_state=s, **kw).fit(X, target, sample_weight=w) for s in range(8)]
    shapes = {json.dumps([t.tree_.feature.tolist(), t.tree_.threshold.tolist()]) for t in trees}
    return trees[0] if len(shapes) == 1 else None


cases = []
for task, target, extra in [
    ("three", three, [dict(criterion="gini"), dict(criterion="entropy"), dict(class_weight="balanced")]),
    ("two", two, [dict(criterion="gini"), dict(criterion="entropy")]),
    ("y", y, [dict()]),
]:
    make = DecisionTreeRegressor if task == "y" else DecisionTreeClassifier
    for more in extra:
        for kw in settings:
            for weights, w in [("none", None), ("weight", weight), ("fraction", fraction)]:
                if more.get("class_weight") and w is not None:
                    continue
                params = {**kw, **more}
                if task == "y":
                    params = {k: (v * 20 if k in ("ccp_alpha", "min_impurity_decrease") else v) for k, v in params.items()}
                tree = fitted(make, params, target, w)
                if tree is None:
                    continue
                out = tree.predict(X) if task == "y" else tree.predict_proba(X)
                cases.append(dict(
                    target=task, params=params, weights=weights, leaves=int(tree.get_n_leaves()), depth=int(tree.get_depth()),
                    importances=tree.feature_importances_.tolist(),
                    thresholds=sorted(tree.tree_.threshold[tree.tree_.feature >= 0].tolist()),
                    predictions=np.round(out[:16], 12).tolist(),
                ))

here = pathlib.Path(__file__).resolve().parent
data = dict(X=X.tolist(), three=three.tolist(), two=two.tolist(), y=y.tolist(), weight=weight.tolist(), fraction=fraction.tolist())
(here / "trees.json").write_text(json.dumps({"scikit-learn": sklearn.__version__, **data, "cases": cases}) + "\n")
print(len(cases))
