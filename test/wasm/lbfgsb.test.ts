import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Bounds, type Evaluation, type Minimum, minimize } from "../../src/wasm/lbfgsb.ts";
import { sha256Hex } from "../../src/wasm/sha256.ts";
import { cores } from "../support/cores.ts";
import { numbers } from "../support/dense.ts";
import { vectors } from "../support/vectors.ts";

type Objective = (x: ArrayLike<number>) => Evaluation;

function rosenbrock(x: ArrayLike<number>): Evaluation {
  let value = 0;
  const gradient = new Float64Array(x.length);
  for (let i = 0; i + 1 < x.length; i++) {
    const u = x[i] as number;
    const a = (x[i + 1] as number) - u * u;
    const c = 1 - u;
    value += 100 * a * a + c * c;
    gradient[i] = (gradient[i] as number) - 400 * a * u - 2 * c;
    gradient[i + 1] = 200 * a;
  }
  return { value, gradient };
}

function quadratic(x: ArrayLike<number>): Evaluation {
  const n = x.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += x[i] as number;
  let value = 0.5 * sum * sum;
  const gradient = Float64Array.from(x, (u, i) => {
    const d = 1 + 10 * i * i;
    const r = u - (-1 + (2 * i) / (n - 1));
    value += 0.5 * d * r * r;
    return d * r + sum;
  });
  return { value, gradient };
}

function beale(x: ArrayLike<number>): Evaluation {
  const [a, b] = [x[0] as number, x[1] as number];
  let value = 0;
  const gradient = [0, 0];
  let power = 1;
  [1.5, 2.25, 2.625].forEach((t, i) => {
    const r = t - a + a * power * b;
    value += r * r;
    gradient[0] = (gradient[0] as number) + 2 * r * (power * b - 1);
    gradient[1] = (gradient[1] as number) + 2 * r * (i + 1) * a * power;
    power *= b;
  });
  return { value, gradient };
}

const functions: Record<string, Objective> = { rosenbrock, quadratic, beale };

interface Golden {
  readonly cases: readonly {
    readonly function: string;
    readonly x0: readonly number[];
    readonly low: readonly number[] | null;
    readonly high: readonly (number | null)[] | null;
    readonly value: number;
    readonly iterations: number;
    readonly evaluations: number;
    readonly end: string;
  }[];
}

/** The largest violation of the first-order conditions on the box. */
function violation(
  gradient: ArrayLike<number>,
  x: Float64Array,
  low: ArrayLike<number>,
  high: ArrayLike<number>,
): number {
  let most = 0;
  x.forEach((u, i) => {
    const g = gradient[i] as number;
    most = Math.max(most, Math.abs(Math.min(Math.max(u - g, low[i] as number), high[i] as number) - u));
  });
  return most;
}

/** f(x) = (x - a)^T (G G^T + I / 10) (x - a) / 2. */
function convexQuadratic(n: number, seed: number): Objective {
  const G = numbers(n * n, seed);
  const a = numbers(n, seed + 1);
  return (x) => {
    const r = Float64Array.from(x, (u, i) => u - (a[i] as number));
    const p = new Float64Array(n);
    for (let j = 0; j < n; j++)
      for (let i = 0; i < n; i++) p[j] = (p[j] as number) + (G[i * n + j] as number) * (r[i] as number);
    const gradient = r.map((u, i) => {
      let sum = 0.1 * u;
      for (let j = 0; j < n; j++) sum += (G[i * n + j] as number) * (p[j] as number);
      return sum;
    });
    return { value: 0.5 * gradient.reduce((sum, g, i) => sum + g * (r[i] as number), 0), gradient };
  };
}

