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

/** The step at which each curve is pruned (null: never) when the trials run one after another, by number. */
export function prunedSteps(
  pruner: Pruner,
  curves: readonly (readonly number[])[],
  options: ReplayOptions = {},
): (number | null)[] {
  const { core = releaseCore, firstStep = 1, direction = "minimize" } = options;
  const stopped = options.stopped ?? ((trial) => ({ ...trial, values: [trial.intermediate.at(-1)?.[1] ?? 0] }));
  const finalValue = options.finalValue ?? ((curve) => curve.at(-1) as number);
  const history: TrialRecord[] = [];
  return curves.map((curve, number) => {
    const intermediate: [number, number][] = [];
    for (const [i, value] of curve.entries()) {
      intermediate.push([firstStep + i, value]);
      const trial = bareTrial({ number, state: "running", intermediate: [...intermediate] });
      const key = { seed: 0, trial: number, purpose: pruner.name };
      if (pruner.shouldPrune(core, { directions: [direction], trial, history: [...history], key })) {
        history.push(stopped({ ...trial, state: "pruned" }));
        return firstStep + i;
      }
    }
    history.push(bareTrial({ number, state: "complete", intermediate, values: [finalValue(curve)] }));
    return null;
  });
}
