import type { Json } from "../core/json.ts";
import { type FlatSpace, nestParams, type Space } from "../core/space.ts";
import type { Direction, TrialRecord } from "../core/trial.ts";
import type { Pruner } from "../pruners/pruner.ts";
import type { Sampler } from "../samplers/sampler.ts";
import type { Core } from "../wasm/core.ts";
import { fixedParamsAttr } from "../storages/operations.ts";
import { completeSuggestion } from "./complete.ts";
import { byObjectives, type Ledger } from "./ledger.ts";
import type { DrawnParam, Report, TrialHost, TrialOutcome, TrialTask } from "./runner.ts";
import { createSeenSpace } from "./seen-space.ts";
import { createSerial } from "./serial.ts";
import { visibleTo } from "./visible.ts";

/** What a study is made of. */
export interface EngineParts {
  readonly core: Core;
  readonly ledger: Ledger;
  readonly space: Space;
  readonly flat: FlatSpace;
  readonly sampler: Sampler;
  readonly pruner: Pruner;
}

/** A trial under way in this process: its task, what it may know, and what it said so far. */
export interface OpenTrial {
  readonly task: TrialTask;
  readonly history: readonly TrialRecord[];
  readonly reports: Map<number, Report>;
  readonly userAttrs: Map<string, Json>;
  readonly suggested: Map<string, DrawnParam>;
}

/** Starts and ends trials, one log operation after another; `ask`/`tell` and `optimize` are both made of it. */
export interface Engine {
  readonly ledger: Ledger;
  /** The declared parameters and those that the history's trials asked for by name. */
  spaceOf(history: readonly TrialRecord[]): FlatSpace;
  /** Number of the trial that the next `start` would take. */
  nextNumber(): number;
  /** Trials under way in the log that nobody in this process evaluates. */
  abandoned(): number[];
  /** Starts the next trial, or takes up trial `rerun` again; null when the sampler has nothing left. */
  start(lag: number | null, rerun?: number): Promise<OpenTrial | null>;
  /** The open trial of that number in this process. */
  opened(number: number): OpenTrial | undefined;
  /** Where the words of an open trial go. */
  hostOf(opened: OpenTrial): TrialHost;
  finish(opened: OpenTrial, outcome: TrialOutcome): Promise<TrialRecord>;
  /** Lets go of a trial without ending it, so that it can be taken up again. */
  abandon(opened: OpenTrial): void;
  /** Runs a task between two of the engine's own. */
  serial<T>(task: () => Promise<T>): Promise<T>;
}

interface Plan {
  readonly history: readonly TrialRecord[];
  readonly drawn: Readonly<Record<string, DrawnParam>>;
}

export function createEngine({ core, ledger, space, flat, sampler, pruner }: EngineParts): Engine {
  const { seed, directions } = ledger;
  const serial = createSerial();
  const seenSpace = createSeenSpace(flat);
  const open = new Map<number, OpenTrial>();

  // Parameters of trial `number`; null when the sampler has nothing left to suggest.
  function plan(number: number, lag: number | null, fixed: Readonly<Record<string, never>> = {}): Plan | null {
    const { history, pending } = visibleTo(number, ledger.trials, lag, flat);
    const all = seenSpace(history);
    const key = { seed, trial: number, purpose: sampler.name };
    const suggestion = sampler.suggest(core, { space: all, directions, history, pending, key });
    // A trial with parameters fixed by hand is evaluated even when the sampler has run out.
    if (suggestion === null && Object.keys(fixed).length === 0) return null;
    return { history, drawn: completeSuggestion(core, all, suggestion ?? {}, fixed, key) };
  }

  function planKnown(number: number, lag: number | null): Plan {
    const fixed = ledger.trials[number]?.systemAttrs[fixedParamsAttr] ?? {};
    return plan(number, lag, fixed as Readonly<Record<string, never>>) ?? { history: [], drawn: {} };
  }

  async function start(lag: number | null, rerun?: number): Promise<OpenTrial | null> {
    const known = rerun ?? (await claimWaiting());
    if (known !== null) return openTrial(known, planKnown(known, lag));
    const expected = ledger.trials.length;
    const planned = plan(expected, lag);
    if (planned === null) return null;
    const number = await ledger.createTrial();
    // Another writer may have taken the number in between: the plan is then made for the one we got.
    return openTrial(number, number === expected ? planned : planKnown(number, lag));
  }

  async function claimWaiting(): Promise<number | null> {
    for (const trial of ledger.trials) {
      if (trial.state === "waiting" && (await ledger.claim(trial.number))) return trial.number;
    }
    return null;
  }

  async function openTrial(number: number, { history, drawn }: Plan): Promise<OpenTrial> {
    const declared: Record<string, DrawnParam> = {};
    for (const { name } of flat) {
      const param = drawn[name];
      if (param !== undefined) declared[name] = param;
    }
    await ledger.setParams(number, declared);
    const internal = Object.fromEntries(Object.entries(declared).map(([name, param]) => [name, param.internal]));
    const task = { number, seed, objectives: directions.length, params: nestParams(space, internal), drawn };
    const opened = { task, history, reports: new Map(), userAttrs: new Map(), suggested: new Map() };
    open.set(number, opened);
    return opened;
  }

  function verdict({ task, history, reports }: OpenTrial): boolean {
    const record = ledger.trials[task.number] as TrialRecord;
    const trial = { ...record, ...byObjectives(reports) };
    const key = { seed, trial: task.number, purpose: pruner.name };
    return pruner.shouldPrune(core, { directions, trial, history, key });
  }

  return {
    ledger,
    serial,
    spaceOf: seenSpace,
    nextNumber: () => ledger.trials.find((trial) => trial.state === "waiting")?.number ?? ledger.trials.length,
    abandoned: () =>
      ledger.trials.filter(({ state, number }) => state === "running" && !open.has(number)).map(({ number }) => number),
    start: (lag, rerun) => serial(() => start(lag, rerun)),
    opened: (number) => open.get(number),
    hostOf: (opened) => ({
      report(value, step) {
        if (!opened.reports.has(step)) opened.reports.set(step, value);
      },
      shouldPrune: () => verdict(opened),
      suggested: (name, drawn) => void opened.suggested.set(name, drawn),
      setUserAttr: (name, value) => void opened.userAttrs.set(name, value),
    }),
    finish: (opened, outcome) =>
      serial(async () => {
        const { number } = opened.task;
        await ledger.finishTrial(number, settle(outcome, directions, number), opened);
        open.delete(number);
        return ledger.trials[number] as TrialRecord;
      }),
    abandon: (opened) => void open.delete(opened.task.number),
  };
}

// A complete outcome counts only with one finite value per direction.
function settle(outcome: TrialOutcome, directions: readonly Direction[], number: number): TrialOutcome {
  if (outcome.state !== "complete") return outcome;
  const { values } = outcome;
  if (values.length === directions.length && values.every((value) => Number.isFinite(value))) return outcome;
  const expected = directions.length === 1 ? "one finite number" : `${directions.length} finite numbers`;
  const message = `trial ${number}'s value: expected ${expected}, got ${values.join(", ")}`;
  return { state: "fail", failure: { name: "InvalidValue", message, stack: null } };
}
