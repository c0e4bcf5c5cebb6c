import { isFinished, type TrialRecord } from "../core/trial.ts";
import type { Study } from "../study/study.ts";
import type { Rung } from "./halving-rungs.ts";
import type { EvaluateTo } from "./run-search.ts";
import { resourcesParam } from "./search-objective.ts";
import { stopwatch } from "./stopwatch.ts";

/**
 * Evaluates rung after rung, until one ends for another reason than that it is complete. The study's sampler gives the
 * first rung's candidates; those of the next are enqueued when a rung has ended. What a study that is continued has
 * already is not done again, down to the single enqueued trial.
 */
export async function climbRungs(
  study: Study,
  rungs: readonly Rung[],
  timeout: number | undefined,
  evaluate: EvaluateTo,
): Promise<void> {
  const startedAt = stopwatch.now();
  for (const rung of rungs) {
    const { start, end } = rangeOf(rungs, rung.iteration);
    if (rung.iteration > 0) {
      const through = survivors(study.trials.slice(rangeOf(rungs, rung.iteration - 1).start, start), rung.candidates);
      for (const { params } of through.slice(Math.max(0, study.trials.length - start))) {
        await study.enqueue({ ...params, [resourcesParam]: rung.resources });
      }
    }
    const isLast = rung === rungs.at(-1);
    if (!isLast && study.trials.length >= end && study.trials.slice(start, end).every(isFinished)) continue;
    // A rung that comes too late is started all the same, to end at once for the reason "timeout".
    const left = timeout === undefined ? {} : { timeout: Math.max(1e-3, timeout - (stopwatch.now() - startedAt)) };
    await evaluate(study, { totalTrials: end, ...left });
    if (study.stopReason !== "trials") return;
  }
}

/** The numbers of a rung's trials: from `start` to before `end`. */
export function rangeOf(rungs: readonly Rung[], iteration: number): { readonly start: number; readonly end: number } {
  const start = rungs.slice(0, iteration).reduce((sum, { candidates }) => sum + candidates, 0);
  return { start, end: start + (rungs[iteration] as Rung).candidates };
}

function survivors(trials: readonly TrialRecord[], count: number): readonly TrialRecord[] {
  const score = (trial: TrialRecord): number =>
    trial.state === "complete" ? (trial.values?.[0] as number) : Number.NEGATIVE_INFINITY;
  // Infinities subtract to NaN.
  const ahead = (a: TrialRecord, b: TrialRecord): number =>
    score(a) === score(b) ? a.number - b.number : score(a) > score(b) ? -1 : 1;
  return [...trials].sort(ahead).slice(0, count);
}
