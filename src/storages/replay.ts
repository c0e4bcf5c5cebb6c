import type { Distribution } from "../core/distribution.ts";
import { VernierError } from "../core/errors.ts";
import type { Json } from "../core/json.ts";
import { type JournalRecord, Op } from "../core/record.ts";
import type { Direction, TrialState } from "../core/trial.ts";
import { decodeDistribution, encodeDistribution } from "./distribution-json.ts";
import { freezeJson } from "./freeze.ts";
import { readDate } from "./journal-date.ts";
import { directionCodes, stateCodes } from "./operations.ts";
import * as fields from "./record-fields.ts";
import { type StartedParams, type StudyState, StudyReplay } from "./study-replay.ts";
import { TrialDraft } from "./trial-draft.ts";

export type { StudyState } from "./study-replay.ts";

/**
 * What a record did: the id of the study (op 0-3) or trial (op 4-9) that it made or changed, or null when
 * the replay refused or skipped it.
 */
export type Outcome = number | null;

/**
 * The replay of a log: applies records in the log's order and holds the studies that follow from them.
 * Ids are positions, known only here: the k-th study and the k-th trial that the log created (refused
 * records do not count). Every reader of the same records comes to the same state.
 */
export class LogState {
  readonly #studies: Map<number, StudyReplay> = new Map();
  readonly #byName: Map<string, StudyReplay> = new Map();
  readonly #trials: TrialReplay[] = [];
  readonly #distributions: Map<string, Distribution> = new Map();
  #length = 0;
  #studyCount = 0;

  /** Trials that have one of the `distributions` have this very object. */
  constructor(distributions: readonly Distribution[] = []) {
    for (const distribution of distributions) this.#distributions.set(encodeDistribution(distribution), distribution);
  }

  /** How many records it has applied: the position to read from next. */
  get length(): number {
    return this.#length;
  }

  /** The studies that exist, oldest first. */
  get studies(): readonly StudyState[] {
    return [...this.#studies.values()];
  }

  findStudy(name: string): StudyState | null {
    return this.#byName.get(name) ?? null;
  }

  /** The worker that created the trial running or claimed it, whatever became of it; null for none yet. */
  owner(trialId: number): string | null {
    return this.#trials[trialId]?.owner ?? null;
  }

  /**
   * Applies the log's next records; returns what each of them did. Throws `storage-corrupt` at a record whose
   * fields make no sense, having applied those before it.
   */
  apply(records: readonly JournalRecord[]): readonly Outcome[] {
    return records.map((record) => {
      try {
        const outcome = this.#applyOne(record);
        this.#length++;
        return outcome;
      } catch (error) {
        if (!(error instanceof VernierError)) throw error;
        throw new VernierError(error.code, `journal record ${this.#length + 1}: ${error.message}`, { cause: error });
      }
    });
  }

  #applyOne(record: JournalRecord): Outcome {
    switch (record.op_code) {
      case Op.createStudy:
        return this.#createStudy(record);
      case Op.deleteStudy:
      case Op.studyUserAttr:
      case Op.studySystemAttr:
        return this.#changeStudy(record);
      case Op.createTrial:
        return this.#createTrial(record);
      case Op.trialParam:
      case Op.trialState:
      case Op.intermediateValue:
      case Op.trialUserAttr:
      case Op.trialSystemAttr:
        return this.#changeTrial(record);
      default:
        return null;
    }
  }

  #createStudy(record: JournalRecord): Outcome {
    const name = fields.textOf(record, "study_name");
    const directions = readDirections(record);
    if (this.#byName.has(name)) return null;
    const study = new StudyReplay(this.#studyCount++, name, directions);
    this.#studies.set(study.id, study);
    this.#byName.set(name, study);
    return study.id;
  }

  #changeStudy(record: JournalRecord): Outcome {
    const study = this.#studies.get(fields.integerOf(record, "study_id"));
    if (study === undefined) return null;
    if (record.op_code === Op.studyUserAttr) study.userAttrs = merged(study.userAttrs, record, "user_attr");
    else if (record.op_code === Op.studySystemAttr) {
      study.systemAttrs = merged(study.systemAttrs, record, "system_attr");
    } else {
      // Its trials keep their ids, and records may go on naming them.
      this.#studies.delete(study.id);
      this.#byName.delete(study.name);
    }
    return study.id;
  }

