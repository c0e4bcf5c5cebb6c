# Mutual information by scikit-learn of continuous columns without ties, whose noise of 1e-10 then changes nothing to speak of.
import json
import numpy as np
import sklearn
from sklearn.feature_selection import mutual_info_classif, mutual_info_regression

rng = np.random.default_rng(3)
n = 120
X = np.round(rng.normal(size=(n, 4)), 6)
X[:, 2] *= 100
y = np.round(X[:, 0] ** 2 + 0.1 * rng.normal(size=n), 6)
labels = np.where(X[:, 0] > 0.5, "high", np.where(X[:, 2] > 0, "mid", "low"))
labels[7] = "alone"
print(json.dumps({
    "scikit-learn": sklearn.__version__,
    "X": X.tolist(),
    "y": y.tolist(),
    "labels": labels.tolist(),
    "classif": mutual_info_classif(X, labels, random_state=0).tolist(),
    "regression": mutual_info_regression(X, y, random_state=0).tolist(),
}))
