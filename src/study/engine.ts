import type { ParamValue } from "../core/distribution.ts";
import { show, VernierError } from "../core/errors.ts";
import type { Json } from "../core/json.ts";
import { type FlatSpace, isActive, nestParams, type Space } from "../core/space.ts";
import type { Direction, TrialRecord, TrialState } from "../core/trial.ts";
import type { Pruner } from "../pruners/pruner.ts";
import type { Sampler, SamplerInput } from "../samplers/sampler.ts";
import type { Checkpoints } from "../storages/checkpoints.ts";
import type { Core } from "../wasm/core.ts";
import { fixedParamsAttr } from "../storages/operations.ts";
import { type CompleteParams, completeSuggestion } from "./complete.ts";
import { byObjectives, type Ledger } from "./ledger.ts";
import type { DrawnParam, Report, TrialHost, TrialOutcome, TrialTask } from "./runner.ts";
import { createSeenSpace } from "./seen-space.ts";
import { createSerial } from "./serial.ts";
import { isReady, newestKnown, type Visible, visibleTo } from "./visible.ts";

/** What a study is made of. */
export interface EngineParts {
  readonly core: Core;
  readonly ledger: Ledger;
  readonly space: Space;
  readonly flat: FlatSpace;
  readonly sampler: Sampler;
  readonly pruner: Pruner;
  readonly checkpoints: Checkpoints;
}