/** The least value over the box, by trying every choice of active bounds and solving for the rest by elimination. */
function bruteForce(objective: Objective, low: readonly number[], high: readonly number[]): number {
  const n = low.length;
  const at0 = objective(new Float64Array(n)).gradient;
  const columns = low.map((_, j) => objective(Float64Array.from(low, (_, i) => (i === j ? 1 : 0))).gradient);
  let best = Number.POSITIVE_INFINITY;
  for (let choice = 0; choice < 3 ** n; choice++) {
    const side = low.map((_, i) => Math.floor(choice / 3 ** i) % 3);
    const x = side.map((s, i) => (s === 1 ? low[i] : s === 2 ? high[i] : 0) as number);
    const free = side.flatMap((s, i) => (s === 0 ? [i] : []));
    // The gradient, linear in x, vanishes over the free variables.
    const rows = free.map((i) => {
      const entries = free.map((j) => (columns[j]?.[i] as number) - (at0[i] as number));
      return [...entries, -(objective(x).gradient[i] as number)];
    });
    rows.forEach((row, k) => {
      for (const other of rows) {
        if (other === row) continue;
        const ratio = (other[k] as number) / (row[k] as number);
        other.forEach((entry, c) => (other[c] = entry - ratio * (row[c] as number)));
      }
    });
    free.forEach((i, k) => (x[i] = (rows[k]?.at(-1) as number) / (rows[k]?.[k] as number)));
    if (x.every((u, i) => u >= (low[i] as number) && u <= (high[i] as number)))
      best = Math.min(best, objective(x).value);
  }
  return best;
}

