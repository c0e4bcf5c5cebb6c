"""Writes the constant tables of assembly/math: exp-table.ts, log-table.ts, normal-table.ts.

Every constant is computed to 60 digits with mpmath and rounded once.
Run from the repository root: python3 scripts/math-tables.py && npx biome format --write assembly
"""

import struct
from pathlib import Path

from mpmath import cos, erf, erfc, exp, log, mp, mpf, nint, pi, sqrt

mp.dps = 60
STEPS = 128


def bits(x):
    return struct.unpack("<q", struct.pack("<d", float(x)))[0]


def number(b):
    return struct.unpack("<d", struct.pack("<q", b))[0]


def literal(x):
    text = repr(float(x))
    return text if "." in text or "e" in text else text + ".0"


def exp_table():
    rows = []
    for j in range(STEPS):
        exact = mpf(2) ** (mpf(j) / STEPS)
        head = float(exact)
        tail = (exact - mpf(head)) / exact
        rows.append([literal(tail), literal(number(bits(head) - (j << 45)))])
    return rows


def log_table():
    rows = []
    for i in range(STEPS):
        c = mpf(number(0x3FE6100000000000 + (i << 45) + (1 << 44)))
        head = nint(log(c) * 2**42) / 2**42
        # 1/c's head has 9 bits, so that its product with the 44 bits of z - c is exact.
        inverse = nint(2**9 / c) / 2**9 if c > 1 else nint(2**8 / c) / 2**8
        rows.append([literal(inverse), literal(1 / c - inverse), literal(head), literal(log(c) - head)])
    return rows


def mills(x):
    """exp(x^2/2) Phi(-x)"""
    if x < 20:
        return exp(x * x / 2) * erfc(x / sqrt(2)) / 2
    fraction = mpf(0)
    for n in range(300, 0, -1):
        fraction = n / (x + fraction)
    return 1 / (x + fraction) / sqrt(2 * pi)


def chebyshev_fit(f, degree, nodes=96):
    """Coefficients, lowest power first, of the degree's Chebyshev interpolant of f on [-1, 1]."""
    angles = [(j + mpf(1) / 2) * pi / nodes for j in range(nodes)]
    values = [f(cos(a)) for a in angles]
    power = [mpf(0)] * (degree + 1)
    for n in range(degree + 1):
        c = 2 * sum(v * cos(n * a) for v, a in zip(values, angles)) / nodes
        if n == 0:
            c /= 2
        for i, t in enumerate(CHEBYSHEV[n]):
            power[i] += c * t
    return power


CHEBYSHEV = [[1], [0, 1]]
for n in range(2, 40):
    twice = [0] + [2 * v for v in CHEBYSHEV[-1]]
    CHEBYSHEV.append([v - (CHEBYSHEV[-2][i] if i < n - 1 else 0) for i, v in enumerate(twice)])


def pairs(coefficients):
    """Highest pair first: (c[2i], c[2i+1])."""
    rows = [[literal(coefficients[i]), literal(coefficients[i + 1])] for i in range(0, len(coefficients), 2)]
    return rows[::-1]


def table(comment, name, kind, rows):
    body = "".join("    " + ", ".join(row) + ",\n" for row in rows)
    return f"\n/** {comment} */\nexport const {name}: usize = memory.data<{kind}>(\n  [\n{body}  ],\n  16,\n);\n"


def write(path, *tables):
    Path(path).write_text("// Written by scripts/math-tables.py.\n" + "".join(tables))


def mills_of_t(t):
    x = 4 * (1 + t) / (1 - t)
    return (x + 4) * mills(x)


def erf_of_s(s):
    x = sqrt((s + 1) / 2)
    return erf(x) / x


write(
    "assembly/math/exp-table.ts",
    table(
        "For j = 0 ... 127: relative tail of 2^(j/128); the number whose bits are those of 2^(j/128) less j << 45.",
        "EXP_TABLE",
        "f64",
        exp_table(),
    ),
)
write(
    "assembly/math/log-table.ts",
    table(
        "For each interval's middle c: 1/c in head (9 bits) and tail, log c in head (a multiple of 2^-42) and tail.",
        "LOG_TABLE",
        "f64",
        log_table(),
    ),
)
write(
    "assembly/math/normal-table.ts",
    table(
        "(x + 4) exp(x^2/2) Phi(-x), x >= 0, in t = (x - 4) / (x + 4): degree 27, relative error 1.1e-16.",
        "MILLS_TABLE",
        "f64",
        pairs(chebyshev_fit(mills_of_t, 27)),
    ),
    table(
        "erf(x) / x, |x| <= 1, in s = 2 x^2 - 1: degree 13, relative error below 1e-17.",
        "ERF_TABLE",
        "f64",
        pairs(chebyshev_fit(erf_of_s, 13)),
    ),
)
ln2_head = nint(log(2) * 2**42) / 2**42
print("ln2: head", literal(ln2_head), "tail", literal(log(2) - ln2_head))
step_head = nint(log(2) / STEPS * 2**41) / 2**41
print("ln2/128: head", literal(step_head), "tail", literal(log(2) / STEPS - step_head))
print("128/ln2:", literal(STEPS / log(2)))
