import { expectInteger, expectNumber, expectOneOf, show } from "../core/errors.ts";
import type { Json } from "../core/json.ts";
import type { TrialState } from "../core/trial.ts";
import type { Storage } from "../storages/storage.ts";
import type { AskOptions, Study } from "../study/study.ts";
import { refuse } from "./members.ts";
import { Refusal } from "./refusal.ts";
import type { ServedStudy, Studies } from "./studies.ts";

/** What a route is given of a request. */
export interface Call {
  readonly studies: Studies;
  /** The storage of the study of that name, or, for null, the one that lists them. */
  storage(study: string | null): Promise<Storage>;
  /** A part of the path, decoded. */
  param(name: "study" | "trial"): string;
  query(name: string): string | undefined;
  /** The body, which must be JSON. */
  body(): Promise<unknown>;
}

/** What a route answers with: 200 unless it says otherwise. */
export interface Answer {
  readonly status?: 201;
  readonly body: unknown;
}

/** The study that the path names. */
export async function studyOf(call: Call): Promise<ServedStudy> {
  const name = call.param("study");
  return call.studies.get(await call.storage(name), name);
}

/** The same, to ask and tell: it must have been created through the service, which else knows neither space nor sampler. */
export async function definedStudy(call: Call): Promise<{ readonly study: Study; readonly schedule: AskOptions }> {
  const { study, definition } = await studyOf(call);
  if (definition !== null) {
    const { lag = null } = definition;
    return { study, schedule: lag === null ? {} : { lag } };
  }
  const message = `"${study.name}": expected a study created through the service, got one that a program made`;
  throw new Refusal(409, "no-definition", message);
}

/** The number of the trial that the path names. */
export function numberOf(call: Call): number {
  return readInteger("trial", call.param("trial"));
}

const MOST_ITEMS = 1000;

/** The part of a list that the query asks for with `offset` (default 0) and `limit` (default 100, at most 1000). */
export function page<T>(
  call: Call,
  name: string,
  items: readonly T[],
  show: (item: T) => unknown = (item) => item,
): { readonly total: number; readonly offset: number } {
  const offset = readInteger("offset", call.query("offset") ?? "0");
  const limit = readInteger("limit", call.query("limit") ?? "100", MOST_ITEMS);
  return { total: items.length, offset, [name]: items.slice(offset, offset + limit).map((item) => show(item)) };
}

function readInteger(name: string, text: string, high?: number): number {
  return expectInteger(name, /^\d{1,16}$/.test(text) ? Number(text) : text, 0, high);
}

/** What an answer says of a study. */
export function summary({ study, definition }: ServedStudy): unknown {
  const states: Record<TrialState, number> = { running: 0, waiting: 0, complete: 0, pruned: 0, fail: 0 };
  for (const { state } of study.trials) states[state]++;
  const { name, directions, seed, userAttrs } = study;
  return { name, directions, seed, definition, trials: { total: study.trials.length, ...states }, userAttrs };
}

/** What a request tells of a trial: a number, one for each objective, or null with a state that has none. */
export function expectValue(value: Json, state: Json | undefined, objectives: number): number | number[] | null {
  expectOneOf("state", state, [undefined, "complete", "pruned", "fail"]);
  if (state === "pruned" || state === "fail") {
    return value === null ? null : refuse("value", `null with state ${show(state)}`, value);
  }
  if (objectives === 1) return expectNumber("value", value);
  if (!Array.isArray(value) || value.length !== objectives) return refuse("value", `${objectives} numbers`, value);
  return value.map((item: Json, k) => expectNumber(`value[${k}]`, item));
}
