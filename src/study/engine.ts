import type { Json } from "../core/json.ts";
import { type FlatSpace, nestParams, type Space } from "../core/space.ts";
import type { Direction, TrialRecord } from "../core/trial.ts";
import type { Pruner } from "../pruners/pruner.ts";
import type { Sampler, SamplerInput } from "../samplers/sampler.ts";
import type { Core } from "../wasm/core.ts";
import { fixedParamsAttr } from "../storages/operations.ts";
import { type CompleteParams, completeSuggestion } from "./complete.ts";
import { byObjectives, type Ledger } from "./ledger.ts";
import type { DrawnParam, Report, TrialHost, TrialOutcome, TrialTask } from "./runner.ts";
import { createSeenSpace } from "./seen-space.ts";
import { createSerial } from "./serial.ts";
import { type Visible, visibleTo } from "./visible.ts";

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
  readonly visible: Pick<Visible, "history">;
  readonly reports: Map<number, Report>;
  readonly constraints: Map<string, number>;
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
  readonly visible: Pick<Visible, "history">;
  /** Every parameter drawn, and those that are declared. */
  readonly all: CompleteParams;
  readonly declared: CompleteParams;
}

export function createEngine({ core, ledger, space, flat, sampler, pruner }: EngineParts): Engine {
  const { seed, directions, table } = ledger;
  const serial = createSerial();
  const seenSpace = createSeenSpace(flat);
  const open = new Map<number, OpenTrial>();

  // What trial `number` is suggested from.
  function view(number: number, lag: number | null): { readonly visible: Visible; readonly input: SamplerInput } {
    const visible = visibleTo(number, table, lag, flat);
    const space = seenSpace(visible, ledger.parameters);
    const input = {
      space,
      growing: flat.length === 0 || space.length > flat.length,
      directions,
      get history() {
        return visible.history;
      },
      get pending() {
        return visible.pending;
      },
      key: { seed, trial: number, purpose: sampler.name },
    };
    return { visible, input };
  }

  // What trial `number` gets; null when the sampler has nothing left to suggest and the trial is not in the log yet.
  function plan(number: number, lag: number | null, fixed: Readonly<Record<string, never>> | null = null): Plan | null {
    const { visible, input } = view(number, lag);
    const { space: seen, key } = input;
    const suggestion = sampler.suggest(core, input);
    if (suggestion === null && fixed === null) return null;
    const all = completeSuggestion(core, seen, suggestion ?? {}, fixed ?? {}, key);
    return { visible, all, declared: seen === flat ? all : declaredOf(all) };
  }

  function planKnown(number: number, lag: number | null): Plan {
    const fixed = table.record(number)?.systemAttrs[fixedParamsAttr] ?? {};
    return plan(number, lag, fixed as Readonly<Record<string, never>>) as Plan;
  }

  async function start(lag: number | null, rerun?: number): Promise<OpenTrial | null> {
    const known = rerun ?? (table.firstWaiting(0) === null ? null : await claimWaiting());
    const preparation = sampler.prepare?.(view(known ?? table.count, lag).input);
    if (preparation !== undefined) {
      await preparation;
      // Trials may have come and ended in the meantime.
      return start(lag, known ?? undefined);
    }
    if (known !== null) return resume(known, planKnown(known, lag));
    const planned = plan(table.count, lag);
    if (planned === null) return null;
    const number = table.count;
    const { drawn, internal } = planned.declared;
    if (await ledger.startTrial(drawn, internal)) return openTrial(number, planned);
    // Another writer may take the number in between: the plan is then made for the one we get.
    const given = await ledger.createTrial();
    return given === number ? resume(given, planned) : start(lag, given);
  }

  async function claimWaiting(): Promise<number | null> {
    for (let number = table.firstWaiting(0); number !== null; number = table.firstWaiting(number + 1)) {
      if (await ledger.claim(number)) return number;
    }
    return null;
  }

  // Trial `number`, which is in the log, its parameters perhaps not.
  async function resume(number: number, planned: Plan): Promise<OpenTrial> {
    await ledger.setParams(number, planned.declared.drawn);
    return openTrial(number, planned);
  }

  function declaredOf({ drawn }: CompleteParams): CompleteParams {
    const names = flat.map(({ name }) => name).filter((name) => drawn[name] !== undefined);
    const params = names.map((name) => [name, drawn[name] as DrawnParam] as const);
    return {
      drawn: Object.fromEntries(params),
      internal: Object.freeze(Object.fromEntries(params.map(([name, { internal }]) => [name, internal]))),
    };
  }

  function openTrial(number: number, { visible, all, declared }: Plan): OpenTrial {
    const params = nestParams(space, declared.internal);
    const task = { number, seed, objectives: directions.length, params, drawn: all.drawn };
    const opened = {
      task,
      visible,
      reports: new Map(),
      constraints: new Map(),
      userAttrs: new Map(),
      suggested: new Map(),
    };
    open.set(number, opened);
    return opened;
  }

  function verdict({ task, visible, reports }: OpenTrial): boolean {
    const record = table.record(task.number) as TrialRecord;
    const trial = { ...record, ...byObjectives(reports) };
    const key = { seed, trial: task.number, purpose: pruner.name };
    return pruner.shouldPrune(core, { directions, trial, history: visible.history, key });
  }

  return {
    ledger,
    serial,
    spaceOf: (history) => seenSpace({ history }, ledger.parameters),
    nextNumber: () => table.firstWaiting(0) ?? table.count,
    abandoned: () => table.open("running").filter((number) => !open.has(number)),
    start: (lag, rerun) => serial(() => start(lag, rerun)),
    opened: (number) => open.get(number),
    hostOf: (opened) => ({
      report(value, step) {
        if (!opened.reports.has(step)) opened.reports.set(step, value);
      },
      shouldPrune: () => verdict(opened),
      suggested: (name, drawn) => void opened.suggested.set(name, drawn),
      setConstraint: (name, value) => void opened.constraints.set(name, value),
      setUserAttr: (name, value) => void opened.userAttrs.set(name, value),
    }),
    finish: (opened, outcome) =>
      serial(async () => {
        const { number } = opened.task;
        await ledger.finishTrial(number, settle(outcome, directions, number), opened);
        open.delete(number);
        return table.record(number) as TrialRecord;
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
