"""Runs jobs of ../models/jobs.json on scikit-learn, in one thread.

python scikit-learn.py job ... runs those (of none: all but the long "-full" ones); python scikit-learn.py - takes
their ids from standard input, one a line. Prints a JSON line of the versions and threads, then one for each job:
wall and processor milliseconds, what was reached, the table's checksum and the process's peak memory.
bench/models/vernier.mjs does the same on Vernier. Needs scikit-learn (1.6 or newer for every job) and threadpoolctl.
"""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import csv
import json
import pathlib
import resource
import sys
import time
import warnings

import numpy as np
import sklearn
import threadpoolctl
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC

warnings.filterwarnings("ignore")
here = pathlib.Path(__file__).resolve().parent
jobs = {job["id"]: job for job in json.loads((here.parent / "models" / "jobs.json").read_text())}
estimators = {
    make.__name__: make
    for make in (HistGradientBoostingClassifier, KNeighborsClassifier, LogisticRegression, RandomForestClassifier, SVC)
}
COLUMNS = 50
# saga's steps at most: on the raw digits it needs many more for l1 to reach the optimum, which takes minutes a fit.
SAGA_STEPS = 2000
tables = {}


def digits():
    rows = list(csv.reader(open(here.parent.parent / "data" / "digits.csv")))[1:]
    return np.array([[float(v) for v in row[:-1]] for row in rows]), np.array([int(row[-1]) for row in rows])


def clouds(rows):
    """The generated table of bench/models/tables.mjs, which says what it is: the same numbers, bit for bit."""
    state = 1

    def number():
        nonlocal state
        total = 0.0
        for _ in range(4):
            state = state * 48271 % 2147483647
            total += state / 2147483647
        return total - 2

    X, y = [], []
    for _ in range(rows):
        x = [number() for _ in range(COLUMNS)]
        score = x[0] - x[1] + 2 * x[2] * x[3] + x[4] * x[4] - 1 / 3 + number() / 2
        X.append(x)
        y.append(1 if score > 0 else 0)
    return np.array(X), np.array(y)


def checksum(X, y):
    total = 0.0
    for numbers in (X.ravel().tolist(), y.tolist()):
        for i, x in enumerate(numbers):
            total += x * (i % 97 + 1)
    return total


def table(name):
    if name not in tables:
        X, y = digits() if name == "digits" else clouds(int(name.removeprefix("clouds-")))
        tables[name] = (X, y, checksum(X, y))
    return tables[name]


def timed(body):
    wall, spent = time.perf_counter(), time.process_time()
    result = body()
    wall, spent = time.perf_counter() - wall, time.process_time() - spent
    return {"ms": 1000 * wall, "processorMs": 1000 * spent}, result


def fit(job, X, y):
    model = estimators[job["estimator"]](**job["settings"])
    if job.get("predict"):
        times, predicted = timed(lambda: model.fit(X, y).predict(X))
    else:
        times, _ = timed(lambda: model.fit(X, y))
        predicted = model.predict(X)
    reached = {"accuracy": float((predicted == y).mean())}
    if job["estimator"] == "LogisticRegression":
        reached["objective"] = objective(model, X, y, job["settings"]["C"])
    return {**times, "reached": reached}


def objective(model, X, y, C):
    """C times the sum of the log losses, plus half the squares of the weights."""
    P = model.predict_proba(X)
    loss = -np.log(P[np.arange(len(y)), np.searchsorted(model.classes_, y)]).sum()
    return float(C * loss + 0.5 * (model.coef_**2).sum())


def listed(job):
    if "candidates" in job:
        return job["candidates"]
    return json.loads((here / job["file"]).read_text())["candidates"][job["first"] :: job["every"]]


def settings(estimator, candidate):
    """The candidate in scikit-learn's names; of its solvers the fastest that has the penalty and gets to the optimum."""
    if estimator != "LogisticRegression":
        return {name: [value] for name, value in candidate.items()}
    if candidate["penalty"] == "l2":
        return {"C": [candidate["C"]], "solver": ["newton-cholesky"], "max_iter": [1000]}
    version = tuple(int(part) for part in sklearn.__version__.split(".")[:2])
    l1 = {"l1_ratio": [1]} if version >= (1, 8) else {"penalty": ["l1"]}
    return {"C": [candidate["C"]], "solver": ["saga"], "max_iter": [SAGA_STEPS], **l1}


def search(job, X, y):
    grid = [settings(job["estimator"], candidate) for candidate in listed(job)]
    model = GridSearchCV(estimators[job["estimator"]](), grid, cv=StratifiedKFold(5), refit=False, n_jobs=1)
    times, _ = timed(lambda: model.fit(X, y))
    return {**times, "reached": {"means": model.cv_results_["mean_test_score"].tolist()}}


def run(name):
    job = jobs[name]
    X, y, total = table(job["table"])
    result = (fit if job["kind"] == "fit" else search)(job, X, y)
    # Linux counts in kilobytes, macOS in bytes.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1 / 1024) / 2**20
    return {**result, "checksum": total, "peakMegabytes": peak}


with threadpoolctl.threadpool_limits(1):
    pools = [f"{pool['internal_api']} {pool['num_threads']}" for pool in threadpoolctl.threadpool_info()]
    versions = {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "python": sys.version.split()[0]}
    print(json.dumps({**versions, "threads": pools}), flush=True)
    wanted = sys.argv[1:] or [name for name in jobs if "whole" not in jobs[name]]
    for line in sys.stdin if wanted == ["-"] else wanted:
        name = line.strip()
        try:
            answer = run(name)
        except Exception as error:
            answer = {"missing": f"{type(error).__name__}: {error}"}
        print(json.dumps({"id": name, **answer}), flush=True)
