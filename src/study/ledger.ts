import { type Distribution, type ParamValue, sameDistribution } from "../core/distribution.ts";
import { VernierError } from "../core/errors.ts";
import type { Json } from "../core/json.ts";
import type { JournalRecord } from "../core/record.ts";
import type { FlatSpace } from "../core/space.ts";
import type { Direction, TrialRecord } from "../core/trial.ts";
import { decodeDistribution, encodeDistribution } from "../storages/distribution-json.ts";
import * as op from "../storages/operations.ts";
import { LogState, type StudyState } from "../storages/replay.ts";
import { SharedByName } from "../storages/shared-by-name.ts";
import type { Storage } from "../storages/storage.ts";
import type { Clock } from "./clock.ts";
import type { DrawnParam, Report, TrialOutcome } from "./runner.ts";

/** What a study must agree on with its log. */
export interface LedgerOptions {
  readonly name: string;
  readonly directions: readonly Direction[];
  readonly space: FlatSpace;
  /** null: the one in the log, else a fresh one. */
  readonly seed: number | null;
  readonly freshSeed: () => number;
}

/** What a trial said while it ran, written when it ends. */
export interface TrialNotes {
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
   * The next trial, running, with its parameters and their internal values (frozen), in one record; false when that
   * may not be: another writer was faster, so that it would have got another number than planned, the storage cannot
   * tell, or a parameter does not fit those of earlier trials.
   */
  startTrial(drawn: Readonly<Record<string, DrawnParam>>, internal: Readonly<Record<string, number>>): Promise<boolean>;
  /** A new running trial; resolves with its number. */
  createTrial(): Promise<number>;
  /** Takes a waiting trial; false when another writer was faster. */
  claim(number: number): Promise<boolean>;
  enqueue(fixed: Readonly<Record<string, ParamValue>>): Promise<void>;
  setParams(number: number, drawn: Readonly<Record<string, DrawnParam>>): Promise<void>;
  finishTrial(number: number, outcome: TrialOutcome, notes: TrialNotes): Promise<void>;
  setUserAttr(name: string, value: Json): Promise<void>;
}

const seedAttr = "vernier:seed";
const spaceAttr = "vernier:space";

/** Opens the study of that name in the log, or creates it; throws `study-mismatch` when it is another one. */
export async function openLedger(storage: Storage, clock: Clock, options: LedgerOptions): Promise<Ledger> {
  const worker = crypto.randomUUID();
  const log = new LogState();
  const texts = new SharedByName(encodeDistribution);

  async function sync(): Promise<void> {
    log.apply(await storage.read(log.length));
  }

  // Appends where the log ended when it was last read, so that what the records do is known beforehand.
  async function writeNext(records: readonly JournalRecord[]): Promise<readonly (number | null)[] | null> {
    const written = await storage.appendAt?.(log.length, records);
    return written ? log.apply(written) : null;
  }

  // Else appends, then reads on to the end: what the records did is known only from their place in the log.
  async function write(records: readonly JournalRecord[]): Promise<readonly (number | null)[]> {
    const applied = await writeNext(records);
    if (applied !== null) return applied;
    await storage.append(records);
    const read = await storage.read(log.length);
    const outcomes = log.apply(read);
    // An append that failed after all may have left records of ours before these.
    return outcomes.filter((_, i) => read[i]?.worker_id === worker).slice(-records.length);
  }

  await sync();
  if (log.findStudy(options.name) === null) await write([op.createStudy(worker, options.name, options.directions)]);
  const study = log.findStudy(options.name) as StudyState;
  const seed = await agree(study, options, worker, write);
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
    sync,
    async startTrial(drawn, internal) {
      if (storage.appendAt === undefined) return false;
      const names = Object.keys(drawn);
      const distributions = names.map((name) => (drawn[name] as DrawnParam).distribution);
      if (!names.every((name, i) => study.admits(name, distributions[i] as Distribution))) return false;
      const encoded = texts.of(names, distributions);
      const record = op.startTrial(worker, study.id, clock.timestamp(), internal, encoded);
      if ((await writeNext([record])) !== null) return true;
      await sync();
      return false;
    },
    async createTrial() {
      const [id] = await write([op.createTrial(worker, study.id, clock.timestamp())]);
      return study.trialIds.lastIndexOf(id as number);
    },
    async claim(number) {
      await write([op.claim(worker, idOf(number), clock.timestamp())]);
      return log.owner(idOf(number)) === worker && study.table.state(number) === "running";
    },
    async enqueue(fixed) {
      await write([op.enqueue(worker, study.id, fixed)]);
    },
    async setParams(number, drawn) {
      const known = study.table.record(number)?.params ?? {};
      const fresh = Object.entries(drawn).filter(([name]) => !Object.hasOwn(known, name));
      if (fresh.length > 0) await write(fresh.map(([name, param]) => paramRecord(idOf(number), name, param)));
    },
    async finishTrial(number, outcome, notes) {
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
        for (const [step, value] of intermediate) records.push(op.intermediate(worker, id, step, value));
        if (reports.length > 0) records.push(op.reports(worker, id, reports));
      }
      for (const [name, value] of notes.constraints) records.push(op.constraint(worker, id, name, value));
      for (const [name, value] of notes.userAttrs) records.push(op.trialUserAttr(worker, id, name, value));
      if (outcome.state === "fail") records.push(op.failure(worker, id, outcome.failure));
      records.push(op.finish(worker, id, outcome.state, valuesOf(outcome, notes.reports), clock.timestamp()));
      await write(records);
    },
    async setUserAttr(name, value) {
      await write([op.studyUserAttr(worker, study.id, name, value)]);
    },
  };

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

