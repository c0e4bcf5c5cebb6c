import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Miniflare } from "miniflare";
import { afterAll, beforeAll, expect, test } from "vitest";
// @ts-expect-error: an example in plain JavaScript.
import { caller, definition, train, tune } from "../../examples/edge-worker/client.js";
import { VernierError } from "../../src/core/errors.ts";
import type { JournalRecord } from "../../src/core/record.ts";
import { median } from "../../src/pruners/median.ts";
import { tpe } from "../../src/samplers/tpe.ts";
import { spaceFromJson } from "../../src/service/index.ts";
import { decodeLines, encodeRecord } from "../../src/storages/journal-codec.ts";
import type { Storage } from "../../src/storages/storage.ts";
import { TrialPruned } from "../../src/study/objective.ts";
import { storageConformance } from "../conformance/storage.ts";
import { needs } from "../support/needs.ts";
import { testStudy } from "../support/study.ts";
import { bundleWorker, startWorker, type WorkerModule, workerdPath } from "../support/workerd.ts";
import type { Untyped } from "./client.ts";

type Call = (path: string, body?: unknown) => Promise<Untyped>;

const token = "secret";
type Fetch = (url: string, init?: object) => Promise<Response>;
const fetchOf = (worker: Miniflare): Fetch => worker.dispatchFetch.bind(worker) as unknown as Fetch;

needs(workerdPath())("the edge worker, in workerd", () => {
  const folder = mkdtempSync(join(tmpdir(), "vernier-workerd-"));
  let modules: WorkerModule[];
  let worker: Miniflare;
  const start = async (): Promise<void> => {
    worker = await startWorker(modules, folder, token);
  };

  beforeAll(async () => {
    modules = await bundleWorker("examples/edge-worker/worker.js");
    await start();
  });
  afterAll(async () => {
    await worker.dispose();
    rmSync(folder, { recursive: true });
  });

  test("serves no one without the token", async () => {
    const reply = await fetchOf(worker)("http://edge/studies");
    expect(reply.status).toBe(401);
    expect(await reply.json()).toMatchObject({ error: { code: "unauthorized" } });
  });

  test("makes the study that a program makes, with clients in parallel and isolates that come and go", async () => {
    const call: Call = (path, body) => caller(fetchOf(worker), "http://edge", token)(path, body);
    await tune(call, { trials: 12, parallel: 2 });
    // A trial that is under way when the isolate goes.
    const { number } = await call("/studies/bowl/ask", {});
    await call(`/studies/bowl/trials/${number}/report`, { value: 7, step: 0 });
    await worker.dispose();
    await start();
    await call(`/studies/bowl/trials/${number}/tell`, { state: "pruned" });
    await Promise.all([tune(call, { trials: 30, parallel: 1 }), tune(call, { trials: 30, parallel: 1 })]);
    const { trials } = await call("/studies/bowl");
    // Of the two tuners one may have begun before the other looked how many trials there are.
    expect(trials).toMatchObject({ running: 0, fail: 0 });
    expect(trials.total).toBeGreaterThan(30);
    expect(trials.total).toBeLessThanOrEqual(47);
    expect(trials.pruned).toBeGreaterThan(1);

    const study = await testStudy({
      space: spaceFromJson(definition.space),
      sampler: tpe(),
      pruner: median({ startupTrials: 4 }),
      seed: definition.seed,
    });
    await study.optimize(
      async (params, trial) => {
        if (trial.number === number) {
          trial.report(7, 0);
          throw new TrialPruned();
        }
        const values: number[] = [];
        for (const value of train(params)) {
          values.push(value);
          trial.report(value, values.length - 1);
          if (await trial.shouldPrune()) throw new TrialPruned();
        }
        return values.at(-1) as number;
      },
      { trials: trials.total, lag: definition.lag },
    );
    expect(await call("/studies/bowl/digest")).toEqual({ digest: study.digest() });
    expect((await call("/studies/bowl/best")).values).toEqual(study.best.values);
  });
});

needs(workerdPath())("the edge worker's storage, in workerd", () => {
  const folder = mkdtempSync(join(tmpdir(), "vernier-workerd-"));
  let worker: Miniflare;
  let logs = 0;

  beforeAll(async () => {
    worker = await startWorker(await bundleWorker("test/service/storage-worker.js"), folder, token);
  });
  afterAll(async () => {
    await worker.dispose();
    rmSync(folder, { recursive: true });
  });

  /** The storage of that object, seen from here. */
  function remote(name: string): Storage {
    async function call(query: object, records: readonly JournalRecord[]): Promise<JournalRecord[] | null> {
      const search = new URLSearchParams(Object.entries(query));
      const body = records.map((record) => `${encodeRecord(record)}\n`).join("");
      const reply = await fetchOf(worker)(`http://edge/${name}?${search}`, { method: "POST", body });
      if (reply.status === 204) return null;
      const text = await reply.text();
      if (reply.ok) return decodeLines(text, { file: name, line: 1 });
      const { code, message } = JSON.parse(text);
      throw new VernierError(code, message);
    }
    // Requests under way at the same time arrive in any order.
    let last: Promise<unknown> = Promise.resolve();
    return {
      name: "durable-object",
      async append(records) {
        const appended = last.then(() => call({ method: "append" }, records));
        last = appended.catch(() => {});
        await appended;
      },
      appendAt: (position, records) => call({ method: "appendAt", position: JSON.stringify(position) }, records),
      read: async (from) => (await call({ method: "read", position: JSON.stringify(from) }, [])) as JournalRecord[],
    };
  }

  storageConformance("a Durable Object", () => {
    const name = `log-${logs++}`;
    return { open: () => remote(name) };
  });
});
