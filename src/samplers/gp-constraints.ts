import type { Core } from "../wasm/core.ts";
import type { GpKernel, GpModel, GpParameter } from "../wasm/gp.ts";
import { gpFits } from "./gp-fit.ts";
import { standardise } from "./gp-outputs.ts";
import type { GpRows } from "./gp-rows.ts";

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
): (core: Core, parameters: readonly GpParameter[], rows: GpRows) => GpConstraints {
  type Fits = ReturnType<typeof gpFits>;
  const fits = new Map<number, Fits>();

  return (core, parameters, rows) => {
    const models: GpModel[] = [];
    const thresholds: number[] = [];
    const add = (name: number, points: Float64Array, values: Float64Array): void => {
      const fit: Fits =
        fits.get(name) ?? gpFits({ kernel, warp: false, leastShift: 1, deterministic: name === FAILING });
      fits.set(name, fit);
      models.push(fit(core, { kernel, parameters, count: values.length, points, losses: values }));
      const { mean, deviation } = standardise(values);
      thresholds.push(deviation > 0 ? -mean / deviation : mean > 0 ? -1 : 1);
    };
    const d = parameters.length;
    const count = rows.constraints.reduce((most, values) => Math.max(most, values?.length ?? 0), 0);
    for (let k = 0; k < count; k++) {
      const known = Array.from(rows.constraints.keys()).filter((row) => rows.constraints[row]?.[k] !== undefined);
      const points = new Float64Array(known.length * d);
      known.forEach((row, i) => points.set(rows.points.subarray(row * d, (row + 1) * d), i * d));
      add(
        k,
        points,
        Float64Array.from(known, (row) => rows.constraints[row]?.[k] as number),
      );
    }
    if (rows.failed.length > 0) {
      const n = rows.losses.length;
      const points = new Float64Array(rows.failed.length + rows.points.length);
      points.set(rows.failed);
      points.set(rows.points, rows.failed.length);
      const failures = rows.failed.length / d;
      add(
        FAILING,
        points,
        Float64Array.from({ length: failures + n }, (_, i) => (i < failures ? 1 : -1)),
      );
    }
    const feasible = rows.constraints.map((values) => (values ?? []).every((value) => value <= 0));
    return { models, thresholds, feasible, anyFeasible: feasible.includes(true) };
  };
}

const FAILING = -1;
