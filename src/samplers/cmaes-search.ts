import type { FlatSpace } from "../core/space.ts";
import type { Direction, TrialRecord } from "../core/trial.ts";
import type { Core } from "../wasm/core.ts";
import { type Axis, axisOf } from "./cmaes-axis.ts";
import { pointsOf } from "./cmaes-points.ts";
import { byScore, lossOf, type Row, rowOf } from "./cmaes-rows.ts";
import { afterGeneration, type CmaesRun, firstRun, type Task } from "./cmaes-run.ts";
import { startOf } from "./cmaes-start.ts";

/** The numeric parameters that every trial has. */
export function axesOf(space: FlatSpace): Axis[] {
  return space.flatMap(({ name, distribution, when }) => (when === null ? (axisOf(name, distribution) ?? []) : []));
}

/** CMA-ES as far as the trials go: the memo of a fold, which `advance` brings up to date. */
export interface CmaesSearch {
  /** Trials that no generation has been made of yet, oldest first. */
  readonly waiting: Row[];
  /** Null until the startup trials are there. */
  run: CmaesRun | null;
}

export function createSearch(): CmaesSearch {
  return { waiting: [], run: null };
}

export function addTrial(
  search: CmaesSearch,
  trial: TrialRecord,
  axes: readonly Axis[],
  directions: readonly Direction[],
): void {
  const row = rowOf(trial, axes, directions);
  if (row !== null) search.waiting.push(row);
}

/** Tells the generations that are complete; null while startup trials are missing. */
export function advance(
  core: Core,
  task: Task,
  directions: readonly Direction[],
  search: CmaesSearch,
): CmaesRun | null {
  const { axes, settings, seed } = task;
  const { waiting } = search;
  let run = search.run;
  if (run === null) {
    if (waiting.length < settings.startup) return null;
    run = firstRun(core, task, startOf(core, axes, directions, settings, waiting.splice(0, settings.startup)));
  }
  while (waiting.length >= run.plan.lambda) {
    const rows = waiting.splice(0, run.plan.lambda).sort(byScore);
    run = afterGeneration(core, task, run, {
      points: pointsOf(core, axes, run.state, rows, seed),
      bestLoss: lossOf(rows[0] as Row),
      worstLoss: lossOf(rows.at(-1) as Row),
    });
  }
  search.run = run;
  return run;
}
