import type { Core } from "../wasm/core.ts";
import { evaluate } from "./evaluate.ts";
import type { Objective } from "./objective.ts";
import { createLazySignal, type LazySignal } from "./lazy-signal.ts";
import type { TrialOutcome, TrialRunner } from "./runner.ts";

/**
 * Evaluates trials in this thread, one at a time. A time-out can only be noticed where the objective awaits:
 * the trial then fails and its `signal` is aborted, but code that never yields cannot be interrupted here.
 */
export function inlineRunner(core: Core, objective: Objective<never>, trialTimeout: number | null): TrialRunner {
  return {
    workers: 1,
    async run(task, host, signal) {
      const own = createLazySignal();
      const cancel = (): void => own.abort(signal?.reason);
      if (signal?.aborted) cancel();
      signal?.addEventListener("abort", cancel, { once: true });
      const limit = trialTimeout === null ? null : startTimeout(trialTimeout, own);
      const outcome = evaluate(core, objective, task, host, own.signal);
      try {
        return await (limit === null ? outcome : Promise.race([limit.outcome, outcome]));
      } finally {
        limit?.clear();
        signal?.removeEventListener("abort", cancel);
      }
    },
    async close() {},
  };
}

function startTimeout(trialTimeout: number, signal: LazySignal): { outcome: Promise<TrialOutcome>; clear: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const outcome = new Promise<TrialOutcome>((resolve) => {
    timer = setTimeout(() => {
      resolve({ state: "fail", failure: timeoutFailure(trialTimeout) });
      signal.abort(new Error("the trial ran past its time-out"));
    }, trialTimeout);
  });
  return { outcome, clear: () => clearTimeout(timer) };
}

/** The failure of a trial that ran longer than `trialTimeout` milliseconds. */
export function timeoutFailure(trialTimeout: number): { name: string; message: string; stack: null } {
  return { name: "TrialTimeout", message: `the trial ran past its time-out of ${trialTimeout} ms`, stack: null };
}
