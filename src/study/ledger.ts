import type { Distribution, ParamValue } from "../core/distribution.ts";
import type { Json } from "../core/json.ts";
import type { JournalRecord } from "../core/record.ts";
import type { Direction, TrialRecord } from "../core/trial.ts";
import { encodeDistribution } from "../storages/distribution-json.ts";
import * as op from "../storages/operations.ts";
import type { StudyState } from "../storages/replay.ts";
import { SharedByName } from "../storages/shared-by-name.ts";
import { agree, type LedgerOptions } from "./agree.ts";
import type { Clock } from "./clock.ts";
import type { DrawnParam, Report, TrialOutcome } from "./runner.ts";
import type { StudyLog } from "./study-log.ts";

/** What a trial said while it ran, written when it ends unless it is asked for before. */
export interface TrialNotes {
  /** Whether the log may have some of it already. */
  readonly saved: boolean;
  readonly reports: ReadonlyMap<number, Report>;
  readonly constraints: ReadonlyMap<string, number>;
  readonly userAttrs: ReadonlyMap<string, Json>;
  readonly suggested: ReadonlyMap<string, DrawnParam>;
}

/** One study's side of a log: writes what happens as journal records, knows what the replay makes of them. */
export interface Ledger {
  readonly name: string;
  readonly directions: readonly Direction[];
  readonly seed: number;
  readonly trials: readonly TrialRecord[];
  /** The same trials one by one. */
  readonly table: StudyState["table"];
  /** Names of the parameters that trials have. */
  readonly parameters: Iterable<string>;
  readonly userAttrs: Readonly<Record<string, Json>>;
  /** Takes in what other writers appended. */
  sync(): Promise<void>;
  /**
   * The next trial, running, with its parameters and their internal values (frozen), in one record: "started". Else
   * nothing was written: another writer was faster, so that it would have got another number than planned, and the log
   * was read on ("behind"); or the storage cannot tell, or a parameter does not fit those of earlier trials ("unable").
   */
  startTrial(
    drawn: Readonly<Record<string, DrawnParam>>,
    internal: Readonly<Record<string, number>>,
  ): Promise<"started" | "behind" | "unable">;
  /** A new running trial; resolves with its number. */
  createTrial(): Promise<number>;
  /** Takes a waiting trial; false when another writer was faster. */
  claim(number: number): Promise<boolean>;
  enqueue(fixed: Readonly<Record<string, ParamValue>>): Promise<void>;
  setParams(number: number, drawn: Readonly<Record<string, DrawnParam>>): Promise<void>;
  /** Writes what a trial under way said so far. */
  saveNotes(number: number, notes: TrialNotes): Promise<void>;
  /** Ends a trial; false when another writer had ended it. */
  finishTrial(number: number, outcome: TrialOutcome, notes: TrialNotes): Promise<boolean>;
  setUserAttr(name: string, value: Json): Promise<void>;
}

