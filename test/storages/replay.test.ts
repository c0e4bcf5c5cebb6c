import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Distribution } from "../../src/core/distribution.ts";
import { type JournalRecord, Op } from "../../src/core/record.ts";
import type { TrialRecord } from "../../src/core/trial.ts";
import * as op from "../../src/storages/operations.ts";
import { LogState, type Outcome } from "../../src/storages/replay.ts";

const [ann, bob] = ["ann", "bob"];
const t0 = "2026-11-23T20:15:24.842979Z";
const t1 = "2026-11-23T20:15:25Z";
const float: Distribution = { type: "float", low: 0, high: 1, log: false, step: null };
const int: Distribution = { type: "int", low: 1, high: 9, log: false, step: 2 };
const kinds: Distribution = { type: "categorical", choices: ["a", null, true, 1.5] };

interface Replayed {
  readonly state: LogState;
  readonly outcomes: readonly Outcome[];
}

function replay(...records: JournalRecord[]): Replayed {
  const state = new LogState();
  return { state, outcomes: state.apply(records) };
}

/** A study with one running trial, and the records. */
function oneTrial(...records: JournalRecord[]): Replayed & { readonly trial: TrialRecord } {
  const replayed = replay(op.createStudy(ann, "s", ["minimize"]), op.createTrial(ann, 0, t0), ...records);
  return {
    ...replayed,
    outcomes: replayed.outcomes.slice(2),
    trial: replayed.state.findStudy("s")?.trials[0] as TrialRecord,
  };
}

describe("studies", () => {
  test("are numbered as they are accepted, and a name taken is refused", () => {
    const { state, outcomes } = replay(
      op.createStudy(ann, "s", ["minimize"]),
      op.createStudy(bob, "s", ["maximize"]),
      op.createStudy(bob, "t", ["maximize", "minimize"]),
    );
    expect(outcomes).toEqual([0, null, 1]);
    expect(state.studies.map(({ id, name, directions }) => ({ id, name, directions }))).toEqual([
      { id: 0, name: "s", directions: ["minimize"] },
      { id: 1, name: "t", directions: ["maximize", "minimize"] },
    ]);
    expect(state.findStudy("u")).toBeNull();
    expect(state.length).toBe(3);
  });

  test("that are deleted free their name, but neither their id nor those of their trials", () => {
    const { state, outcomes } = replay(
      op.createStudy(ann, "s", ["minimize"]),
      op.createTrial(ann, 0, t0),
      op.deleteStudy(ann, 0),
      op.deleteStudy(ann, 0),
      op.createTrial(ann, 0, t0),
      op.studyUserAttr(ann, 0, "k", 1),
      op.createStudy(ann, "s", ["maximize"]),
      op.createTrial(ann, 1, t0),
      op.finish(ann, 0, "complete", [1], t1),
    );
    expect(outcomes).toEqual([0, 0, 0, null, null, null, 1, 1, 0]);
    const study = state.findStudy("s");
    expect(study?.directions).toEqual(["maximize"]);
    expect(study?.trialIds).toEqual([1]);
    expect(study?.trials.map((trial) => [trial.number, trial.state])).toEqual([[0, "running"]]);
  });

  test("keep attributes of both kinds, the last value of each", () => {
    const { state, outcomes } = replay(
      op.createStudy(ann, "s", ["minimize"]),
      op.studyUserAttr(ann, 0, "k", [1]),
      op.studySystemAttr(ann, 0, "k", "system"),
      op.studyUserAttr(bob, 0, "k", { v: 2 }),
      op.studyUserAttr(bob, 0, "__proto__", 3),
      op.studyUserAttr(bob, 5, "k", 4),
    );
    expect(outcomes).toEqual([0, 0, 0, 0, 0, null]);
    const study = state.findStudy("s");
    expect(Object.entries(study?.userAttrs ?? {})).toEqual([
      ["k", { v: 2 }],
      ["__proto__", 3],
    ]);
    expect(study?.systemAttrs).toEqual({ k: "system" });
    expect(Object.isFrozen(study?.userAttrs) && Object.isFrozen(study?.userAttrs.k)).toBe(true);
  });
});

