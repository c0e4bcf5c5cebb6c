import { concat } from "../core/concat.ts";
import { totalViolation } from "../core/constraints.ts";
import type { SurrogateCore } from "../wasm/core.ts";
import type { GpKernel, GpModel, GpParameter } from "../wasm/gp.ts";
import { gpFits } from "./gp-fit.ts";
import { standardise } from "./gp-outputs.ts";
import { type GpRows, pointOf } from "./gp-rows.ts";

/** Models of the constraints, and which rows hold them all. */
export interface GpConstraints {
  readonly models: readonly GpModel[];
  /** Of each model, in its standardised outputs: at most this where the constraint holds. */
  readonly thresholds: readonly number[];
  /** [n]. */
  readonly feasible: readonly boolean[];
  readonly anyFeasible: boolean;
}

/**
 * Makes models of the rows' constraints, one for each; rows without constraints hold them. Failing is a constraint as
 * well, once a trial has failed: 1 for those that did, -1 for the others.
 */
export function gpConstraints(
  kernel: GpKernel,
): (core: SurrogateCore, parameters: readonly GpParameter[], rows: GpRows) => GpConstraints {
  type Fits = ReturnType<typeof gpFits>;
  const fits = new Map<number, Fits>();

  return (core, parameters, rows) => {
    const models: GpModel[] = [];
    const thresholds: number[] = [];
    const add = (name: number, points: Float64Array, values: Float64Array): void => {
      const fit: Fits = fits.get(name) ?? gpFits({ kernel, warp: false, deterministic: name === FAILING });
      fits.set(name, fit);
      models.push(fit(core, { kernel, parameters, count: values.length, points, losses: values }));
      const { mean, deviation } = standardise(values);
      const most = mostAllowed(values, MARGIN * deviation);
      thresholds.push(deviation > 0 ? (most - mean) / deviation : mean > 0 ? -1 : 1);
    };
    const d = parameters.length;
    const count = rows.constraints.reduce((most, values) => Math.max(most, values?.length ?? 0), 0);
    for (let k = 0; k < count; k++) {
      const known = Array.from(rows.constraints.keys()).filter((row) => rows.constraints[row]?.[k] !== undefined);
      add(
        k,
        concat(known.map((row) => pointOf(rows, row, d))),
        Float64Array.from(known, (row) => rows.constraints[row]?.[k] as number),
      );
    }
    if (rows.failed.length > 0) {
      const n = rows.losses.length;
      const failures = rows.failed.length / d;
      add(
        FAILING,
        concat([rows.failed, rows.points]),
        Float64Array.from({ length: failures + n }, (_, i) => (i < failures ? 1 : -1)),
      );
    }
    const feasible = rows.constraints.map((values) => totalViolation(values) === 0);
    return { models, thresholds, feasible, anyFeasible: feasible.includes(true) };
  };
}

const FAILING = -1;

/** What a binding constraint is kept away from, in standard deviations of its values. */
const MARGIN = 1e-3;

/**
 * Up to which value the constraint is to hold: 0. Where a trial has already missed that by less than the margin, a model
 * that is sure of a value about 0 cannot tell which side it is on, and would try the same again: then it is the largest
 * value that was allowed, or the margin below 0 if that is nearer.
 */
function mostAllowed(values: Float64Array, margin: number): number {
  let allowed = -margin;
  let missed = Number.POSITIVE_INFINITY;
  for (const value of values) {
    if (value > 0) missed = Math.min(missed, value);
    else allowed = Math.max(allowed, value);
  }
  return missed < margin ? allowed : 0;
}
