"""Regrets of Optuna's TPE on the objectives: writes the "regrets200" of regret.json.

Each is the simple regret after 50 or 100 evaluations of one of 200 seeds, sorted: the true value of the trial
with the best observed value, less the optimum. The "quartiles20" of regret.json come from an earlier run of
20 seeds and are kept as they are. Needs Optuna 5.0 (the development snapshot of 2026-08-21) and numpy.
Run in this folder: python3 make-regret.py (10 minutes)
"""

import json
import math

import numpy as np
import objectives
import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)


def suggest(trial, space):
    params = {}
    for p in space:
        if p["when"] and params.get(p["when"][0]) != p["when"][1]:
            continue
        if p["type"] == "cat":
            params[p["name"]] = trial.suggest_categorical(p["name"], p["choices"])
        else:
            draw = trial.suggest_float if p["type"] == "float" else trial.suggest_int
            params[p["name"]] = draw(p["name"], p["low"], p["high"], log=p["log"])
    return params


def trace(name, seed, options):
    function, space, optimum, sigma = objectives.FUNCS[name]
    noise = np.random.RandomState(10_000 + seed)
    best = incumbent = math.inf
    regrets = []

    def evaluate(trial):
        nonlocal best, incumbent
        value = float(function(suggest(trial, space)))
        observed = value + sigma * noise.standard_normal() if sigma else value
        if observed < best:
            best, incumbent = observed, value
        regrets.append(incumbent - optimum)
        return observed

    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed, **options))
    study.optimize(evaluate, n_trials=100)
    return regrets


with open("regret.json") as file:
    rows = json.load(file)
for name, sampler in dict.fromkeys((row["objective"], row["sampler"]) for row in rows):
    options = {"multivariate": True, "group": True} if sampler == "group" else {}
    traces = [trace(name, seed, options) for seed in range(200)]
    for row in rows:
        if (row["objective"], row["sampler"]) == (name, sampler):
            row["regrets200"] = sorted(float("%.4g" % t[row["evaluations"] - 1]) for t in traces)
with open("regret.json", "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