/** Holds the options against what the log says of the study; writes what it does not say yet; gives the seed. */
async function agree(
  study: StudyState,
  options: LedgerOptions,
  worker: string,
  write: (records: readonly JournalRecord[]) => Promise<unknown>,
): Promise<number> {
  const refuse = (what: string, expected: string, got: string): never => {
    throw new VernierError(
      "study-mismatch",
      `study "${study.name}", ${what}: expected ${expected} as in the storage, got ${got}`,
    );
  };
  const directions = study.directions.join(", ");
  if (directions !== options.directions.join(", ")) refuse("directions", directions, options.directions.join(", "));

  const kept = study.systemAttrs[spaceAttr] as readonly KeptParam[] | undefined;
  if (kept !== undefined && options.space.length > 0) compareSpaces(kept, options.space, refuse);
  const keptSeed = study.systemAttrs[seedAttr];
  if (typeof keptSeed === "number" && options.seed !== null && options.seed !== keptSeed) {
    refuse("seed", String(keptSeed), String(options.seed));
  }
  const seed = typeof keptSeed === "number" ? keptSeed : (options.seed ?? options.freshSeed());
  const records: JournalRecord[] = [];
  if (keptSeed === undefined) records.push(op.studySystemAttr(worker, study.id, seedAttr, seed));
  if (kept === undefined && options.space.length > 0) {
    records.push(op.studySystemAttr(worker, study.id, spaceAttr, options.space.map(keepParam)));
  }
  if (records.length > 0) await write(records);
  return seed;
}

type KeptParam = { readonly name: string; readonly distribution: string; readonly when: string | null };

function keepParam({ name, distribution, when }: FlatSpace[number]): KeptParam {
  return {
    name,
    distribution: encodeDistribution(distribution),
    when: when === null ? null : `${when.name}=${when.index}`,
  };
}

function compareSpaces(
  kept: readonly KeptParam[],
  space: FlatSpace,
  refuse: (what: string, expected: string, got: string) => never,
): void {
  const names = (params: readonly { readonly name: string }[]): string => params.map(({ name }) => name).join(", ");
  if (names(kept) !== names(space)) refuse("space", names(kept), names(space));
  space.forEach((param, i) => {
    const before = kept[i] as KeptParam;
    const now = keepParam(param);
    const same = sameDistribution(decodeDistribution(before.distribution), param.distribution);
    if (!same || before.when !== now.when) refuse(`space "${param.name}"`, before.distribution, now.distribution);
  });
}
