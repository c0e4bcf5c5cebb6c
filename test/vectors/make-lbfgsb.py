# Writes lbfgsb.json: iterations, evaluations and least value of SciPy's L-BFGS-B on the problems of
# test/wasm/lbfgsb.test.ts (memory 10, ftol 2.2e-9, gtol 1e-5).
import json
import pathlib

import numpy as np
import scipy
from scipy.optimize import minimize


def rosenbrock(x):
    a, c = x[1:] - x[:-1] ** 2, 1 - x[:-1]
    g = np.zeros_like(x)
    g[:-1] -= 400 * a * x[:-1] + 2 * c
    g[1:] += 200 * a
    return (100 * a * a + c * c).sum(), g


def quadratic(x):
    d = 1.0 + 10 * np.arange(len(x)) ** 2
    r = x - np.linspace(-1, 1, len(x))
    return 0.5 * (d * r * r).sum() + 0.5 * x.sum() ** 2, d * r + x.sum()


def beale(x):
    f, g = 0.0, np.zeros(2)
    for k, t in enumerate([1.5, 2.25, 2.625], start=1):
        r = t - x[0] + x[0] * x[1] ** k
        f += r * r
        g += 2 * r * np.array([x[1] ** k - 1, k * x[0] * x[1] ** (k - 1)])
    return f, g


functions = {"rosenbrock": rosenbrock, "quadratic": quadratic, "beale": beale}
zigzag = [-1.2 if i % 2 == 0 else 1.0 for i in range(25)]
cases = [
    ("rosenbrock", [-1.2, 1.0], None, None),
    ("rosenbrock", [-1.2, 1.0], None, [0.5, None]),
    ("rosenbrock", [-1.2, 1.0], [-2.0] * 2, [2.0] * 2),
    ("rosenbrock", zigzag, None, None),
    ("rosenbrock", zigzag, [-1.5] * 25, [0.8] * 25),
    ("quadratic", [0.0] * 30, None, None),
    ("quadratic", [0.0] * 30, [-0.3] * 30, [0.4] * 30),
    ("quadratic", [1.0] * 30, [0.0] * 30, None),
    ("beale", [1.0, 1.0], None, None),
    ("beale", [1.0, 1.0], [-4.5] * 2, [4.5] * 2),
]
out = []
for name, x0, low, high in cases:
    bounds = list(zip(low or [None] * len(x0), high or [None] * len(x0)))
    options = {"ftol": 2.2e-9, "gtol": 1e-5, "maxcor": 10}
    r = minimize(functions[name], np.array(x0), jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    end = "gradient" if "PROJECTED" in r.message else "value"
    out.append({"function": name, "x0": x0, "low": low, "high": high, "value": r.fun, "iterations": int(r.nit),
                "evaluations": int(r.nfev), "end": end})
path = pathlib.Path(__file__).with_name("lbfgsb.json")
path.write_text(json.dumps({"origin": f"SciPy {scipy.__version__}", "cases": out}) + "\n")