describe("trials", () => {
  test("have ids over all studies and numbers in theirs", () => {
    const { state, outcomes } = replay(
      op.createStudy(ann, "s", ["minimize"]),
      op.createStudy(ann, "t", ["minimize"]),
      op.createTrial(ann, 0, t0),
      op.createTrial(bob, 1, t0),
      op.createTrial(ann, 7, t0),
      op.createTrial(ann, 0, t0),
    );
    expect(outcomes).toEqual([0, 1, 0, 1, null, 2]);
    expect(state.findStudy("s")?.trialIds).toEqual([0, 2]);
    expect(state.findStudy("t")?.trialIds).toEqual([1]);
    expect(state.findStudy("s")?.trials.map((trial) => trial.number)).toEqual([0, 1]);
    expect([0, 1, 2, 3].map((id) => state.owner(id))).toEqual([ann, bob, ann, null]);
  });

  test("live from start to end", () => {
    const { trial, outcomes } = oneTrial(
      op.setParam(ann, 0, "x", float, 0.25),
      op.setParam(ann, 0, "n", int, 3),
      op.setParam(ann, 0, "k", kinds, 1),
      op.intermediate(ann, 0, 2, 20),
      op.intermediate(ann, 0, 0, 5),
      op.intermediate(ann, 0, 1, Number.NaN),
      op.intermediate(ann, 0, 2, 21),
      op.trialUserAttr(ann, 0, "note", { a: [1] }),
      op.trialSystemAttr(ann, 0, "note", "s"),
      op.finish(ann, 0, "complete", [-1.5], t1),
    );
    expect(outcomes).toEqual(Array(10).fill(0));
    expect(trial).toEqual({
      number: 0,
      state: "complete",
      params: { x: 0.25, n: 3, k: null },
      internal: { x: 0.25, n: 3, k: 1 },
      distributions: { x: float, n: int, k: kinds },
      values: [-1.5],
      intermediate: [
        [0, 5],
        [1, Number.NaN],
        [2, 21],
      ],
      userAttrs: { note: { a: [1] } },
      systemAttrs: { note: "s" },
      startedAt: t0,
      completedAt: t1,
      failure: null,
    });
  });

  test("are frozen through and through", () => {
    const { trial } = oneTrial(
      op.setParam(ann, 0, "x", float, 0.25),
      op.intermediate(ann, 0, 0, 5),
      op.trialUserAttr(ann, 0, "note", { a: [1] }),
      op.finish(ann, 0, "complete", [1], t1),
    );
    const thaw = (value: unknown): unknown[] => {
      if (typeof value !== "object" || value === null) return [];
      return [...(Object.isFrozen(value) ? [] : [value]), ...Object.values(value).flatMap(thaw)];
    };
    expect(thaw(trial)).toEqual([]);
  });

  test.each(["complete", "pruned", "fail"] as const)("that ended as %s change no more", (end) => {
    const { state, trial, outcomes } = oneTrial(
      op.finish(ann, 0, end, [1], t1),
      op.finish(ann, 0, "complete", [2], t1),
      op.claim(bob, 0, t1),
      op.setParam(ann, 0, "x", float, 0.5),
      op.intermediate(ann, 0, 0, 1),
      op.trialUserAttr(ann, 0, "k", 1),
      op.trialSystemAttr(ann, 0, "k", 1),
    );
    expect(outcomes).toEqual([0, null, null, null, null, null, null]);
    expect(trial).toMatchObject({ state: end, values: [1], params: {}, intermediate: [], userAttrs: {} });
    expect(state.owner(0)).toBe(ann);
  });

  test("that failed say why", () => {
    const why = { name: "TypeError", message: "x is not a function", stack: "at objective" };
    const { trial } = oneTrial(op.failure(ann, 0, why), op.finish(ann, 0, "fail", null, t1));
    expect(trial.failure).toEqual(why);
    expect(trial.values).toBeNull();
    expect(oneTrial(op.failure(ann, 0, why)).trial.failure).toBeNull();
    const bare = oneTrial(op.failure(ann, 0, { ...why, stack: null }), op.finish(ann, 0, "fail", null, t1));
    expect(bare.trial.failure).toEqual({ ...why, stack: null });
    for (const other of [1, null, [], {}, { name: "x" }]) {
      const odd = oneTrial(op.trialSystemAttr(ann, 0, op.failureAttr, other), op.finish(ann, 0, "fail", null, t1));
      expect(odd.trial.failure).toBeNull();
    }
  });

  test("keep reports of several objectives where they make sense, and none where not", () => {
    const reports = [
      [0, [1, Number.NaN]],
      [4, [-2, Number.POSITIVE_INFINITY]],
    ] as const;
    const { trial } = oneTrial(op.reports(ann, 0, reports), op.finish(ann, 0, "complete", [1], t1));
    expect(trial.reports).toEqual(reports);
    expect(Object.isFrozen(trial.reports?.[1]?.[1])).toBe(true);
    expect(oneTrial().trial).not.toHaveProperty("reports");
    const odd = [1, null, [], {}, [0], [[0]], [[0, 1]], [[0, ["1"]]], [["0", [1]]], [[0.5, [1]]], [[-1, [1]]]];
    for (const other of [
      ...odd,
      [
        [1, [1]],
        [1, [2]],
      ],
    ]) {
      // prettier-ignore
      expect(oneTrial(op.trialSystemAttr(ann, 0, op.reportsAttr, other)).trial).not.toHaveProperty("reports");
    }
  });

  test("that wait belong to the first to claim them", () => {
    const { state, outcomes } = replay(
      op.createStudy(ann, "s", ["minimize"]),
      op.enqueue(ann, 0, { x: 0.5, k: null }, { from: "ann" }),
      op.claim(bob, 0, t0),
      op.claim(ann, 0, t1),
    );
    expect(outcomes).toEqual([0, 0, 0, null]);
    expect(state.owner(0)).toBe(bob);
    expect(state.findStudy("s")?.trials[0]).toMatchObject({
      state: "running",
      systemAttrs: { fixed_params: { x: 0.5, k: null } },
      userAttrs: { from: "ann" },
      startedAt: t0,
      values: null,
      params: {},
    });
  });

  test("may be returned to the queue and claimed again", () => {
    const back = { op_code: Op.trialState, worker_id: ann, trial_id: 0, state: 4, values: null };
    const { state, trial, outcomes } = oneTrial(back, op.claim(bob, 0, t1));
    expect(outcomes).toEqual([0, 0]);
    expect(state.owner(0)).toBe(bob);
    expect(trial.startedAt).toBe(t1);
  });

  test("may change a parameter's range, but not its type, log or choices", () => {
    const logFloat: Distribution = { ...float, low: 0.1, log: true };
    const wider: Distribution = { ...float, high: 2 };
    const fewer: Distribution = { type: "categorical", choices: ["a", null] };
    const { state, outcomes } = replay(
      op.createStudy(ann, "s", ["minimize"]),
      op.createTrial(ann, 0, t0),
      op.setParam(ann, 0, "x", float, 0.25),
      op.setParam(ann, 0, "k", kinds, 0),
      op.createTrial(ann, 0, t0),
      op.setParam(ann, 1, "x", wider, 1.5),
      op.setParam(ann, 1, "x", logFloat, 0.5),
      op.setParam(ann, 1, "x", int, 3),
      op.setParam(ann, 1, "x", kinds, 1),
      op.setParam(ann, 1, "k", fewer, 1),
      op.setParam(ann, 0, "x", int, 3),
      op.createStudy(ann, "t", ["minimize"]),
      op.createTrial(ann, 1, t0),
      op.setParam(ann, 2, "x", int, 3),
    );
    expect(outcomes).toEqual([0, 0, 0, 0, 1, 1, null, null, null, null, null, 1, 2, 2]);
    expect(state.findStudy("s")?.trials.map((trial) => trial.params)).toEqual([{ x: 0.25, k: "a" }, { x: 1.5 }]);
    expect(state.findStudy("t")?.trials[0]?.params).toEqual({ x: 3 });
  });

  test("that are copied are the same", () => {
    const finite = { values: [1, 2], startedAt: t0, completedAt: t1 };
    const { trial } = oneTrial(
      op.setParam(ann, 0, "x", float, 0.25),
      op.setParam(ann, 0, "k", kinds, 2),
      op.intermediate(ann, 0, 0, 5),
      op.trialUserAttr(ann, 0, "note", { a: [1] }),
      op.failure(ann, 0, { name: "E", message: "m", stack: null }),
      op.finish(ann, 0, "fail", null, t1),
    );
    const copies = [trial, { ...trial, ...finite, state: "complete" as const, failure: null }];
    for (const values of [[3], [Number.NEGATIVE_INFINITY]]) copies.push({ ...(copies[1] as TrialRecord), values });
    const { state } = replay(op.createStudy(bob, "s", ["minimize"]), ...copies.map((it) => op.addTrial(bob, 0, it)));
    expect(state.findStudy("s")?.trials).toEqual(copies.map((it, number) => Object.assign({}, it, { number })));
    expect(state.owner(0)).toBeNull();
  });
});

