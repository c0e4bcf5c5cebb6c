import { expectInteger, expectNumber, VernierError } from "../core/errors.ts";
import type { ModelsExports, CoreWith } from "./core.ts";

/** A module with the search: either one. */
type SearchCore = CoreWith<Extract<keyof ModelsExports, `lbfgsb${string}`>>;

/** A function's value and gradient [n] at a point. */
export interface Evaluation {
  readonly value: number;
  readonly gradient: ArrayLike<number>;
}

/** The box low <= x <= high, each [n]; an infinite entry, or a side left out, is no bound. */
export interface Bounds {
  readonly low?: ArrayLike<number>;
  readonly high?: ArrayLike<number>;
}

export interface MinimizeOptions {
  /** Corrections kept, 1 to 100; 10 by default. */
  readonly memory?: number;
  /** Stops when one iteration lowers the value by less than this times max(|value|, 1); 2.2e-9 by default. */
  readonly ftol?: number;
  /** Stops when no component of the projected gradient is larger; 1e-5 by default. */
  readonly gtol?: number;
  /** 15000 by default. */
  readonly maxIterations?: number;
  /** 15000 by default. */
  readonly maxEvaluations?: number;
}

/**
 * Why the search ended: a tolerance was met (`gradient`, `value`), a limit was reached (`iterations`,
 * `evaluations`), no lower point was found along the last direction, often at the limit of precision
 * (`no-decrease`), or value or gradient was not finite at the start (`not-finite`).
 */
export type MinimizeStatus = "gradient" | "value" | "iterations" | "evaluations" | "no-decrease" | "not-finite";

/** The best point found [n], its value, and the largest component of its projected gradient. */
export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradientNorm: number;
  readonly iterations: number;
  readonly evaluations: number;
  readonly status: MinimizeStatus;
}

// The core's task codes; an end stands at its code.
const EVALUATE = 0;
const NEW_ITERATE = 1;
const ends: Readonly<Record<number, MinimizeStatus>> = {
  2: "gradient",
  3: "value",
  4: "iterations",
  5: "evaluations",
  6: "no-decrease",
  7: "not-finite",
};

/**
 * A local minimum of a smooth function of n variables in a box, from x0 (projected on the box) by L-BFGS-B
 * (Byrd, Lu, Nocedal & Zhu 1995; Morales & Nocedal 2011). `evaluate` sees only points of the box; a value or
 * gradient that is not finite makes the search step back. Throws `invalid-argument` for lengths that differ,
 * empty bounds and bad options; what `evaluate` throws passes through.
 */
export function minimize(
  core: SearchCore,
  evaluate: (x: Float64Array) => Evaluation,
  x0: ArrayLike<number>,
  bounds: Bounds = {},
  options: MinimizeOptions = {},
): Minimum {
  const n = x0.length;
  const memory = expectInteger("memory", options.memory ?? 10, 1, 100);
  const ftol = expectNumber("ftol", options.ftol ?? 2.2e-9, "a number >= 0", (value) => value >= 0);
  const gtol = expectNumber("gtol", options.gtol ?? 1e-5, "a number >= 0", (value) => value >= 0);
  const maxIterations = expectInteger("maxIterations", options.maxIterations ?? 15_000, 1, 0x7fffffff);
  const maxEvaluations = expectInteger("maxEvaluations", options.maxEvaluations ?? 15_000, 1, 0x7fffffff);
  const low = side("low", bounds.low, n, Number.NEGATIVE_INFINITY);
  const high = side("high", bounds.high, n, Number.POSITIVE_INFINITY);
  const { exports } = core;
  return core.scope((arena) => {
    const state = exports.arenaAlloc(exports.lbfgsbBytes(n, memory)) >>> 0;
    exports.lbfgsbCreate(state, n, memory);
    // Made anew at every access: `evaluate` and the core may grow the memory.
    const write = (pointer: number, values: ArrayLike<number>): void =>
      new Float64Array(exports.memory.buffer, pointer >>> 0, n).set(values);
    const x = exports.lbfgsbX(state);
    write(x, x0);
    write(exports.lbfgsbLow(state), low);
    write(exports.lbfgsbHigh(state), high);
    const bad = exports.lbfgsbStart(state, gtol, ftol, maxIterations, maxEvaluations) - 1;
    if (bad >= 0) {
      const got = `low=${low[bad]}, high=${high[bad]}`;
      throw new VernierError("invalid-argument", `"bounds": expected low <= high for variable ${bad}, got ${got}`);
    }
    let task = exports.lbfgsbStep(state);
    for (; task <= NEW_ITERATE; task = exports.lbfgsbStep(state)) {
      if (task !== EVALUATE) continue;
      const { value, gradient } = evaluate(arena.readF64(x, n));
      expectLength("gradient", gradient, n);
      write(exports.lbfgsbGradient(state), gradient);
      exports.lbfgsbSetValue(state, value);
    }
    return {
      x: arena.readF64(x, n),
      value: exports.lbfgsbValue(state),
      gradientNorm: exports.lbfgsbGradientNorm(state),
      iterations: exports.lbfgsbIterations(state),
      evaluations: exports.lbfgsbEvaluations(state),
      status: ends[task] as MinimizeStatus,
    };
  });
}

function side(name: string, values: ArrayLike<number> | undefined, n: number, missing: number): ArrayLike<number> {
  if (values === undefined) return new Float64Array(n).fill(missing);
  expectLength(name, values, n);
  return values;
}

function expectLength(name: string, values: ArrayLike<number>, n: number): void {
  if (values.length === n) return;
  throw new VernierError("invalid-argument", `"${name}": expected ${n} numbers, got ${values.length}`);
}
