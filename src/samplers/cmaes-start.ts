import { contains, toInternal } from "../core/distribution.ts";
import { show, VernierError } from "../core/errors.ts";
import type { Direction } from "../core/trial.ts";
import type { Core } from "../wasm/core.ts";
import { exp, log } from "../wasm/math.ts";
import { type Axis, cellOf, coordinateOf } from "./cmaes-axis.ts";
import type { CmaesSettings } from "./cmaes-options.ts";
import { byScore, type Row, rowOf } from "./cmaes-rows.ts";
import { factor } from "./cmaes-state.ts";

/** The distribution that a search starts from: N(mean, sigma^2 C). */
export interface Start {
  readonly mean: Float64Array;
  readonly sigma: number;
  /** [n, n]; null: the unit matrix. */
  readonly C: Float64Array | null;
}

/** The start that the settings ask for, as far as the space allows it; `startup` are the trials that came first. */
export function startOf(
  core: Core,
  axes: readonly Axis[],
  directions: readonly Direction[],
  settings: CmaesSettings,
  startup: readonly Row[],
): Start {
  const { sigma0: sigma, x0 } = settings;
  const source = sourceRows(axes, directions, settings);
  if (source.length > 0) return promisingDistribution(core, axes, source);
  const best = [...startup].sort(byScore)[0];
  const mean = axes.map((axis, j) => {
    const value = best?.values[j] ?? x0[axis.name];
    return value === undefined || !contains(axis.distribution, value) ? 0.5 : centerOf(core, axis, value);
  });
  return { mean: Float64Array.from(mean), sigma, C: null };
}

function sourceRows(axes: readonly Axis[], directions: readonly Direction[], { warmStart }: CmaesSettings): Row[] {
  return warmStart.flatMap((trial) => rowOf(trial, axes, directions) ?? []);
}

/** The paper's gamma and alpha: the share of the trials that counts, and what each of these is blurred by. */
const BEST = 0.1;
const BLUR = 0.1;

/**
 * The normal distribution nearest to the best tenth of a similar study's trials, at least one, each blurred by a normal
 * of standard deviation 0.1. Source: Nomura, Watanabe, Akimoto, Ozaki and Onishi, "Warm starting CMA-ES for
 * hyperparameter optimization" (AAAI 2021).
 */
export function promisingDistribution(core: Core, axes: readonly Axis[], rows: readonly Row[]): Start {
  const n = axes.length;
  const count = Math.max(Math.floor(BEST * rows.length), 1);
  const points = [...rows]
    .sort(byScore)
    .slice(0, count)
    .map(({ values }) => axes.map((axis, j) => centerOf(core, axis, values[j] as number)));
  const mean = Float64Array.from(axes, (_, j) => points.reduce((sum, x) => sum + (x[j] as number), 0) / count);
  const covariance = Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    const of = (x: readonly number[], k: number): number => (x[k] as number) - (mean[k] as number);
    const spread = points.reduce((sum, x) => sum + of(x, i) * of(x, j), 0) / count;
    return i === j ? spread + BLUR * BLUR : spread;
  });
  // The blur bounds every eigenvalue from below.
  const { D } = factor(core, covariance, n) as { readonly D: Float64Array };
  // sigma^(2 n) is the determinant.
  const sigma = exp(core, D.reduce((sum, d) => sum + log(core, d), 0) / n);
  return { mean, sigma, C: covariance.map((c) => c / (sigma * sigma)) };
}

/** A value's coordinate; of a discrete parameter the middle of its cell. */
function centerOf(core: Core, axis: Axis, value: number): number {
  if (!axis.discrete) return coordinateOf(core, axis, value);
  const [low, high] = cellOf(core, axis, value);
  return 0.5 * (low + high);
}

/**
 * Throws `invalid-argument` for an x0 that names other parameters or values that these do not allow, and for a warm
 * start from trials none of which has all the parameters.
 */
export function checkStart(axes: readonly Axis[], directions: readonly Direction[], settings: CmaesSettings): void {
  const { warmStart, x0 } = settings;
  const names = axes.map((axis) => show(axis.name)).join(", ");
  for (const [name, value] of Object.entries(x0)) {
    const axis = axes.find((axis) => axis.name === name);
    if (axis === undefined) {
      throw new VernierError("invalid-argument", `"x0": expected names among ${names}, got ${show(name)}`);
    }
    toInternal(`x0.${name}`, axis.distribution, value);
  }
  if (warmStart.length > 0 && sourceRows(axes, directions, settings).length === 0) {
    const got = `none among ${warmStart.length}`;
    throw new VernierError("invalid-argument", `"warmStart": expected finished trials with ${names}, got ${got}`);
  }
}