describe.each(cores)("L-BFGS-B ($build)", ({ core }) => {
  test.each(vectors<Golden>("lbfgsb.json").cases)("as SciPy on $function, value $value", (golden) => {
    const bounds = {
      ...(golden.low && { low: golden.low }),
      ...(golden.high && { high: golden.high.map((bound) => bound ?? Infinity) }),
    };
    const found = minimize(core, functions[golden.function] as Objective, golden.x0, bounds);
    // After a hundred iterations rounding decides the path; before that the counts are the same.
    const apart = golden.iterations > 100 ? 0.15 * golden.iterations : 0;
    expect(Math.abs(found.iterations - golden.iterations)).toBeLessThanOrEqual(apart);
    expect(Math.abs(found.evaluations - golden.evaluations)).toBeLessThanOrEqual(apart);
    expect(found.status).toBe(golden.end);
    expect(Math.abs(found.value - golden.value)).toBeLessThanOrEqual(1e-7 * Math.max(1, golden.value));
  });

  test("the first sample problem of the published code: 23 iterations, 28 evaluations", () => {
    // f = 4 ((x_1 - 1)^2 / 4 + sum_i (x_i - x_(i-1)^2)^2), odd-numbered variables in [1, 100], the others in [-100, 100].
    const n = 25;
    const objective: Objective = (x) => {
      const first = (x[0] as number) - 1;
      let value = first * first;
      const gradient = new Float64Array(n);
      gradient[0] = 2 * first;
      for (let i = 1; i < n; i++) {
        const u = x[i - 1] as number;
        const r = (x[i] as number) - u * u;
        value += 4 * r * r;
        gradient[i] = 8 * r;
        gradient[i - 1] = (gradient[i - 1] as number) - 16 * u * r;
      }
      return { value, gradient };
    };
    const low = Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1 : -100));
    const bounds = { low, high: new Array<number>(n).fill(100) };
    const options = { memory: 5, ftol: 1e7 * 2 ** -52, gtol: 1e-5 };
    const found = minimize(core, objective, new Array<number>(n).fill(3), bounds, options);
    expect(found).toMatchObject({ iterations: 23, evaluations: 28, status: "value" });
    expect(Math.abs(found.value - 1.0834900834300615e-9)).toBeLessThan(1e-15);
  });

  test("convex quadratics in boxes satisfy the first-order conditions, and never leave the box", () => {
    const side = fc.double({ min: -1.5, max: 1.5, noNaN: true });
    const limits = fc.tuple(side, side, fc.constantFrom("both", "both", "low", "high", "none", "fixed"));
    fc.assert(
      fc.property(
        fc.array(limits, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 1e6 }),
        (sides, seed) => {
          const low = sides.map(([a, b, kind]) => (kind === "high" || kind === "none" ? -Infinity : Math.min(a, b)));
          const high = sides.map(([a, b, kind], i) => {
            if (kind === "fixed") return low[i] as number;
            return kind === "low" || kind === "none" ? Infinity : Math.max(a, b);
          });
          const objective = convexQuadratic(sides.length, seed);
          const watched: Objective = (x) => {
            for (let i = 0; i < x.length; i++) {
              expect(x[i]).toBeGreaterThanOrEqual(low[i] as number);
              expect(x[i]).toBeLessThanOrEqual(high[i] as number);
            }
            return objective(x);
          };
          const found = minimize(
            core,
            watched,
            numbers(sides.length, seed + 2),
            { low, high },
            { ftol: 0, gtol: 1e-9 },
          );
          const { value, gradient } = objective(found.x);
          expect(found.value).toBe(value);
          // Where no further decrease shows in the value's last bits, the gradient is only known to their square root.
          const bound = found.status === "gradient" ? 1e-9 : 1e-6;
          expect(violation(gradient, found.x, low, high)).toBeLessThanOrEqual(bound);
          expect(found.gradientNorm).toBeCloseTo(violation(gradient, found.x, low, high), 12);
        },
      ),
    );
  });

  test("the least value over the box, against every choice of active bounds", () => {
    for (let seed = 1; seed <= 8; seed++) {
      const n = 4;
      const corner = numbers(n, seed + 50);
      const low = Array.from(corner, (u) => Math.min(u, 0.3 * u));
      const high = Array.from(corner, (u) => Math.max(u, 0.3 * u));
      const objective = convexQuadratic(n, seed);
      const found = minimize(core, objective, low, { low, high }, { ftol: 0, gtol: 1e-10 });
      expect(Math.abs(found.value - bruteForce(objective, low, high))).toBeLessThan(1e-12);
    }
  });

  test("starts outside the box are projected, a start at the optimum ends at once", () => {
    const objective = convexQuadratic(3, 4);
    const seen: number[][] = [];
    const watched: Objective = (x) => {
      seen.push(Array.from(x));
      return objective(x);
    };
    minimize(core, watched, [9, -9, 0.5], { low: [0, 0, 0], high: [1, 1, 1] });
    expect(seen[0]).toEqual([1, 0, 0.5]);
    const optimum = numbers(3, 5);
    const at = minimize(core, objective, optimum);
    expect(at).toMatchObject({ value: 0, iterations: 0, evaluations: 1, status: "gradient", gradientNorm: 0 });
    expect(at.x).toEqual(optimum);
  });

  test("no variables, and none that can move", () => {
    const constant: Objective = (x) => ({ value: 3, gradient: new Float64Array(x.length).fill(1) });
    expect(minimize(core, constant, [])).toMatchObject({ value: 3, status: "gradient", evaluations: 1 });
    const fixed = minimize(core, constant, [0, 0], { low: [2, 5], high: [2, 5] });
    expect(fixed).toMatchObject({ value: 3, status: "gradient", evaluations: 1 });
    expect([...fixed.x]).toEqual([2, 5]);
  });

  test("a fixed variable leaves the others their minimum", () => {
    const found = minimize(core, rosenbrock, [-1.2, 1], { low: [-Infinity, 0.25], high: [Infinity, 0.25] });
    expect(found.x[1]).toBe(0.25);
    const { gradient } = rosenbrock(found.x);
    expect(Math.abs(gradient[0] as number)).toBeLessThan(1e-4);
  });

  test("steps back from where the function is not finite", () => {
    // -log x written with its own wall: infinite or NaN for x <= 0.
    for (const wall of [Infinity, Number.NaN, -Infinity]) {
      const objective: Objective = (x) => {
        const u = x[0] as number;
        if (u <= 0) return { value: wall, gradient: [Number.NaN] };
        return { value: 1 / u + 1000 * u, gradient: [-1 / (u * u) + 1000] };
      };
      const found = minimize(core, objective, [5], {}, { ftol: 0 });
      expect(Math.abs((found.x[0] as number) - Math.sqrt(1e-3))).toBeLessThan(1e-6);
    }
    const nowhere = minimize(core, () => ({ value: Number.NaN, gradient: [1] }), [1]);
    expect(nowhere).toMatchObject({ status: "not-finite", evaluations: 1 });
    let calls = 0;
    const once = minimize(core, () => ({ value: calls++ === 0 ? 1 : Number.NaN, gradient: [1] }), [1]);
    expect(once).toMatchObject({ status: "no-decrease", value: 1, evaluations: 21 });
    expect([...once.x]).toEqual([1]);
  });

  test("badly scaled, and a wrong gradient", () => {
    const scales = [1e-6, 1, 1e6];
    const steep: Objective = (x) => ({
      value: scales.reduce((sum, c, i) => sum + 0.5 * c * ((x[i] as number) - 1) * ((x[i] as number) - 1), 0),
      gradient: scales.map((c, i) => c * ((x[i] as number) - 1)),
    });
    expect(minimize(core, steep, [30, -20, 10], {}, { ftol: 0, gtol: 1e-8 }).status).toBe("gradient");
    const huge: Objective = (x) => ({ value: 1e200 * (x[0] as number), gradient: [1e200] });
    expect(minimize(core, huge, [1]).status).toBe("no-decrease");
    const uphill: Objective = (x) => ({
      value: rosenbrock(x).value,
      gradient: Array.from(rosenbrock(x).gradient, (g) => -g),
    });
    const lost = minimize(core, uphill, [-1.2, 1]);
    expect(lost).toMatchObject({ status: "no-decrease", iterations: 0, value: rosenbrock([-1.2, 1]).value });
  });

  test("limits", () => {
    for (const maxEvaluations of [1, 2, 3, 7, 20]) {
      const found = minimize(core, rosenbrock, [-1.2, 1], {}, { maxEvaluations });
      expect(found).toMatchObject({ status: "evaluations", evaluations: maxEvaluations });
      expect(found.value).toBe(rosenbrock(found.x).value);
      expect(found.value).toBeLessThanOrEqual(rosenbrock([-1.2, 1]).value);
    }
    expect(minimize(core, rosenbrock, [-1.2, 1], {}, { maxIterations: 5 })).toMatchObject({
      status: "iterations",
      iterations: 5,
    });
  });

  test("the caller may use the core and throw; nothing stays in the arena", () => {
    const mark = core.exports.arenaMark();
    let calls = 0;
    const busy: Objective = (x) => {
      const block = core.exports.arenaMark();
      core.exports.arenaAlloc(70_000_000 * (calls++ === 3 ? 1 : 0));
      core.exports.arenaRelease(block);
      return rosenbrock(x);
    };
    const quiet = minimize(core, rosenbrock, [-1.2, 1]);
    expect(minimize(core, busy, [-1.2, 1])).toEqual(quiet);
    const failing: Objective = () => {
      throw new Error("stop here");
    };
    expect(() => minimize(core, failing, [1])).toThrow("stop here");
    expect(core.exports.arenaMark()).toBe(mark);
  });

  test("what does not fit is named", () => {
    const run = (bounds: Bounds, options = {}): Minimum => minimize(core, rosenbrock, [0, 0], bounds, options);
    expect(() => run({ low: [0] })).toThrow('"low": expected 2 numbers, got 1');
    expect(() => run({ high: [0, 0, 0] })).toThrow('"high": expected 2 numbers, got 3');
    const inverted = '"bounds": expected low <= high for variable 1, got low=2, high=1';
    expect(() => run({ low: [0, 2], high: [1, 1] })).toThrow(inverted);
    expect(() => run({ low: [0, Number.NaN] })).toThrow("variable 1, got low=NaN");
    expect(() => run({ low: [Infinity, 0] })).toThrow("variable 0");
    expect(() => run({}, { memory: 0 })).toThrow('"memory"');
    expect(() => run({}, { ftol: -1 })).toThrow('"ftol"');
    expect(() => run({}, { maxEvaluations: 0 })).toThrow('"maxEvaluations"');
    expect(() => minimize(core, () => ({ value: 1, gradient: [1] }), [0, 0])).toThrow('"gradient": expected 2 numbers');
  });

  test("keeps its bits", () => {
    const x0 = Array.from({ length: 25 }, (_, i) => (i % 2 === 0 ? -1.2 : 1));
    const path: Float64Array[] = [];
    const watched: Objective = (x) => {
      path.push(Float64Array.from(x));
      return rosenbrock(x);
    };
    minimize(core, watched, x0, { low: new Array<number>(25).fill(-1.5), high: new Array<number>(25).fill(0.8) });
    minimize(core, watched, x0);
    const bytes = Buffer.concat(path.map((x) => new Uint8Array(x.buffer)));
    expect(sha256Hex(core, bytes)).toBe("0ca71aac1c3bd27efe40587faee8d993935845951f8967fc665dda17bb3683b3");
  });
});
