import { expect, test } from "vitest";
import { createLane, type Lane } from "../../src/pool/lane.ts";
import type { PoolWorker } from "../../src/pool/pool-worker.ts";
import type { TrialOutcome } from "../../src/study/runner.ts";
import { recordingHost, task } from "../conformance/runner.ts";

// Workers whose every answer comes when the test says so: the order of events that threads leave to chance.
interface FakeWorker {
  readonly start: () => void;
  readonly fail: (error: Error) => void;
  readonly answer: (outcome: TrialOutcome) => void;
  readonly die: () => void;
  /** Answers `cancel`; null until it is asked. */
  obey: ((ended: boolean) => void) | null;
  runs: number;
  terminated: boolean;
}

function fakeLane(trialTimeout: number | null = null): { lane: Lane; workers: FakeWorker[] } {
  const workers: FakeWorker[] = [];
  const lane = createLane((onDeath): PoolWorker => {
    let start = (): void => {};
    let fail: FakeWorker["fail"] = () => {};
    let answer: FakeWorker["answer"] = () => {};
    const ready = new Promise<void>((resolve, reject) => {
      start = resolve;
      fail = reject;
    });
    const outcome = new Promise<TrialOutcome>((resolve) => {
      answer = resolve;
    });
    const worker: FakeWorker = {
      start,
      fail,
      answer,
      die: () => onDeath({ name: "WorkerDied", message: "the worker exited", stack: null }),
      obey: null,
      runs: 0,
      terminated: false,
    };
    workers.push(worker);
    return {
      ready,
      run() {
        worker.runs++;
        return outcome;
      },
      cancel: () => new Promise((resolve) => (worker.obey = resolve)),
      async terminate() {
        worker.terminated = true;
      },
    };
  }, trialTimeout);
  return { lane, workers };
}

const evaluate = (lane: Lane, signal?: AbortSignal): Promise<TrialOutcome> =>
  lane.evaluate(task({}), recordingHost(), signal);
const turn = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 0));
const complete: TrialOutcome = { state: "complete", values: [1] };

test("a trial aborted while its worker starts is not run when the worker is ready after all", async () => {
  const { lane, workers } = fakeLane();
  const controller = new AbortController();
  const outcome = evaluate(lane, controller.signal);
  controller.abort("enough");
  expect(await outcome).toMatchObject({ state: "fail", failure: { name: "AbortError" } });
  workers[0]?.start();
  await turn();
  expect(workers[0]).toMatchObject({ runs: 0, terminated: true });
});

test("neither a late answer nor the death of a lost worker touches the trial that came after", async () => {
  const { lane, workers } = fakeLane(20);
  const first = evaluate(lane);
  workers[0]?.start();
  while (workers[0]?.obey === null) await turn();
  workers[0]?.obey?.(false);
  expect(await first).toMatchObject({ failure: { name: "TrialTimeout" } });
  const second = evaluate(lane);
  workers[0]?.answer({ state: "pruned" });
  workers[0]?.die();
  workers[1]?.start();
  workers[1]?.answer(complete);
  expect(await second).toEqual(complete);
  expect(workers).toHaveLength(2);
  expect(workers[1]?.terminated).toBe(false);
});

test("a trial that ends when it is told to keeps its worker, and its outcome is the abort's", async () => {
  const { lane, workers } = fakeLane();
  const controller = new AbortController();
  const first = evaluate(lane, controller.signal);
  workers[0]?.start();
  await turn();
  controller.abort("enough");
  workers[0]?.answer(complete);
  workers[0]?.obey?.(true);
  expect(await first).toMatchObject({ state: "fail", failure: { name: "AbortError" } });
  expect(await evaluate(lane)).toEqual(complete);
  expect(workers).toHaveLength(1);
  expect(workers[0]).toMatchObject({ runs: 2, terminated: false });
});

test("a trial that goes on loses its worker", async () => {
  const { lane, workers } = fakeLane();
  const controller = new AbortController();
  const first = evaluate(lane, controller.signal);
  workers[0]?.start();
  await turn();
  controller.abort("enough");
  workers[0]?.obey?.(false);
  expect(await first).toMatchObject({ failure: { name: "AbortError" } });
  expect(workers[0]?.terminated).toBe(true);
});

test("a worker that dies between two trials is replaced and costs none", async () => {
  const { lane, workers } = fakeLane();
  const first = evaluate(lane);
  workers[0]?.start();
  workers[0]?.answer(complete);
  expect(await first).toEqual(complete);
  workers[0]?.die();
  const second = evaluate(lane);
  workers[1]?.start();
  workers[1]?.answer(complete);
  expect(await second).toEqual(complete);
});

test("after a worker that could not start, the next trial tries another", async () => {
  const { lane, workers } = fakeLane();
  const first = evaluate(lane);
  workers[0]?.fail(new Error("no such module"));
  await expect(first).rejects.toThrow("no such module");
  expect(workers[0]?.terminated).toBe(true);
  const second = evaluate(lane);
  workers[1]?.start();
  workers[1]?.answer(complete);
  expect(await second).toEqual(complete);
});
