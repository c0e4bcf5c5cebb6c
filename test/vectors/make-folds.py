"""Writes folds-more.json beside it: the sides of scikit-learn's splitters on small samples.   python3 make-folds.py"""
import json
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn import model_selection as S

warnings.filterwarnings("ignore")
rng = np.random.default_rng(20261124)


def sides(splitter, y, groups=None):
    return [[a.tolist(), b.tolist()] for a, b in splitter.split(np.zeros((len(y), 1)), y, groups)]


def tests(splitter, y, groups):
    return [np.asarray(b).tolist() for _, b in splitter.split(np.zeros((len(y), 1)), y, groups)]


grouped = []
for n, groups, classes, splits in ((12, 4, 2, 2), (40, 9, 2, 3), (60, 12, 3, 5), (75, 30, 4, 4), (90, 7, 3, 5)):
    g = np.concatenate([np.arange(groups), rng.integers(0, groups, n - groups) ** 2 // groups])
    y = np.concatenate([np.repeat(np.arange(classes), splits), rng.integers(0, classes, n - classes * splits)])
    g, y = rng.permutation(g), rng.permutation(y)
    grouped.append(dict(y=y.tolist(), groups=g.tolist(), splits=splits, groupKFold=tests(S.GroupKFold(splits), y, g),
                        stratifiedGroupKFold=tests(S.StratifiedGroupKFold(splits), y, g)))
g = np.array(grouped[0]["groups"])
series = []
for n, kw in ((12, {}), (6, {}), (30, dict(n_splits=3)), (30, dict(n_splits=4, test_size=3)), (30, dict(n_splits=2, gap=5)),
              (30, dict(n_splits=4, max_train_size=7)), (30, dict(n_splits=3, max_train_size=7, test_size=2, gap=4))):
    series.append(dict(n=n, params=kw, folds=sides(S.TimeSeriesSplit(**kw), np.zeros(n))))
sizes = []
for n, kw in ((100, {}), (7, {}), (100, dict(test_size=0.07)), (33, dict(test_size=0.5)), (33, dict(train_size=0.3)),
              (33, dict(test_size=5)), (33, dict(train_size=30)), (33, dict(test_size=0.2, train_size=0.2)), (33, dict(test_size=4, train_size=0.5))):
    for name, make in (("shuffleSplit", S.ShuffleSplit), ("groupShuffleSplit", S.GroupShuffleSplit)):
        a, b = next(make(1, random_state=0, **kw).split(np.zeros((n, 1)), groups=np.arange(n)))
        sizes.append(dict(splitter=name, n=n, params=kw, train=len(a), test=len(b)))
strata = []
for counts, kw in (((50, 30, 17), {}), ((50, 30, 17), dict(test_size=0.3)), ((7, 11, 4), dict(test_size=9, train_size=8)), ((21, 22, 2), dict(test_size=0.5))):
    y = np.repeat(np.arange(len(counts)), counts)
    a, b = next(S.StratifiedShuffleSplit(1, random_state=0, **kw).split(y, y))
    strata.append(dict(counts=counts, params=kw, train=np.bincount(y[a]).tolist(), test=np.bincount(y[b]).tolist()))
out = dict({"scikit-learn": sklearn.__version__}, grouped=grouped, timeSeriesSplit=series, sizes=sizes, strata=strata,
           leavePOut=sides(S.LeavePOut(2), np.zeros(5)), leavePGroupsOut=sides(S.LeavePGroupsOut(2), g, g),
           leaveOneGroupOut=sides(S.LeaveOneGroupOut(), g, g))
path = pathlib.Path(__file__).with_name("folds-more.json")
path.write_text(json.dumps(out) + "\n")
print(path.name, sklearn.__version__)
