import { expectInteger, expectNumber, expectOneOf, show, VernierError } from "../core/errors.ts";
import type { TrialRecord } from "../core/trial.ts";
import type { StoppingInput } from "../stopping/stopping-rule.ts";
import { isObjectiveWorkers, type ObjectiveWorkers } from "./in-workers.ts";
import type { Objective } from "./objective.ts";
import type { OptimizeOptions } from "./optimize-options.ts";
import type { StudyDeps } from "./deps.ts";
import type { Engine, OpenTrial } from "./engine.ts";
import type { Ledger } from "./ledger.ts";
import { isReady, newestKnown } from "./visible.ts";

/** What a study brings to each of its `optimize` calls. */
export interface StudyHabits {
  readonly rerun: boolean;
  readonly defaultSchedule: "reproducible" | "eager";
}

/** Evaluates trials until a limit is reached or nothing is left; resolves with the reason. */
export async function optimize(
  engine: Engine,
  deps: StudyDeps,
  objective: Objective<never> | string | URL | ObjectiveWorkers,
  options: OptimizeOptions,
  habits: StudyHabits,
): Promise<string> {
  const { ledger } = engine;
  const lag = checkOptions(objective, options, habits.defaultSchedule);
  const rules = deps.stoppingRules(options);
  await Promise.all(rules.map((rule) => rule.prepare?.()));
  const startedAt = deps.clock.now();
  await ledger.sync();
  const reruns = habits.rerun ? engine.abandoned() : [];
  const firstNumber = reruns[0] ?? engine.nextNumber();
  let left = trialBudget(options, ledger.table, reruns.length);
  let failure: unknown;
  let yieldedAt = startedAt;
  let reason: string | null = null;
  let wasCutShort = false;
  // In the order in which they started, which is that of their numbers.
  const running = new Map<number, Promise<void>>();
  let trialEnded = (): void => {};
  const runner = await deps.runner(objective, options);

  // The reason to start no more trials, judged by what the next trial would know.
  function reasonToStop(next: number): string | null {
    if (failure !== undefined) return "error";
    if (options.signal?.aborted) return "aborted";
    if (left <= 0) return "trials";
    if (rules.length === 0 && options.onError !== "stop") return null;
    const history = ledger.table.finished(newestKnown(next, lag))();
    const failed = (trial: TrialRecord): boolean => trial.state === "fail" && trial.number >= firstNumber;
    if (options.onError === "stop" && history.some(failed)) return "error";
    const elapsed = deps.clock.now() - startedAt;
    const input: StoppingInput = {
      core: deps.core,
      get space() {
        return engine.spaceOf(history);
      },
      directions: ledger.directions,
      history,
      elapsed,
    };
    for (const rule of rules) {
      const reason = rule.reasonToStop(input);
      if (reason !== null) return reason;
    }
    return null;
  }

  async function evaluateTrial(opened: OpenTrial): Promise<void> {
    try {
      const outcome = await runner.run(opened.task, engine.hostOf(opened), options.signal);
      if (options.signal?.aborted && outcome.state === "fail" && outcome.failure.name === "AbortError") {
        engine.abandon(opened);
        wasCutShort = true;
        return;
      }
      const { record } = await engine.finish(opened, outcome);
      options.onTrial?.(record);
    } catch (error) {
      engine.abandon(opened);
      failure ??= error;
    } finally {
      running.delete(opened.task.number);
      trialEnded();
    }
  }

  // Objectives that never wait would otherwise keep timers and signals from firing.
  async function letOthersRun(): Promise<void> {
    if (deps.clock.now() - yieldedAt < 16) return;
    await deps.clock.nextTurn();
    yieldedAt = deps.clock.now();
  }

  try {
    for (;;) {
      const next = reruns[0] ?? engine.nextNumber();
      if (reason === null && running.size < runner.workers && isReady(next, running.keys(), lag)) {
        reason = reasonToStop(next);
        if (reason === null) {
          const opened = await engine.start(lag, reruns.shift());
          if (opened === null) reason = "exhausted";
          else {
            left -= 1;
            running.set(opened.task.number, evaluateTrial(opened));
            await letOthersRun();
            continue;
          }
        }
      }
      if (running.size === 0) break;
      // A race of the trials would leave a reaction on the longest of them for every other that ends.
      await new Promise<void>((resolve) => (trialEnded = resolve));
    }
  } finally {
    await Promise.all(running.values());
    await runner.close();
  }
  if (failure !== undefined) throw failure;
  // With no trial under way the next one is ready: that it was not started has a reason.
  return wasCutShort ? "aborted" : (reason as unknown as string);
}

// With a lag of just the workers all of them wait for the slowest; half as many more trials cost little and save most of
// that (bench/NOTES.md, Schedules).
export function defaultLag(workers: number): number {
  return workers + (workers >> 1);
}

function trialBudget(options: OptimizeOptions, table: Ledger["table"], reruns: number): number {
  const done = table.count - table.open("waiting").length - reruns;
  return Math.min(options.trials ?? Number.POSITIVE_INFINITY, (options.totalTrials ?? Number.POSITIVE_INFINITY) - done);
}

/** Validates the options; returns the lag, or null for the eager schedule. */
function checkOptions(
  objective: unknown,
  options: OptimizeOptions,
  defaultSchedule: "reproducible" | "eager",
): number | null {
  const isElsewhere = typeof objective === "string" || objective instanceof URL || isObjectiveWorkers(objective);
  if (!isElsewhere && typeof objective !== "function") {
    const message = `"objective": expected a function, a module's URL or inWorkers(...), got ${show(objective)}`;
    throw new VernierError("invalid-argument", message);
  }
  const workers = expectInteger("workers", options.workers ?? 1, 1, 1024);
  if (workers > 1 && !isElsewhere) {
    const message = `"objective": expected a module's URL or inWorkers(...) with workers=${workers}, as functions cannot be sent to workers`;
    throw new VernierError("invalid-argument", `${message}, got ${show(objective)}`);
  }
  if (options.trials !== undefined) expectInteger("trials", options.trials, 0);
  if (options.totalTrials !== undefined) expectInteger("totalTrials", options.totalTrials, 0);
  if (options.trialTimeout !== undefined) {
    // Timers count milliseconds in 31 bits; a longer one would fire at once.
    const expected = "a number of milliseconds > 0 and <= 2147483647";
    expectNumber("trialTimeout", options.trialTimeout, expected, (value) => value > 0 && value <= 2_147_483_647);
  }
  expectOneOf("onError", options.onError ?? "fail", ["fail", "stop"]);
  const schedule = options.schedule ?? (options.lag === undefined ? defaultSchedule : "reproducible");
  if (expectOneOf("schedule", schedule, ["reproducible", "eager"]) === "reproducible") {
    return expectInteger("lag", options.lag ?? defaultLag(workers), 1);
  }
  if (options.lag === undefined) return null;
  throw new VernierError("invalid-argument", `"lag": expected none with schedule "eager", got ${options.lag}`);
}
