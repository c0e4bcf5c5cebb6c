import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { memoryCheckpoints } from "../../src/storages/memory-checkpoints.ts";
import { createOutbox, type Outbox } from "../../src/pool/outbox.ts";

let now = 0;
let sent: unknown[][] = [];

beforeEach(() => {
  vi.useFakeTimers();
  now = 0;
  sent = [];
});
afterEach(() => {
  vi.useRealTimers();
});

function outbox(): Outbox {
  const remote = {
    hear: async (words: unknown) => void sent.push(["hear", words]),
    shouldPrune: async (words: unknown) => sent.push(["shouldPrune", words]) > 1,
    checkpoints: memoryCheckpoints(),
  };
  return createOutbox(remote, { now: () => now, timestamp: () => "", nextTurn: async () => {} });
}
const report = (step: number): unknown[] => ["report", step / 2, step];

test("words of a short trial wait for its outcome", () => {
  const box = outbox();
  for (let step = 0; step < 100; step++) box.report(step / 2, step);
  box.setUserAttr("done", true);
  expect(sent).toEqual([]);
  expect(box.end()).toEqual([...Array.from({ length: 100 }, (_, step) => report(step)), ["userAttr", "done", true]]);
  vi.advanceTimersByTime(1000);
  expect(sent).toEqual([]);
});

test("words leave every 50 ms, also from code that never yields", () => {
  const box = outbox();
  for (let step = 0; step < 12; step++) {
    box.report(step / 2, step);
    now += 20;
  }
  expect(sent).toEqual([
    ["hear", [0, 1, 2, 3].map(report)],
    ["hear", [4, 5, 6].map(report)],
    ["hear", [7, 8, 9].map(report)],
  ]);
  expect(box.end()).toEqual([10, 11].map(report));
});

test("the last word before a silence leaves too", () => {
  const box = outbox();
  box.report(0, 0);
  vi.advanceTimersByTime(49);
  expect(sent).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(sent).toEqual([["hear", [report(0)]]]);
  expect(vi.getTimerCount()).toBe(0);
  expect(box.end()).toEqual([]);
});

test("a question takes the words with it", async () => {
  const box = outbox();
  box.report(0, 0);
  expect(await box.shouldPrune()).toBe(false);
  box.report(0.5, 1);
  expect(await box.shouldPrune()).toBe(true);
  expect(sent).toEqual([
    ["shouldPrune", [report(0)]],
    ["shouldPrune", [report(1)]],
  ]);
  expect(vi.getTimerCount()).toBe(0);
});

test("flush sends what waits, and nothing when nothing does", () => {
  const box = outbox();
  box.flush();
  box.report(0, 0);
  box.flush();
  box.flush();
  expect(sent).toEqual([["hear", [report(0)]]]);
});

test("after the end words are dropped and every question means stop", async () => {
  const box = outbox();
  box.end();
  box.report(0, 0);
  now += 1000;
  box.report(0.5, 1);
  box.flush();
  expect(await box.shouldPrune()).toBe(true);
  vi.advanceTimersByTime(1000);
  expect(sent).toEqual([]);
});
