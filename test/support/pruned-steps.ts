import type { Direction, TrialRecord } from "../../src/core/trial.ts";
import type { Pruner } from "../../src/pruners/pruner.ts";
import type { Core } from "../../src/wasm/core.ts";
import { bareTrial } from "./bare-trial.ts";
import { core as releaseCore } from "./cores.ts";

export interface ReplayOptions {
  readonly core?: Core;
  /** Step of the first report; default 1. */
  readonly firstStep?: number;
  readonly direction?: Direction;
  /** The record of a trial that was stopped, by its reports; default a pruned one with its last report. */
  readonly stopped?: (trial: TrialRecord) => TrialRecord;
  /** Value of a trial that ran to its end; default its last report. */
  readonly finalValue?: (curve: readonly number[]) => number;
}

/**
 * The step at which each curve is pruned (null: never) when the trials run one after another, by number. A report is
 * a number, or a list with one for each objective.
 */
export function prunedSteps(
  pruner: Pruner,
  curves: readonly (readonly (number | readonly number[])[])[],
  options: ReplayOptions = {},
): (number | null)[] {
  const { core = releaseCore, firstStep = 1, direction = "minimize" } = options;
  const stopped =
    options.stopped ?? ((trial) => ({ ...trial, values: listOf(trial.reports?.at(-1) ?? trial.intermediate.at(-1)) }));
  const history: TrialRecord[] = [];
  return curves.map((curve, number) => {
    const made: [number, number | readonly number[]][] = [];
    const directions = Array.isArray(curve[0]) ? curve[0].map(() => direction) : [direction];
    const reported = (): Pick<TrialRecord, "intermediate" | "reports"> =>
      directions.length === 1
        ? { intermediate: [...made] as [number, number][] }
        : { intermediate: [], reports: [...made] as [number, readonly number[]][] };
    for (const [i, value] of curve.entries()) {
      made.push([firstStep + i, value]);
      const trial = bareTrial({ number, state: "running", ...reported() });
      const key = { seed: 0, trial: number, purpose: pruner.name };
      if (pruner.shouldPrune(core, { directions, trial, history: [...history], key })) {
        history.push(stopped({ ...trial, state: "pruned" }));
        return firstStep + i;
      }
    }
    const values = options.finalValue ? [options.finalValue(curve as readonly number[])] : listOf(made.at(-1));
    history.push(bareTrial({ number, state: "complete", values, ...reported() }));
    return null;
  });
}

function listOf(report: readonly [number, number | readonly number[]] | undefined): readonly number[] {
  const value = report?.[1] ?? 0;
  return typeof value === "number" ? [value] : value;
}
