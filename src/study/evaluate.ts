import { show } from "../core/errors.ts";
import type { TrialFailure } from "../core/trial.ts";
import type { Core } from "../wasm/core.ts";
import { createLiveTrial } from "./live-trial.ts";
import { type Objective, TrialPruned } from "./objective.ts";
import type { TrialHost, TrialOutcome, TrialTask } from "./runner.ts";

/** Runs the objective once; whatever it does becomes an outcome. Used in this thread and in workers alike. */
export async function evaluate(
  core: Core,
  objective: Objective<never>,
  task: TrialTask,
  host: TrialHost,
  signal: () => AbortSignal,
): Promise<TrialOutcome> {
  let returned: unknown;
  try {
    returned = await objective(task.params as never, createLiveTrial(core, task, host, signal));
  } catch (error) {
    // By name as well: a bundle or a worker may hold a second copy of the class.
    if (error instanceof TrialPruned || (error as Error | null)?.name === "TrialPruned") return { state: "pruned" };
    return { state: "fail", failure: failureOf(error) };
  }
  const values = typeof returned === "number" ? [returned] : returned;
  if (Array.isArray(values) && values.length > 0 && values.every((value) => Number.isFinite(value))) {
    return { state: "complete", values };
  }
  return {
    state: "fail",
    failure: {
      name: "InvalidValue",
      message: `the objective's value: expected a finite number, got ${show(returned)}`,
      stack: null,
    },
  };
}

/** An error, or anything else that was thrown, as plain data. */
export function failureOf(error: unknown): TrialFailure {
  if (error instanceof Error) return { name: error.name, message: error.message, stack: error.stack ?? null };
  return { name: "Error", message: `thrown: ${show(error)}`, stack: null };
}