describe("a log", () => {
  test("may hold operations of other versions", () => {
    const { state, outcomes } = replay(
      op.createStudy(ann, "s", ["minimize"]),
      { op_code: 10, worker_id: ann, study_id: 0, trial_ids: [0] },
      { op_code: 99, worker_id: ann },
      { op_code: -1, worker_id: ann },
      op.createTrial(ann, 0, t0),
    );
    expect(outcomes).toEqual([0, null, null, null, 0]);
    expect(state.length).toBe(5);
  });

  test("gives the same trials until one changes", () => {
    const { state } = oneTrial();
    const study = state.findStudy("s");
    const before = study?.trials as readonly TrialRecord[];
    expect(study?.trials).toBe(before);
    state.apply([op.createTrial(ann, 0, t0)]);
    const after = study?.trials as readonly TrialRecord[];
    expect(after.length).toBe(2);
    expect(after[0]).toBe(before[0]);
    expect(before.length).toBe(1);
    state.apply([op.studyUserAttr(ann, 0, "k", 1), op.intermediate(ann, 1, 0, 1)]);
    expect(study?.trials[0]).toBe(before[0]);
    expect(study?.trials[1]?.intermediate).toEqual([[0, 1]]);
    expect(after[1]?.intermediate).toEqual([]);
  });

  const base = { worker_id: ann };
  test.each<[string, object, RegExp]>([
    ["no study id", { op_code: 4, datetime_start: null }, /"study_id" to be a whole number, got undefined/],
    ["a trial id that is text", { op_code: 8, trial_id: "0" }, /"trial_id" to be a whole number, got "0"/],
    ["a state that is none", { op_code: 6, trial_id: 0, state: 5, values: null }, /"state" to be from 0 to 4, got 5/],
    ["values that are none", { op_code: 6, trial_id: 0, state: 1, values: ["1"] }, /"values" to be a list of numbers/],
    ["no date", { op_code: 4, study_id: 0, datetime_start: "now" }, /date: expected ISO 8601, got "now"/],
    [
      "a date that is a number",
      { op_code: 4, study_id: 0, datetime_start: 7 },
      /"datetime_start" to be a string, got 7/,
    ],
    ["no direction", { op_code: 0, study_name: "t", directions: [] }, /"directions" to be a list of 1/],
    ["an unknown direction", { op_code: 0, study_name: "t", directions: [1, 0] }, /"directions" to be a list of 1/],
    ["no name", { op_code: 0, directions: [1] }, /"study_name" to be a string/],
    ["a report of text", { op_code: 7, trial_id: 0, step: 0, intermediate_value: "1" }, /"intermediate_value" to be/],
    ["half a step", { op_code: 7, trial_id: 0, step: 0.5, intermediate_value: 1 }, /"step" to be a whole number/],
    ["no attribute", { op_code: 8, trial_id: 0, user_attr: [] }, /"user_attr" to be an object/],
    ["an unknown distribution", op.setParam(ann, 0, "x", float, 0), /distribution: expected/],
    ["a parameter without distribution", { op_code: 4, study_id: 0, params: { x: 1 } }, /"distributions" to be an/],
    ["a parameter of text", { op_code: 4, study_id: 0, params: { x: "1" } }, /"params" to be numbers/],
  ])("with %s is refused, up to there", (_, fields, message) => {
    const { state } = oneTrial();
    const record = { ...base, ...fields } as JournalRecord;
    const wrong = record.op_code === 5 ? { ...record, distribution: "{}" } : record;
    const apply = (): unknown => state.apply([op.createTrial(ann, 0, t0), wrong, op.createTrial(ann, 0, t0)]);
    expect(apply).toThrow(
      expect.objectContaining({ code: "storage-corrupt", message: expect.stringMatching(message) }),
    );
    expect(state.length).toBe(3);
    expect(() => state.apply([wrong])).toThrow(/^journal record 4: /);
    expect(state.findStudy("s")?.trials.length).toBe(2);
  });

  test("takes time in proportion to its length", () => {
    const state = new LogState();
    state.apply([op.createStudy(ann, "s", ["minimize"])]);
    const start = performance.now();
    for (let id = 0; id < 5000; id++) {
      state.apply([op.createTrial(ann, 0, t0), op.setParam(ann, id, "x", float, 0.5)]);
      state.apply([op.finish(ann, id, "complete", [id], t1)]);
    }
    state.apply([op.createTrial(ann, 0, t0)]);
    for (let step = 0; step < 50_000; step++) state.apply([op.intermediate(ann, 5000, step, step)]);
    expect(state.findStudy("s")?.trials.at(-1)?.intermediate.length).toBe(50_000);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

// The replay again, as plainly as can be: every trial rebuilt from the whole log, no ids remembered.
interface PlainTrial {
  readonly study: string;
  state: number;
  values: unknown;
  readonly params: Map<string, number>;
  readonly steps: Map<number, number>;
  readonly attrs: Map<string, unknown>;
  owner: string | null;
}

function plainReplay(records: readonly JournalRecord[]): { names: (string | null)[]; trials: PlainTrial[] } {
  const names: (string | null)[] = [];
  const trials: PlainTrial[] = [];
  for (const record of records) {
    if (record.op_code === 0 && !names.includes(record.study_name as string)) names.push(record.study_name as string);
    if (record.op_code === 1 && names[record.study_id as number] !== undefined) names[record.study_id as number] = null;
    if (record.op_code === 4 && names[record.study_id as number]) {
      trials.push({
        study: `${record.study_id}`,
        state: (record.state as number | undefined) ?? 0,
        values: null,
        params: new Map(),
        steps: new Map(),
        attrs: new Map(),
        owner: record.state === undefined ? record.worker_id : null,
      });
    }
    const trial = trials[record.trial_id as number];
    if (trial === undefined || (trial.state !== 0 && trial.state !== 4)) continue;
    if (record.op_code === 5) trial.params.set(record.param_name as string, record.param_value_internal as number);
    if (record.op_code === 7) trial.steps.set(record.step as number, record.intermediate_value as number);
    if (record.op_code === 8)
      for (const [key, value] of Object.entries(record.user_attr as object)) trial.attrs.set(key, value);
    if (record.op_code === 6 && !(record.state === 0 && trial.state === 0)) {
      trial.state = record.state as number;
      if (record.values !== null) trial.values = record.values;
      if (record.state === 0) trial.owner = record.worker_id;
    }
  }
  return { names, trials };
}

test("any log comes to what a plain replay of it comes to, in pieces of any size", () => {
  const worker = fc.constantFrom(ann, bob);
  const id = fc.nat(6);
  const study = fc.nat(3);
  const name = fc.constantFrom("x", "y", "1", "__proto__");
  const value = fc.double();
  const anyRecord = fc.oneof(
    {
      arbitrary: fc.tuple(worker, fc.constantFrom("s", "t", "u")).map(([w, s]) => op.createStudy(w, s, ["minimize"])),
      weight: 2,
    },
    { arbitrary: fc.tuple(worker, study).map(([w, s]) => op.deleteStudy(w, s)), weight: 1 },
    { arbitrary: fc.tuple(worker, study).map(([w, s]) => op.createTrial(w, s, t0)), weight: 5 },
    { arbitrary: fc.tuple(worker, study).map(([w, s]) => op.enqueue(w, s, {})), weight: 3 },
    { arbitrary: fc.tuple(worker, id, name, value).map(([w, t, n, v]) => op.setParam(w, t, n, float, v)), weight: 5 },
    { arbitrary: fc.tuple(worker, id, fc.nat(4), value).map(([w, t, s, v]) => op.intermediate(w, t, s, v)), weight: 5 },
    { arbitrary: fc.tuple(worker, id, name, value).map(([w, t, n, v]) => op.trialUserAttr(w, t, n, v)), weight: 3 },
    { arbitrary: fc.tuple(worker, id).map(([w, t]) => op.claim(w, t, t1)), weight: 3 },
    { arbitrary: fc.tuple(worker, id, value).map(([w, t, v]) => op.finish(w, t, "complete", [v], t1)), weight: 2 },
  );
  const pieces = fc.array(fc.array(anyRecord, { maxLength: 20 }), { maxLength: 6 });
  fc.assert(
    fc.property(pieces, (pieces) => {
      const state = new LogState();
      for (const piece of pieces) {
        state.apply(piece);
        for (const study of state.studies) expect(study.trials.length).toBe(study.trialIds.length);
      }
      const { names, trials } = plainReplay(pieces.flat());
      expect(state.studies.map((it) => [it.id, it.name])).toEqual(
        names.flatMap((name, id) => (name === null ? [] : [[id, name]])),
      );
      trials.forEach((plain, id) => expect(state.owner(id)).toBe(plain.owner));
      for (const study of state.studies) {
        const own = trials.flatMap((plain, id) => (plain.study === `${study.id}` ? [{ plain, id }] : []));
        expect(study.trialIds).toEqual(own.map((it) => it.id));
        own.forEach(({ plain }, number) => {
          expect(study.trials[number]).toMatchObject({
            number,
            state: Object.entries(op.stateCodes).find(([, code]) => code === plain.state)?.[0],
            values: plain.values,
            internal: Object.fromEntries(plain.params),
            params: Object.fromEntries(plain.params),
            intermediate: [...plain.steps].sort(([a], [b]) => a - b),
            userAttrs: Object.fromEntries(plain.attrs),
          });
        });
      }
    }),
    { numRuns: 500 },
  );
});
