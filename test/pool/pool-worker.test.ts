import { expect, test } from "vitest";
import type { WorkerThreadOptions } from "../../src/pool/platform.ts";
import { startPoolWorker } from "../../src/pool/pool-worker.ts";
import type { Word } from "../../src/pool/protocol.ts";
import { core } from "../support/cores.ts";
import { recordingHost, task } from "../conformance/runner.ts";

// A thread that is only its channel: the test reads what is posted and posts the answers, as Comlink writes them.
function fakeThread() {
  const posted: { id: string; path: string[] }[] = [];
  const listeners: ((event: { data: unknown }) => void)[] = [];
  let options: WorkerThreadOptions | undefined;
  const deaths: unknown[] = [];
  const worker = startPoolWorker(
    (given) => {
      options = given;
      return {
        endpoint: {
          postMessage: (message) => void posted.push(message as (typeof posted)[number]),
          addEventListener: (_, listener) => void listeners.push(listener),
          removeEventListener: () => {},
        },
        terminate: async () => {},
      };
    },
    { module: core.module, objective: "file:///objective.js", workerData: null },
    null,
    (failure) => deaths.push(failure),
  );
  const receive = (data: unknown): void => {
    for (const listener of listeners) listener({ data });
  };
  return {
    worker,
    deaths,
    end: (reason: string) => options?.onEnd(reason, null),
    answer(method: string, value: unknown) {
      const call = posted.find(({ path }) => path?.[0] === method);
      receive({ id: call?.id, type: "RAW", value });
    },
    say: (...words: Word[]) =>
      receive({ id: "1", type: "APPLY", path: ["hear"], argumentList: [{ type: "RAW", value: words }] }),
  };
}

test("words are heard while the trial runs, and those sent with the outcome come last", async () => {
  const { worker, answer, say } = fakeThread();
  answer("start", null);
  await worker.ready;
  const host = recordingHost();
  const outcome = worker.run(task({}), host);
  say(["report", 0.5, 0]);
  answer("run", { outcome: { state: "pruned" }, words: [["report", 0.25, 1]] });
  expect(await outcome).toEqual({ state: "pruned" });
  say(["report", 0, 2]);
  expect(host.heard).toEqual([
    ["report", 0.5, 0],
    ["report", 0.25, 1],
  ]);
});

test("nothing is heard from a worker that was told to stop", async () => {
  const { worker, answer, say } = fakeThread();
  answer("start", null);
  await worker.ready;
  const host = recordingHost();
  void worker.run(task({}), host);
  await worker.terminate();
  say(["report", 0.5, 0]);
  expect(host.heard).toEqual([]);
});

test("an end before the start makes the worker unusable, an end after it is a death", async () => {
  const early = fakeThread();
  early.end("exited with code 9");
  await expect(early.worker.ready).rejects.toThrow(
    '"objective": expected file:///objective.js to be imported, got a worker that exited with code 9',
  );
  expect(early.deaths).toEqual([]);

  const late = fakeThread();
  late.answer("start", null);
  await late.worker.ready;
  late.end("exited with code 9");
  expect(late.deaths).toEqual([
    { name: "WorkerDied", message: "the worker exited with code 9 while the trial ran", stack: null },
  ]);
});
