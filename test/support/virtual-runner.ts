import { evaluate } from "../../src/study/evaluate.ts";
import { timeoutFailure } from "../../src/study/inline-runner.ts";
import type { Objective } from "../../src/study/objective.ts";
import type { TrialHost, TrialOutcome, TrialRunner } from "../../src/study/runner.ts";
import { core } from "./cores.ts";
import type { VirtualTime } from "./virtual-time.ts";

export interface VirtualRunnerOptions {
  readonly workers: number;
  readonly trialTimeout?: number;
  /** How long a worker takes before each trial. */
  readonly delay?: () => number;
}

/** A virtual runner notes when its trials started and ended, by number. */
export interface VirtualRunner extends TrialRunner {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Evaluates several trials at a time in this thread, in virtual time; one that is cut off says no more. */
export function virtualRunner(
  time: VirtualTime,
  objective: Objective<never>,
  { workers, trialTimeout, delay = () => 0 }: VirtualRunnerOptions,
): VirtualRunner {
  const starts: number[] = [];
  const ends: number[] = [];
  let busy = 0;

  return {
    workers,
    starts,
    ends,
    async run(task, host, signal) {
      if (++busy > workers) throw new Error(`virtual runner: expected ${workers} trials at a time, got ${busy}`);
      const { number } = task;
      starts[number] = time.now();
      let isOver = false;
      const heard = hostUntil(host, () => isOver);
      const pause = delay();
      if (pause > 0) await time.sleep(pause);
      const ways: Promise<TrialOutcome>[] = [evaluate(core, objective, task, heard, () => signal as AbortSignal)];
      if (trialTimeout !== undefined)
        ways.push(time.sleep(trialTimeout).then(() => failed(timeoutFailure(trialTimeout))));
      let abort = (): void => {};
      ways.push(new Promise((resolve) => (abort = () => resolve(givenUp))));
      if (signal?.aborted) abort();
      signal?.addEventListener("abort", abort, { once: true });
      const outcome = await Promise.race(ways);
      signal?.removeEventListener("abort", abort);
      isOver = true;
      ends[number] = time.now();
      busy--;
      return outcome;
    },
    async close() {},
  };
}

const givenUp = failed({ name: "AbortError", message: "given up", stack: null });

function failed(failure: { name: string; message: string; stack: null }): TrialOutcome {
  return { state: "fail", failure };
}

function hostUntil(host: TrialHost, isOver: () => boolean): TrialHost {
  return {
    report: (value, step) => void (isOver() || host.report(value, step)),
    shouldPrune: () => isOver() || host.shouldPrune(),
    suggested: (name, drawn) => void (isOver() || host.suggested(name, drawn)),
    setConstraint: (name, value) => void (isOver() || host.setConstraint(name, value)),
    setUserAttr: (name, value) => void (isOver() || host.setUserAttr(name, value)),
    checkpoints: host.checkpoints,
  };
}