  #createTrial(record: JournalRecord): Outcome {
    const study = this.#studies.get(fields.integerOf(record, "study_id"));
    if (study === undefined) return null;
    const state = record.state === undefined ? "running" : readState(record);
    const draft = new TrialDraft(study.table.count, state, study.distributions);
    draft.startedAt = optionalDate(record, "datetime_start");
    draft.completedAt = optionalDate(record, "datetime_complete");
    draft.values = fields.optionalNumbersOf(record, "values");
    if (draft.values === null && typeof record.value === "number") draft.values = [record.value];
    this.#setParams(study, draft, record);
    if (record.user_attrs !== undefined || record.system_attrs !== undefined) setAttrs(draft, record);
    if (record.intermediate_values !== undefined) setReports(draft, record);
    const id = this.#trials.length;
    this.#trials.push({ study, number: draft.number, owner: state === "running" ? record.worker_id : null });
    study.add(id, draft);
    return id;
  }

  // Those that a new trial has from the start; mostly the same as the trial before, in the same ranges.
  #setParams(study: StudyReplay, draft: TrialDraft, record: JournalRecord): void {
    const params = fields.objectOf(record, "params");
    if (params === null) return;
    const texts = fields.objectOf(record, "distributions") ?? {};
    const names = Object.keys(params);
    for (const name of names) {
      if (typeof params[name] !== "number") fields.refuse(record, "params", `numbers ("${name}" is not)`);
    }
    if (!isAsBefore(study.started, names, texts)) study.started = this.#useParams(study, draft, record, names, texts);
    const { distributions } = study.started;
    draft.setParams(params as Readonly<Record<string, number>>, study.started.names, distributions);
  }

  #useParams(
    study: StudyReplay,
    draft: TrialDraft,
    record: JournalRecord,
    names: readonly string[],
    given: { readonly [name: string]: Json },
  ): StartedParams {
    const texts = names.map((name) => {
      const text = Object.hasOwn(given, name) ? given[name] : undefined;
      if (typeof text === "string") return text;
      return fields.refuse(record, "distributions", `an object with a string as "${name}"`);
    });
    const distributions = texts.map((text) => this.#distribution(text));
    names.forEach((name, i) => study.used(name, distributions[i] as Distribution, draft.number));
    return { names, texts, distributions };
  }

  #changeTrial(record: JournalRecord): Outcome {
    const id = fields.integerOf(record, "trial_id");
    const trial = this.#trials[id];
    const draft = trial?.study.table.draft(trial.number);
    if (trial === undefined || draft === undefined) return null;
    if (record.op_code === Op.trialParam) {
      const name = fields.textOf(record, "param_name");
      const distribution = this.#distribution(fields.textOf(record, "distribution"));
      if (!trial.study.admits(name, distribution)) return null;
      draft.setParam(name, distribution, fields.numberOf(record, "param_value_internal"));
      trial.study.used(name, distribution, draft.number);
    } else if (record.op_code === Op.trialState) {
      if (!changeState(draft, record)) return null;
      if (draft.state === "running") trial.owner = record.worker_id;
    } else if (record.op_code === Op.intermediateValue) {
      draft.report(fields.integerOf(record, "step"), fields.numberOf(record, "intermediate_value"));
    } else {
      const user = record.op_code === Op.trialUserAttr;
      for (const [key, value] of fields.membersOf(record, user ? "user_attr" : "system_attr")) {
        if (user) draft.setUserAttr(key, value);
        else draft.setSystemAttr(key, value);
      }
    }
    trial.study.table.touch(draft);
    return id;
  }

  // A study says the same few distributions over and over.
  #distribution(text: string): Distribution {
    let distribution = this.#distributions.get(text);
    if (distribution === undefined) {
      distribution = decodeDistribution(text);
      this.#distributions.set(text, distribution);
    }
    return distribution;
  }
}

function setAttrs(draft: TrialDraft, record: JournalRecord): void {
  for (const [key, value] of fields.membersOf(record, "user_attrs")) draft.setUserAttr(key, value);
  for (const [key, value] of fields.membersOf(record, "system_attrs")) draft.setSystemAttr(key, value);
}

function setReports(draft: TrialDraft, record: JournalRecord): void {
  for (const [step, value] of fields.membersOf(record, "intermediate_values")) {
    if (typeof value !== "number") fields.refuse(record, "intermediate_values", "an object of numbers");
    draft.report(Number(step), value);
  }
}

function isAsBefore(
  { names, texts }: StartedParams,
  now: readonly string[],
  given: { readonly [name: string]: Json },
): boolean {
  if (now.length !== names.length) return false;
  for (let i = 0; i < now.length; i++) {
    const name = now[i] as string;
    if (name !== names[i] || given[name] !== texts[i]) return false;
  }
  return true;
}

interface TrialReplay {
  readonly study: StudyReplay;
  readonly number: number;
  owner: string | null;
}

/** Moves an unfinished trial to the record's state; false when it asks to run a trial that runs already. */
function changeState(draft: TrialDraft, record: JournalRecord): boolean {
  const state = readState(record);
  const values = fields.optionalNumbersOf(record, "values");
  if (state === "running") {
    if (draft.state === "running") return false;
    draft.startedAt = optionalDate(record, "datetime_start");
  } else if (state !== "waiting") {
    draft.completedAt = optionalDate(record, "datetime_complete");
  }
  draft.state = state;
  if (values !== null) draft.values = values;
  return true;
}

const states = new Map(Object.entries(stateCodes).map(([state, code]) => [code, state as TrialState]));
const directions = new Map(Object.entries(directionCodes).map(([name, code]) => [code, name as Direction]));

function readState(record: JournalRecord): TrialState {
  return states.get(fields.integerOf(record, "state")) ?? fields.refuse(record, "state", "from 0 to 4");
}

function readDirections(record: JournalRecord): readonly Direction[] {
  const found = (fields.optionalNumbersOf(record, "directions") ?? []).map((code) => directions.get(code));
  if (found.length === 0 || found.includes(undefined)) {
    fields.refuse(record, "directions", "a list of 1 (minimize) and 2 (maximize)");
  }
  return Object.freeze(found as Direction[]);
}

function optionalDate(record: JournalRecord, field: string): string | null {
  const text = fields.optionalTextOf(record, field);
  return text === null ? null : readDate(text);
}

function merged(
  attrs: Readonly<Record<string, Json>>,
  record: JournalRecord,
  field: string,
): Readonly<Record<string, Json>> {
  return freezeJson({ ...attrs, ...Object.fromEntries(fields.membersOf(record, field)) });
}
