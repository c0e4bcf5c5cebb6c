"""Reference values for assembly/math and the truncated normal: writes math.json and truncated-normal.json.

The values are computed with mpmath to 60 digits. A row of math.json is [x, y, f]: f(x) = y + f ulp(y), y the
nearest double, |f| <= 1/2; with it a test measures errors far below one unit in the last place.
A row of truncated-normal.json is [a, b, u, x]: P(a < Z <= x) = u P(a < Z <= b), Z standard normal.
Run in this folder: python3 make-math.py
"""

import json
import math
import random

from mpmath import erf, erfc, erfinv, exp, expm1, findroot, log, log1p, mp, mpf, sqrt

mp.dps = 60
draw = random.Random(20250117)


def uniform(low, high, n):
    return [draw.uniform(low, high) for _ in range(n)]


def scaled(low, high, n):
    """n numbers with uniform binary exponents in [low, high)."""
    return [math.ldexp(draw.uniform(0.5, 1), draw.randint(low + 1, high)) for _ in range(n)]


def around(x, n=2):
    """The doubles next to x, n on each side."""
    result = [x]
    for direction in (-math.inf, math.inf):
        y = x
        for _ in range(n):
            y = math.nextafter(y, direction)
            result.append(y)
    return result


def signed(values):
    return [v if draw.random() < 0.5 else -v for v in values]


def row(x, exact):
    y = float(exact)
    if not math.isfinite(y):
        raise ValueError(f"not finite at {x}")
    ulp = mpf(math.ulp(y))
    return [x, y, float(f"{float((exact - mpf(y)) / ulp):.4f}")]


def rows(f, inputs):
    return [row(x, f(mpf(x))) for x in inputs]


def phi_upper(x):
    return erfc(x / sqrt(2)) / 2


def log_phi(x):
    # For large |x| erfc underflows nowhere: mpmath's exponents are unbounded.
    return log(phi_upper(-x)) if x < 0 else log1p(-phi_upper(x))


def quantile(p):
    """The root of Phi(x) = p, p in (0, 1)."""
    q = min(p, 1 - p)
    if q > mpf("0.4"):
        return sqrt(2) * erfinv(2 * p - 1)
    start = -sqrt(-2 * log(q)) + mpf("0.3")
    x = findroot(lambda x: log_phi(x) - log(q), (start, start - mpf("0.2")), tol=1e-80, maxsteps=200)
    return x if q == p else -x


def truncated(a, b, u):
    a, b, u = mpf(a), mpf(b), mpf(u)
    if a >= 0:
        return -truncated_left(-b, -a, 1 - u)
    return truncated_left(a, b, u)


def truncated_left(a, b, u):
    """In a left tail or across 0: bisection on the logarithm, to 50 digits of the interval."""
    def phi(x):
        return phi_upper(-x)

    goal = log(phi(a) * (1 - u) + phi(b) * u)
    low, high = a, b
    for _ in range(190):
        middle = (low + high) / 2
        if log_phi(middle) < goal:
            low = middle
        else:
            high = middle
    return (low + high) / 2


vectors = {
    "exp": rows(
        exp,
        uniform(-0.35, 0.35, 150)
        + uniform(-20, 20, 150)
        + uniform(-708, 709, 150)
        + uniform(-745.13, -708, 80)
        + signed(scaled(-60, -2, 60))
        + [v for k in (-130711, -93, -1, 0, 1, 64, 127, 130700) for v in around((k + 0.5) * math.log(2) / 128, 1)]
        + around(-708.0)
        + around(708.0)
        + [709.782712893384, -745.1332191019411, -745.13321910194, 0.0, 1.0, -1.0],
    ),
    "log": rows(
        log,
        [math.ldexp(draw.uniform(1, 2), draw.randint(-1022, 1022)) for _ in range(150)]
        + uniform(0.5, 2, 150)
        + uniform(0.98, 1.02, 150)
        + [1 + v for v in signed(scaled(-52, -6, 60))]
        + [math.ldexp(draw.randint(1, 2**52), -1074) for _ in range(30)]
        + [v for i in range(0, 128, 9) for v in around(1 + i / 128, 1) + around(1 + (i + 0.5) / 128, 1)]
        + around(2.2250738585072014e-308)
        + [5e-324, 1.7976931348623157e308, 0.6899414062499999, 0.68994140625, 1.3798828125],
    ),
    "log1p": rows(
        log1p,
        signed(scaled(-60, -1, 80)) + uniform(-1, 1, 60) + scaled(0, 1000, 20) + [-0.9999999999999999, 5e-324, -1e-300],
    ),
    "expm1": rows(
        expm1,
        signed(scaled(-60, -1, 80)) + uniform(-2, 4, 80) + uniform(-40, 700, 30) + [5e-324, -1e-300, 709.5],
    ),
    "erf": rows(
        erf,
        signed(scaled(-40, 0, 60)) + uniform(-6.2, 6.2, 140) + around(1.0) + around(-1.0) + [6.0, 27.0, 1e300, 5e-308],
    ),
    "normalCdf": rows(
        lambda x: phi_upper(-x),
        uniform(-4, 4, 120) + uniform(-37.5, -4, 120) + signed(scaled(-50, 0, 20)) + [0.0, 8.3, 40.0, 1e300, -37.5],
    ),
    "normalLogCdf": rows(
        log_phi,
        uniform(-4, 4, 100)
        + uniform(-40, -4, 80)
        + [-v for v in scaled(5, 40, 30)]
        + signed(scaled(-50, 0, 20))
        + uniform(4, 37.5, 20)
        + [0.0, -40.0, -1e6],
    ),
    "normalQuantile": rows(
        quantile,
        uniform(0, 1, 100)
        + scaled(-40, -1, 60)
        + scaled(-1022, -40, 50)
        + [0.5 + v for v in signed(scaled(-50, -2, 30))]
        + around(0.075, 1)
        + around(0.925, 1)
        + around(math.exp(-25.0), 1)
        + [5e-324, 0.9999999999999999, 0.25],
    ),
}

intervals = [
    (-1, 2), (-0.5, 0.5), (-8, 8), (-40, 0.25), (-0.25, 40), (-3, 3e-9), (-1e-6, 1e-6), (0, 1), (0, 40),
    (0.5, 0.75), (1, 1.00001), (2, 2.000000001), (3, 9), (8, 8.5), (20, 40), (40, 41), (40, 40.0000001),
    (300, 301), (1e5, 1e5 + 1), (-9, -3), (-41, -40), (-2, -1.9999999), (-1000, -999.5),
]  # fmt: skip
levels = [1e-12, 0.001, 0.1, 0.37, 0.5, 0.84, 0.999, 1 - 2**-40]
truncated_rows = [[a, b, u, float(truncated(a, b, u))] for a, b in intervals for u in levels]


def write(name, text):
    with open(name, "w", encoding="utf-8") as file:
        file.write(text + "\n")


write("math.json", json.dumps(vectors, separators=(",", ":")).replace("],[", "],\n["))
write("truncated-normal.json", json.dumps(truncated_rows, separators=(",", ":")).replace("],[", "],\n["))
