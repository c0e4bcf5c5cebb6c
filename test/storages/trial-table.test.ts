import fc from "fast-check";
import { expect, test } from "vitest";
import { isFinished, type TrialRecord } from "../../src/core/trial.ts";
import * as op from "../../src/storages/operations.ts";
import { LogState, type StudyState } from "../../src/storages/replay.ts";
import type { JournalRecord } from "../../src/core/record.ts";

const now = "2026-11-23T20:15:24.842979Z";

/** What happens to trial `id`, or to a new one. */
const step = fc.oneof(
  fc.constant(op.createTrial("w", 0, now)),
  fc.constant(op.enqueue("w", 0, {})),
  fc.nat(12).map((id) => op.claim("w", id, now)),
  fc.nat(12).map((id) => op.finish("w", id, "complete", [id], now)),
  fc.nat(12).map((id) => op.finish("w", id, "fail", null, now)),
  fc.nat(12).map((id) => op.intermediate("w", id, 0, 1)),
  // As another program may put a trial back.
  fc.nat(12).map((id): JournalRecord => ({ op_code: 6, worker_id: "v", trial_id: id, state: 4, values: null })),
);

function opened(): { readonly state: LogState; readonly study: StudyState } {
  const state = new LogState();
  state.apply([op.createStudy("w", "s", ["minimize"])]);
  return { state, study: state.findStudy("s") as StudyState };
}

test("tells of the trials what filtering them all tells, whoever looks when", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(step, fc.nat(7)), { maxLength: 60 }), (steps) => {
      const { state, study } = opened();
      const { table } = study;
      const plain = opened();
      for (const [record, look] of steps) {
        state.apply([record]);
        plain.state.apply([record]);
        const trials = plain.study.trials;
        // Not all looks at every step: what one leaves out of date, the others must not trust.
        const looks: [got: unknown, expected: unknown][] = [];
        if (look & 1) looks.push([table.record(look), trials[look]]);
        if (look & 2) {
          for (const newest of [-1, 2, 5, Number.POSITIVE_INFINITY]) {
            looks.push([table.finished(newest)(), trials.filter((it) => isFinished(it) && it.number <= newest)]);
          }
        }
        if (look & 4) {
          const waiting = trials.filter((it) => it.state === "waiting").map((it) => it.number);
          looks.push([table.open("waiting"), waiting]);
          for (const from of [0, 3]) looks.push([table.firstWaiting(from), waiting.find((it) => it >= from) ?? null]);
          looks.push([table.firstOpen(), trials.find((it) => !isFinished(it))?.number ?? trials.length]);
        }
        for (const [got, expected] of looks) expect(got).toEqual(expected);
        expect(table.count).toBe(trials.length);
        for (let k = 0; k <= trials.length; k++) expect(table.state(k)).toBe(trials[k]?.state);
      }
      expect(study.trials).toEqual(plain.study.trials);
    }),
    { numRuns: 300 },
  );
});

test("what was finished at a moment stays so, also when trials end out of order later", () => {
  const { state, study } = opened();
  state.apply([0, 1, 2, 3].map(() => op.createTrial("w", 0, now)));
  const numbers = (trials: readonly TrialRecord[]): number[] => trials.map((trial) => trial.number);
  const finish = (id: number): unknown => state.apply([op.finish("w", id, "complete", [id], now)]);
  finish(0);
  finish(2);
  const unread = study.table.finished(Number.POSITIVE_INFINITY);
  const read = study.table.finished(1);
  expect(numbers(read())).toEqual([0]);
  finish(1);
  finish(3);
  expect(numbers(study.table.finished(Number.POSITIVE_INFINITY)())).toEqual([0, 1, 2, 3]);
  expect(numbers(unread())).toEqual([0, 2]);
  expect(numbers(read())).toEqual([0]);
});

test("records of trials with the same parameters share what they have none of, and their distributions", () => {
  const { state, study } = opened();
  const text = '{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.0, "high": 1.0, "log": false}}';
  const start = (x: number): JournalRecord => op.startTrial("w", 0, now, Object.freeze({ x }), { x: text });
  state.apply([start(0.25), start(0.5), op.finish("w", 0, "complete", [1], now)]);
  const [a, b] = study.trials as [TrialRecord, TrialRecord];
  expect(a.distributions).toBe(b.distributions);
  expect([a.params, b.params, a.internal, b.internal]).toEqual([{ x: 0.25 }, { x: 0.5 }, { x: 0.25 }, { x: 0.5 }]);
  // A parameter that comes later is this trial's alone.
  const int = { type: "int", low: 0, high: 9, log: false, step: 1 } as const;
  state.apply([op.setParam("w", 1, "y", int, 3), op.finish("w", 1, "complete", [1], now)]);
  expect(study.trials[1]?.params).toEqual({ x: 0.5, y: 3 });
  expect(study.trials[0]?.params).toEqual({ x: 0.25 });
  expect(b.params).toEqual({ x: 0.5 });
  expect(Object.isFrozen(study.trials[1]?.internal)).toBe(true);
});
