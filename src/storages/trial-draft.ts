import { type Distribution, type ParamValue, toExternal } from "../core/distribution.ts";
import type { Json } from "../core/json.ts";
import { isFinished, type TrialFailure, type TrialRecord, type TrialState } from "../core/trial.ts";
import { freezeJson } from "./freeze.ts";
import { failureAttr, reportsAttr } from "./operations.ts";
import { copyOwn, setOwn } from "./own-property.ts";
import type { SharedByName } from "./shared-by-name.ts";

/** A trial that the replay still changes. */
export class TrialDraft {
  readonly number: number;
  state: TrialState;
  values: readonly number[] | null = null;
  startedAt: string | null = null;
  completedAt: string | null = null;
  userAttrs: Attrs | null = null;
  systemAttrs: Attrs | null = null;
  readonly #shared: SharedDistributions;
  #names: readonly string[] = [];
  /** Of each of the names. Neither list changes: trials share them. */
  #distributions: readonly Distribution[] = [];
  #internal: Record<string, number> = {};
  /** By increasing step. */
  #intermediate: (readonly [step: number, value: number])[] | null = null;

  /** `shared` is the study's. */
  constructor(number: number, state: TrialState, shared: SharedDistributions) {
    this.number = number;
    this.state = state;
    this.#shared = shared;
  }

  get finished(): boolean {
    return isFinished(this);
  }

  /** All parameters at once, with lists that stay as they are; the internal values are kept if they are frozen. */
  setParams(
    internal: Readonly<Record<string, number>>,
    names: readonly string[],
    distributions: readonly Distribution[],
  ): void {
    this.#names = names;
    this.#distributions = distributions;
    this.#internal = Object.isFrozen(internal) ? internal : copyOwn(internal);
  }

  setParam(name: string, distribution: Distribution, internal: number): void {
    if (Object.isFrozen(this.#internal)) this.#internal = copyOwn(this.#internal);
    if (Object.hasOwn(this.#internal, name)) {
      this.#distributions = this.#distributions.with(this.#names.indexOf(name), distribution);
    } else {
      this.#names = [...this.#names, name];
      this.#distributions = [...this.#distributions, distribution];
    }
    setOwn(this.#internal, name, internal);
  }

  setUserAttr(name: string, value: Json): void {
    this.userAttrs ??= {};
    setOwn(this.userAttrs, name, freezeJson(value));
  }

  setSystemAttr(name: string, value: Json): void {
    this.systemAttrs ??= {};
    setOwn(this.systemAttrs, name, freezeJson(value));
  }

  /** A step reported again takes the later value. */
  report(step: number, value: number): void {
    this.#intermediate ??= [];
    const pairs = this.#intermediate;
    let at = pairs.length;
    while (at > 0 && (pairs[at - 1] as readonly [number, number])[0] >= step) at--;
    pairs.splice(at, pairs[at]?.[0] === step ? 1 : 0, Object.freeze([step, value] as const));
  }

  /** The trial as it stands. */
  record(): TrialRecord {
    // What can still change is copied, what cannot is the record's own from now on.
    const internal = Object.freeze(this.finished ? this.#internal : copyOwn(this.#internal));
    const { systemAttrs } = this;
    const record: TrialRecord = {
      number: this.number,
      state: this.state,
      params: this.#external(internal),
      internal,
      distributions: this.#shared.of(this.#names, this.#distributions),
      values: this.values === null || Object.isFrozen(this.values) ? this.values : Object.freeze(this.values.slice()),
      intermediate: this.#intermediate === null ? none : Object.freeze(this.#intermediate.slice()),
      userAttrs: frozenAttrs(this.userAttrs),
      systemAttrs: frozenAttrs(systemAttrs),
      startedAt: this.startedAt,
      completedAt: this.completedAt,
      failure: this.state === "fail" ? readFailure(systemAttrs?.[failureAttr]) : null,
    };
    const reports = readReports(systemAttrs?.[reportsAttr]);
    return Object.freeze(reports === null ? record : { ...record, reports });
  }

  // Only choices have another value outside.
  #external(internal: Readonly<Record<string, number>>): Readonly<Record<string, ParamValue>> {
    if (!this.#distributions.some(({ type }) => type === "categorical")) return internal;
    const params: Record<string, ParamValue> = {};
    this.#names.forEach((name, i) => {
      setOwn(params, name, toExternal(this.#distributions[i] as Distribution, internal[name] as number));
    });
    return Object.freeze(params);
  }
}

/** The `distributions` of records: the same object for trials that have the same. */
export type SharedDistributions = SharedByName<Distribution, Distribution>;

type Attrs = Record<string, Json>;

// What most trials have none of is the same empty one for all.
const none: readonly never[] = Object.freeze([]);
const noAttrs: Readonly<Attrs> = Object.freeze({});

function frozenAttrs(attrs: Attrs | null): Readonly<Attrs> {
  return attrs === null ? noAttrs : Object.freeze(copyOwn(attrs));
}

// Attributes are frozen already.
function readReports(attr: Json | undefined): NonNullable<TrialRecord["reports"]> | null {
  if (!Array.isArray(attr) || attr.length === 0) return null;
  let before = -1;
  for (const pair of attr as readonly Json[]) {
    const [step, values] = Array.isArray(pair) ? (pair as readonly Json[]) : [];
    if (!Number.isInteger(step) || (step as number) <= before) return null;
    if (!Array.isArray(values) || !values.every((value) => typeof value === "number")) return null;
    before = step as number;
  }
  return attr as unknown as NonNullable<TrialRecord["reports"]>;
}

function readFailure(attr: Json | undefined): TrialFailure | null {
  if (typeof attr !== "object" || attr === null || Array.isArray(attr)) return null;
  const { name, message, stack } = attr as { readonly [key: string]: Json };
  if (typeof name !== "string" || typeof message !== "string") return null;
  return Object.freeze({ name, message, stack: typeof stack === "string" ? stack : null });
}
