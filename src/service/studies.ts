import type { Json } from "../core/json.ts";
import { studyDeps } from "../create-study.ts";
import * as op from "../storages/operations.ts";
import type { StudyState } from "../storages/replay.ts";
import type { Storage } from "../storages/storage.ts";
import { createStudyWith } from "../study/create-study.ts";
import type { Study } from "../study/study.ts";
import { openLog, type StudyLog } from "../study/study-log.ts";
import { expectSameDefinition, readDefinition, type StudyDefinition } from "./definition.ts";
import { Refusal } from "./refusal.ts";

/** A study that requests are served from, and the definition it was created with; null for one that a program made. */
export interface ServedStudy {
  readonly study: Study;
  readonly definition: StudyDefinition | null;
}

/** The studies of storages. What is kept of them between requests is a memo: the log is read on before each. */
export interface Studies {
  /** Throws a 404 for a study that the storage does not have. */
  get(storage: Storage, name: string): Promise<ServedStudy>;
  /** Creates the study, unless it is there with the same definition. */
  create(storage: Storage, json: unknown): Promise<ServedStudy & { readonly created: boolean }>;
  /** Lets go of what is kept of the study, as after an error that may have left it in two minds. */
  forget(storage: Storage, name: string): void;
}

/** So many studies of a storage are kept between requests. */
const KEPT = 16;
/** The study system attribute under which the definition is kept. */
const definitionAttr = "vernier:definition";

export function createStudies(): Studies {
  const kept = new WeakMap<Storage, Map<string, Promise<ServedStudy | null>>>();

  function keep(storage: Storage, name: string, served: Promise<ServedStudy | null>): void {
    const studies = kept.get(storage) ?? new Map<string, Promise<ServedStudy | null>>();
    kept.set(storage, studies);
    // The one used last comes last.
    studies.delete(name);
    studies.set(name, served);
    if (studies.size > KEPT) studies.delete(studies.keys().next().value as string);
  }

  async function find(storage: Storage, name: string): Promise<ServedStudy | null> {
    const before = kept.get(storage)?.get(name);
    const served = before ?? open(storage, name);
    keep(storage, name, served);
    try {
      const found = await served;
      if (found === null) forget(storage, name);
      else if (before !== undefined) await found.study.sync();
      return found;
    } catch (error) {
      forget(storage, name);
      throw error;
    }
  }

  function forget(storage: Storage, name: string): void {
    kept.get(storage)?.delete(name);
  }

  return {
    forget,
    async get(storage, name) {
      const found = await find(storage, name);
      if (found !== null) return found;
      throw new Refusal(404, "unknown-study", `"${name}": expected the name of a study, got one that is not there`);
    },
    async create(storage, json) {
      const { definition, options } = readDefinition(json);
      const { name } = definition;
      const found = await find(storage, name);
      if (found !== null && found.definition !== null) {
        expectSameDefinition(found.definition, definition);
        return { ...found, created: false };
      }
      const log = await openLog(storage);
      const study = await createStudyWith(options, studyDeps(), log);
      const state = log.state.findStudy(name) as StudyState;
      // Of two requests that create a study at the same time the first one's word holds.
      await log.complete(() =>
        definitionOf(state) === null
          ? [op.studySystemAttr(log.worker, state.id, definitionAttr, definition as unknown as Json)]
          : [],
      );
      expectSameDefinition(definitionOf(state) as StudyDefinition, definition);
      const served = { study, definition };
      keep(storage, name, Promise.resolve(served));
      return { ...served, created: found === null };
    },
  };
}

async function open(storage: Storage, name: string): Promise<ServedStudy | null> {
  const log: StudyLog = await openLog(storage);
  const state = log.state.findStudy(name);
  if (state === null) return null;
  const definition = definitionOf(state);
  const options =
    definition === null
      ? ({ name, directions: state.directions, abandoned: "keep" } as const)
      : readDefinition(definition).options;
  return { study: await createStudyWith(options, studyDeps(), log), definition };
}

function definitionOf({ systemAttrs }: StudyState): StudyDefinition | null {
  return (systemAttrs[definitionAttr] as StudyDefinition | undefined) ?? null;
}
