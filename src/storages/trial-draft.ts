import { type Distribution, type ParamValue, toExternal } from "../core/distribution.ts";
import type { Json } from "../core/json.ts";
import { isFinished, type TrialFailure, type TrialRecord, type TrialState } from "../core/trial.ts";
import { freezeJson } from "./freeze.ts";
import { failureAttr, reportsAttr } from "./operations.ts";

/** A trial that the replay still changes. */
export class TrialDraft {
  readonly number: number;
  state: TrialState;
  values: readonly number[] | null = null;
  startedAt: string | null = null;
  completedAt: string | null = null;
  readonly userAttrs: Map<string, Json> = new Map();
  readonly systemAttrs: Map<string, Json> = new Map();
  readonly #distributions: Map<string, Distribution> = new Map();
  readonly #internal: Map<string, number> = new Map();
  /** By increasing step. */
  readonly #intermediate: (readonly [step: number, value: number])[] = [];

  constructor(number: number, state: TrialState) {
    this.number = number;
    this.state = state;
  }

  get finished(): boolean {
    return isFinished(this);
  }

  setParam(name: string, distribution: Distribution, internal: number): void {
    this.#distributions.set(name, distribution);
    this.#internal.set(name, internal);
  }

  /** A step reported again takes the later value. */
  report(step: number, value: number): void {
    const pairs = this.#intermediate;
    let at = pairs.length;
    while (at > 0 && (pairs[at - 1] as readonly [number, number])[0] >= step) at--;
    pairs.splice(at, pairs[at]?.[0] === step ? 1 : 0, Object.freeze([step, value] as const));
  }

  /** The trial as it stands. */
  record(): TrialRecord {
    const params = new Map<string, ParamValue>();
    for (const [name, distribution] of this.#distributions) {
      params.set(name, toExternal(distribution, this.#internal.get(name) as number));
    }
    const reports = readReports(this.systemAttrs.get(reportsAttr));
    return Object.freeze({
      number: this.number,
      state: this.state,
      params: frozenObject(params),
      internal: frozenObject(this.#internal),
      distributions: frozenObject(this.#distributions),
      values: this.values === null ? null : Object.freeze(this.values.slice()),
      intermediate: Object.freeze(this.#intermediate.slice()),
      ...(reports === null ? {} : { reports }),
      userAttrs: freezeJson(Object.fromEntries(this.userAttrs)),
      systemAttrs: freezeJson(Object.fromEntries(this.systemAttrs)),
      startedAt: this.startedAt,
      completedAt: this.completedAt,
      failure: this.state === "fail" ? readFailure(this.systemAttrs.get(failureAttr)) : null,
    });
  }
}

function frozenObject<T>(map: ReadonlyMap<string, T>): Readonly<Record<string, T>> {
  return Object.freeze(Object.fromEntries(map));
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