/** Opens the study of that name in the log, or creates it; throws `study-mismatch` when it is another one. */
export async function openLedger(log: StudyLog, clock: Clock, options: LedgerOptions): Promise<Ledger> {
  const { worker, state, write } = log;
  const texts = new SharedByName(encodeDistribution);
  const { name, directions } = options;
  await log.complete(() => (state.findStudy(name) === null ? [op.createStudy(worker, name, directions)] : []));
  const study = state.findStudy(name) as StudyState;
  const seed = await agree(study, options, log);
  const idOf = (number: number): number => study.trialIds[number] as number;

  return {
    name: study.name,
    directions: study.directions,
    seed,
    get trials() {
      return study.trials;
    },
    get userAttrs() {
      return study.userAttrs;
    },
    get parameters() {
      return study.parameters;
    },
    table: study.table,
    sync: log.sync,
    async startTrial(drawn, internal) {
      if (!log.knowsPositions) return "unable";
      const names = Object.keys(drawn);
      const distributions = names.map((name) => (drawn[name] as DrawnParam).distribution);
      if (!names.every((name, i) => study.admits(name, distributions[i] as Distribution))) return "unable";
      const encoded = texts.of(names, distributions);
      const record = op.startTrial(worker, study.id, clock.timestamp(), internal, encoded);
      if ((await log.writeNext([record])) !== null) return "started";
      await log.sync();
      return "behind";
    },
    async createTrial() {
      const [id] = await write([op.createTrial(worker, study.id, clock.timestamp())]);
      return study.trialIds.lastIndexOf(id as number);
    },
    async claim(number) {
      await write([op.claim(worker, idOf(number), clock.timestamp())]);
      return state.owner(idOf(number)) === worker && study.table.state(number) === "running";
    },
    async enqueue(fixed) {
      await write([op.enqueue(worker, study.id, fixed)]);
    },
    async setParams(number, drawn) {
      const known = study.table.record(number)?.params ?? {};
      const fresh = Object.entries(drawn).filter(([name]) => !Object.hasOwn(known, name));
      if (fresh.length > 0) await write(fresh.map(([name, param]) => paramRecord(idOf(number), name, param)));
    },
    async saveNotes(number, notes) {
      const records = noteRecords(number, notes);
      if (records.length > 0) await write(records);
    },
    async finishTrial(number, outcome, notes) {
      const id = idOf(number);
      const records = noteRecords(number, notes);
      if (outcome.state === "fail") records.push(op.failure(worker, id, outcome.failure));
      records.push(op.finish(worker, id, outcome.state, valuesOf(outcome, notes.reports), clock.timestamp()));
      return (await write(records)).at(-1) !== null;
    },
    async setUserAttr(name, value) {
      await write([op.studyUserAttr(worker, study.id, name, value)]);
    },
  };

  function noteRecords(number: number, notes: TrialNotes): JournalRecord[] {
    const id = idOf(number);
    const records: JournalRecord[] = [];
    if (notes.suggested.size > 0) {
      const known = study.table.record(number) as TrialRecord;
      for (const [name, param] of notes.suggested) {
        if (!Object.hasOwn(known.params, name)) records.push(paramRecord(id, name, param));
      }
    }
    if (notes.reports.size > 0) {
      const { intermediate, reports = [] } = byObjectives(notes.reports);
      const known = notes.saved ? (study.table.record(number) as TrialRecord) : null;
      const before = new Map(known?.intermediate);
      for (const [step, value] of intermediate) {
        if (!before.has(step) || !Object.is(before.get(step), value)) {
          records.push(op.intermediate(worker, id, step, value));
        }
      }
      if (reports.length > (known?.reports?.length ?? 0)) records.push(op.reports(worker, id, reports));
    }
    for (const [name, value] of notes.constraints) records.push(op.constraint(worker, id, name, value));
    for (const [name, value] of notes.userAttrs) records.push(op.trialUserAttr(worker, id, name, value));
    return records;
  }

  function paramRecord(id: number, name: string, { distribution, internal }: DrawnParam): JournalRecord {
    return op.setParam(worker, id, name, distribution, internal);
  }
}

/** Reports by increasing step as a record has them: those of single numbers, and those of one per objective. */
export function byObjectives(made: ReadonlyMap<number, Report>): Pick<TrialRecord, "intermediate" | "reports"> {
  const intermediate: (readonly [number, number])[] = [];
  const reports: (readonly [number, readonly number[]])[] = [];
  for (const [step, value] of byStep(made)) {
    if (typeof value === "number") intermediate.push([step, value]);
    else reports.push([step, value]);
  }
  return reports.length > 0 ? { intermediate, reports } : { intermediate };
}

function byStep(reports: ReadonlyMap<number, Report>): (readonly [step: number, value: Report])[] {
  return [...reports].sort(([a], [b]) => a - b);
}

// A pruned trial's values are its last report, where that is finite.
function valuesOf(outcome: TrialOutcome, reports: ReadonlyMap<number, Report>): readonly number[] | null {
  if (outcome.state === "complete") return outcome.values;
  if (outcome.state !== "pruned") return null;
  const last = byStep(reports).at(-1)?.[1];
  if (last === undefined) return null;
  const values = typeof last === "number" ? [last] : last;
  return values.every(Number.isFinite) ? values : null;
}
