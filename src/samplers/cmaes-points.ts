import type { Core } from "../wasm/core.ts";
import { truncatedNormalQuantiles, uniforms } from "../wasm/random.ts";
import { type Axis, cellOf, coordinateOf, isFirst, isLast } from "./cmaes-axis.ts";
import { varianceOf } from "./cmaes-margin.ts";
import type { Row } from "./cmaes-rows.ts";
import type { CmaesState } from "./cmaes-state.ts";

/**
 * Coordinates [rows, n] of trials. Of a discrete parameter a trial tells only the cell in which its coordinate lay: a
 * coordinate is drawn from what the distribution leaves of it there, so that those of a generation have the spread
 * that they were drawn with, and trials of any other origin find their place as well.
 */
export function pointsOf(
  core: Core,
  axes: readonly Axis[],
  state: CmaesState,
  rows: readonly Row[],
  seed: number,
): Float64Array {
  const n = axes.length;
  const points = new Float64Array(rows.length * n);
  const cells: Cell[] = [];
  rows.forEach(({ values }, k) => {
    axes.forEach((axis, j) => {
      const value = values[j] as number;
      if (axis.discrete) cells.push({ at: k * n + j, j, ...edgesOf(core, axis, value) });
      else points[k * n + j] = coordinateOf(core, axis, value);
    });
  });
  if (cells.length === 0) return points;
  const u = rows.map(({ number }) => uniforms(core, { seed, trial: number, purpose: "cmaes/within" }, n));
  const drawn = truncatedNormalQuantiles(
    core,
    {
      mu: cells.map(({ j }) => state.mean[j] as number),
      sigma: cells.map(({ j }) => state.sigma * (state.A[j] as number) * Math.sqrt(varianceOf(state, j))),
      low: cells.map(({ low }) => low),
      high: cells.map(({ high }) => high),
    },
    cells.map(({ at, j }) => u[Math.floor(at / n)]?.[j] as number),
  );
  cells.forEach(({ at }, i) => {
    points[at] = drawn[i] as number;
  });
  return points;
}

/** Where the coordinate of a discrete parameter lies: entry `at` of the points, of axis j, between two thresholds. */
interface Cell {
  readonly at: number;
  readonly j: number;
  readonly low: number;
  readonly high: number;
}

function edgesOf(core: Core, axis: Axis, value: number): Pick<Cell, "low" | "high"> {
  const [low, high] = cellOf(core, axis, value);
  return {
    low: isFirst(axis, value) ? Number.NEGATIVE_INFINITY : low,
    high: isLast(axis, value) ? Number.POSITIVE_INFINITY : high,
  };
}
