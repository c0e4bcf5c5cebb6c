import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Distribution } from "../../src/core/distribution.ts";
import type { TrialRecord } from "../../src/core/trial.ts";
import { decodeLines, encodeRecord } from "../../src/storages/journal-codec.ts";
import { LogState, type StudyState } from "../../src/storages/replay.ts";
import { vectors } from "../support/vectors.ts";

// A file written by Optuna, and what Optuna reads back from it.
const text = readFileSync(new URL("../vectors/optuna-journal.jsonl", import.meta.url), "utf8");
const records = decodeLines(text, { file: "optuna-journal.jsonl", line: 1 });

interface Expected {
  readonly studies: Record<string, { readonly trials: unknown[]; readonly [field: string]: unknown }>;
}
const expected = vectors<Expected>("optuna-journal-expected.json");

const number = (x: number): unknown => (Number.isFinite(x) ? x : String(x));
const date = (iso: string | null): string => (iso === null ? "None" : iso.replace("T", " ").replace("Z", ""));

function distribution({ type, ...attributes }: Distribution): unknown {
  return { name: `${type.charAt(0).toUpperCase()}${type.slice(1)}Distribution`, attributes };
}

function trial(record: TrialRecord): unknown {
  return {
    number: record.number,
    state: record.state.toUpperCase(),
    values: record.values?.map(number) ?? null,
    params: record.params,
    distributions: Object.fromEntries(Object.entries(record.distributions).map(([k, d]) => [k, distribution(d)])),
    user_attrs: record.userAttrs,
    system_attrs: record.systemAttrs,
    intermediate_values: Object.fromEntries(record.intermediate.map(([step, value]) => [step, number(value)])),
    datetime_start: date(record.startedAt),
    datetime_complete: date(record.completedAt),
  };
}

function study(state: StudyState): unknown {
  return {
    directions: state.directions.map((direction) => direction.toUpperCase()),
    user_attrs: state.userAttrs,
    system_attrs: state.systemAttrs,
    metric_names: null,
    trials: state.trials.map(trial),
  };
}

function expectGolden(state: LogState): void {
  expect(state.studies.map((it) => it.name)).toEqual(Object.keys(expected.studies));
  for (const it of state.studies) expect(study(it)).toEqual(expected.studies[it.name]);
}

// In attributes, which declare no types, JavaScript cannot tell Python's 1.0 from its 1.
function forgetAttrFloats(line: string): string {
  return line.replace(/"(user|system)_attrs?":.*$/, (attrs) => attrs.replace(/:(-?\d+)\.0(?=[,}\]])/g, ":$1"));
}

describe("a journal written by Optuna", () => {
  test("replays to what Optuna reads", () => {
    expect(Object.keys(expected.studies).length).toBe(3);
    const state = new LogState();
    state.apply(records);
    expect(state.length).toBe(records.length);
    expectGolden(state);
  });

  test("replays to the same one record at a time, looking after each", () => {
    const state = new LogState();
    for (const record of records) {
      state.apply([record]);
      for (const it of state.studies) expect(it.trials.length).toBe(it.trialIds.length);
    }
    expectGolden(state);
  });

  test("is written again byte for byte, but for whole floats in attributes", () => {
    const lines = text.split("\n").slice(0, -1).map(forgetAttrFloats);
    expect(records.map(encodeRecord)).toEqual(lines);
  });
});
