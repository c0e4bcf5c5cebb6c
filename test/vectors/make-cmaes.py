"""CMA-ES with learning rate adaptation, straight from the formulas of Nomura, Akimoto and Ono (GECCO 2023) and of
Hansen's tutorial (2016), in dense linear algebra. Writes cmaes-learning-rate.json: solutions of 24 generations and
the state after each.  Usage: python3 make-cmaes.py (numpy)"""
import json
import math
import numpy as np


def power(S, p):
    w, V = np.linalg.eigh(S)
    return V @ np.diag(w**p) @ V.T


def strategy(n, lam):
    raw = np.log((lam + 1) / 2) - np.log(np.arange(1, lam + 1))
    mu = lam // 2
    eff = lambda w: w.sum() ** 2 / (w**2).sum()
    mu_eff = eff(raw[:mu])
    c1 = 2 / ((n + 1.3) ** 2 + mu_eff)
    cmu = min(1 - c1, 2 * (mu_eff - 2 + 1 / mu_eff) / ((n + 2) ** 2 + mu_eff))
    alpha = min(1 + c1 / cmu, 1 + 2 * eff(raw[mu:]) / (mu_eff + 2), (1 - c1 - cmu) / (n * cmu))
    w = np.where(raw >= 0, raw / raw[raw > 0].sum(), alpha * raw / -raw[raw < 0].sum())
    cs = (mu_eff + 2) / (n + mu_eff + 5)
    ds = 1 + 2 * max(0, math.sqrt((mu_eff - 1) / (n + 1)) - 1) + cs
    cc = (4 + mu_eff / n) / (n + 4 + 2 * mu_eff / n)
    chi = math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n))
    return w, mu, mu_eff, c1, cmu, cs, ds, cc, chi


def main(n=2, lam=10, generations=24, beta=(0.1, 0.03), gamma=0.1, alpha=1.4):
    rng = np.random.default_rng(5)
    w, mu, mu_eff, c1, cmu, cs, ds, cc, chi = strategy(n, lam)
    m, sigma, C = np.array([0.3, 0.5]), 0.2, np.eye(n)
    ps, pc = np.zeros(n), np.zeros(n)
    E, V, eta = [np.zeros(n), np.zeros((n, n))], [0.0, 0.0], [1.0, 1.0]
    out = []
    for g in range(1, generations + 1):
        X = m + sigma * rng.standard_normal((lam, n)) @ power(C, 0.5)
        # The first three quarters follow the slope, the rest is noise.
        X = X[np.argsort(X @ np.array([1, 2]))] if g <= 3 * generations // 4 else X
        Y = (X - m) / sigma
        yw = w[:mu] @ Y[:mu]
        root = power(C, -0.5)
        ps = (1 - cs) * ps + math.sqrt(cs * (2 - cs) * mu_eff) * root @ yw
        length = np.linalg.norm(ps)
        h = length / math.sqrt(1 - (1 - cs) ** (2 * (g + 1))) < (1.4 + 2 / (n + 1)) * chi
        pc = (1 - cc) * pc + h * math.sqrt(cc * (2 - cc) * mu_eff) * yw
        wo = np.where(w >= 0, w, w * n / (np.linalg.norm(Y @ root, axis=1) ** 2 + 1e-8))
        new_C = (1 + (1 - h) * c1 * cc * (2 - cc) - c1 - cmu * w.sum()) * C + c1 * np.outer(pc, pc)
        new_C = new_C + cmu * sum(a * np.outer(y, y) for a, y in zip(wo, Y))
        new_sigma = sigma * math.exp(cs / ds * (length / chi - 1))
        dm, old = sigma * yw, sigma**2 * C
        dS = new_sigma**2 * new_C - old
        unit = power(old, -0.5)
        before = eta[0]
        for i, local in enumerate([unit @ dm, unit @ dS @ unit / math.sqrt(2)]):
            E[i] = (1 - beta[i]) * E[i] + beta[i] * local
            V[i] = (1 - beta[i]) * V[i] + beta[i] * (local**2).sum()
            signal = (E[i] ** 2).sum()
            snr = (signal - beta[i] / (2 - beta[i]) * V[i]) / (V[i] - signal)
            grow = min(gamma * eta[i], beta[i]) * np.clip(snr / (alpha * eta[i]) - 1, -1, 1)
            eta[i] = min(1.0, eta[i] * math.exp(grow))
        m = m + eta[0] * dm
        S = old + eta[1] * dS
        size = np.linalg.det(S) ** (1 / (2 * n))
        C, sigma = S / size**2, size * before / eta[0]
        state = dict(mean=m.tolist(), sigma=sigma, C=C.tolist(), rates=[float(e) for e in eta])
        out.append(dict(points=X.tolist(), **state))
    init = dict(mean=[0.3, 0.5], sigma=0.2, population=lam)
    with open("cmaes-learning-rate.json", "w") as file:
        json.dump(dict(init=init, generations=out), file)
        file.write("\n")


main()
