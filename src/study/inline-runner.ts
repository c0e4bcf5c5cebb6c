import type { Core } from "../wasm/core.ts";
import { evaluate } from "./evaluate.ts";
import type { Objective } from "./objective.ts";
import type { TrialOutcome, TrialRunner } from "./runner.ts";

/**
 * Evaluates trials in this thread, one at a time. A time-out can only be noticed where the objective awaits:
 * the trial then fails and its `signal` is aborted, but code that never yields cannot be interrupted here.
 */
export function inlineRunner(core: Core, objective: Objective<never>, trialTimeout: number | null): TrialRunner {
  return {
    workers: 1,
    async run(task, host, signal) {
      const own = new AbortController();
      const outcomes: Promise<TrialOutcome>[] = [];
      const cancel = (): void => own.abort(signal?.reason);
      if (signal?.aborted) cancel();
      signal?.addEventListener("abort", cancel, { once: true });
      let timer: ReturnType<typeof setTimeout> | undefined;
      if (trialTimeout !== null) {
        outcomes.push(
          new Promise((resolve) => {
            timer = setTimeout(() => {
              resolve({ state: "fail", failure: timeoutFailure(trialTimeout) });
              own.abort(new Error("the trial ran past its time-out"));
            }, trialTimeout);
          }),
        );
      }
      outcomes.push(evaluate(core, objective, task, host, own.signal));
      try {
        return await Promise.race(outcomes);
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener("abort", cancel);
      }
    },
    async close() {},
  };
}

/** The failure of a trial that ran longer than `trialTimeout` milliseconds. */
export function timeoutFailure(trialTimeout: number): { name: string; message: string; stack: null } {
  return { name: "TrialTimeout", message: `the trial ran past its time-out of ${trialTimeout} ms`, stack: null };
}