/** A trial under way in this process: its task, what it may know, and what it said so far. */
export interface OpenTrial {
  /** Whether the log has some of what it said. */
  saved: boolean;
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
  /** Starts the next trial, but throws `not-ready` while a trial that it must know as ended has not. */
  startReady(lag: number | null): Promise<OpenTrial | null>;
  /**
   * The trial under way of that number, whoever started it: as it is open here, else with what the log has of it. To be
   * evaluated (`whole`) it is open from then on, with all its parameters; else it can be told only. Throws
   * `unknown-trial` or `trial-ended` for another.
   */
  takeUp(number: number, lag: number | null, whole: boolean): Promise<OpenTrial>;
  /** Takes in what other writers appended. */
  sync(): Promise<void>;
  /** Where the words of an open trial go. */
  hostOf(opened: OpenTrial): TrialHost;
  /** Writes what the trial said so far. */
  save(opened: OpenTrial): Promise<void>;
  /** Ends a trial; `first` is false where another writer had ended it, with the record that stands then. */
  finish(opened: OpenTrial, outcome: TrialOutcome): Promise<{ readonly record: TrialRecord; readonly first: boolean }>;
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

export function createEngine({ core, ledger, space, flat, sampler, pruner, checkpoints }: EngineParts): Engine {
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
  function plan(
    number: number,
    lag: number | null,
    fixed: Readonly<Record<string, ParamValue>> | null = null,
  ): Plan | null {
    const { visible, input } = view(number, lag);
    const { space: seen, key } = input;
    const suggestion = sampler.suggest(core, input);
    if (suggestion === null && fixed === null) return null;
    const all = completeSuggestion(core, seen, suggestion ?? {}, fixed ?? {}, key);
    return { visible, all, declared: seen === flat ? all : declaredOf(all) };
  }

  // Of a trial in the log what it has of parameters stays, and so does what it was enqueued with.
  function planKnown(number: number, lag: number | null): Plan {
    const { params = {}, systemAttrs = {} }: Partial<TrialRecord> = table.record(number) ?? {};
    const fixed = { ...(systemAttrs[fixedParamsAttr] as Readonly<Record<string, ParamValue>> | undefined) };
    for (const { name } of flat) if (Object.hasOwn(params, name)) fixed[name] = params[name] as ParamValue;
    return plan(number, lag, fixed) as Plan;
  }

  async function start(lag: number | null, rerun?: number, ready: boolean = false): Promise<OpenTrial | null> {
    if (ready) await expectReady(lag);
    const known = rerun ?? (table.firstWaiting(0) === null ? null : await claimWaiting());
    const preparation = sampler.prepare?.(view(known ?? table.count, lag).input);
    if (preparation !== undefined) {
      await preparation;
      // Trials may have come and ended in the meantime.
      return start(lag, known ?? undefined, ready && known === null);
    }
    if (known !== null) return resume(known, planKnown(known, lag));
    const planned = plan(table.count, lag);
    if (planned === null) return null;
    const number = table.count;
    const { drawn, internal } = planned.declared;
    const outcome = await ledger.startTrial(drawn, internal);
    if (outcome === "started") return openTrial(number, planned);
    // What the number that comes now may know is looked at again; at most `lag` trials are under way, so that this ends.
    if (outcome === "behind" && ready && lag !== null) return start(lag, undefined, ready);
    // Another writer may take the number in between: the plan is then made for the one we get.
    const given = await ledger.createTrial();
    return given === number ? resume(given, planned) : start(lag, given);
  }

  const nextNumber = (): number => table.firstWaiting(0) ?? table.count;

  async function expectReady(lag: number | null): Promise<void> {
    if (isReady(nextNumber(), table.open("running"), lag)) return;
    await sync();
    const next = nextNumber();
    const running = table.open("running");
    if (isReady(next, running, lag)) return;
    const message = `trial ${next}: expected all trials up to ${newestKnown(next, lag)} to have ended, got trial ${running[0]} under way`;
    throw new VernierError("not-ready", message);
  }

  async function sync(): Promise<void> {
    await ledger.sync();
    for (const number of open.keys()) if (table.state(number) !== "running") open.delete(number);
  }

  async function takeUp(number: number, lag: number | null, whole: boolean): Promise<OpenTrial> {
    if (table.state(number) !== "running") await sync();
    const state = table.state(number);
    if (state === undefined || state === "waiting") {
      const got = state === undefined ? `no trial ${show(number)}` : `trial ${number}, which is waiting`;
      throw new VernierError("unknown-trial", `"trial": expected a trial under way, got ${got}`);
    }
    if (state !== "running") throw ended(number, state);
    const opened = open.get(number);
    if (opened !== undefined) return opened;
    const record = table.record(number) as TrialRecord;
    const lacks = (param: FlatSpace[number]): boolean =>
      isActive(param, record.internal) && !Object.hasOwn(record.internal, param.name);
    const incomplete = flat.some(lacks);
    const resumed =
      incomplete && whole
        ? ((await start(lag, number)) as OpenTrial)
        : openedTrial(number, planMade(record, lag), incomplete);
    if (whole) open.set(number, resumed);
    resumed.saved = true;
    for (const [step, value] of [...record.intermediate, ...(record.reports ?? [])]) resumed.reports.set(step, value);
    return resumed;
  }

  function planMade({ number, distributions, internal }: TrialRecord, lag: number | null): Plan {
    const params = Object.entries(distributions).map(
      ([name, distribution]) => [name, { distribution, internal: internal[name] as number }] as const,
    );
    const all = { drawn: Object.fromEntries(params), internal };
    return { visible: visibleTo(number, table, lag, flat), all, declared: all };
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

  function openTrial(number: number, plan: Plan): OpenTrial {
    const opened = openedTrial(number, plan);
    open.set(number, opened);
    return opened;
  }

  // Without parameters if some are missing: it can be told, not evaluated.
  function openedTrial(number: number, { visible, all, declared }: Plan, incomplete: boolean = false): OpenTrial {
    const params = incomplete ? null : nestParams(space, declared.internal);
    return {
      saved: false,
      task: { number, seed, objectives: directions.length, params, drawn: all.drawn },
      visible,
      reports: new Map(),
      constraints: new Map(),
      userAttrs: new Map(),
      suggested: new Map(),
    };
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
    nextNumber,
    abandoned: () => table.open("running").filter((number) => !open.has(number)),
    start: (lag, rerun) => serial(() => start(lag, rerun)),
    startReady: (lag) => serial(() => start(lag, undefined, true)),
    takeUp: (number, lag, whole) => serial(() => takeUp(number, lag, whole)),
    sync: () => serial(sync),
    hostOf: (opened) => ({
      report(value, step) {
        if (!opened.reports.has(step)) opened.reports.set(step, value);
      },
      shouldPrune: () => verdict(opened),
      suggested: (name, drawn) => void opened.suggested.set(name, drawn),
      setConstraint: (name, value) => void opened.constraints.set(name, value),
      setUserAttr: (name, value) => void opened.userAttrs.set(name, value),
      checkpoints,
    }),
    save: (opened) =>
      serial(async () => {
        await ledger.saveNotes(opened.task.number, opened);
        opened.saved = true;
        opened.constraints.clear();
        opened.userAttrs.clear();
      }),
    finish: (opened, outcome) =>
      serial(async () => {
        const { number } = opened.task;
        const first = await ledger.finishTrial(number, settle(outcome, directions, number), opened);
        open.delete(number);
        return { record: table.record(number) as TrialRecord, first };
      }),
    abandon: (opened) => void open.delete(opened.task.number),
  };
}

/** What a trial that is no longer under way is refused with. */
export function ended(number: number, state: TrialState): VernierError {
  const message = `"trial": expected a trial under way, got trial ${number}, which is ${state}`;
  return new VernierError("trial-ended", message);
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
