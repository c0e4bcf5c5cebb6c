import { spawnSync } from "node:child_process";
import { getEventListeners } from "node:events";
import { readFileSync } from "node:fs";
import * as v8 from "node:v8";
import { afterEach, describe, expect, test } from "vitest";
import { platform as edge } from "../../build/js/platform/edge.js";
import { platform } from "../../build/js/platform/node.js";
import type { Platform } from "../../build/js/pool/platform.js";
import { workerPool, type WorkerPoolOptions } from "../../build/js/pool/worker-pool.js";
import { instantiateCore } from "../../build/js/wasm/core.js";
import { defaultCore } from "../../build/js/wasm/default-core.js";
import type { TrialOutcome, TrialRunner } from "../../src/study/runner.ts";
import { recordingHost, task } from "../conformance/runner.ts";
import { runProgram } from "../support/program.ts";

const core = defaultCore();
const module = (name: string): URL => new URL(`./objectives/${name}.mjs`, import.meta.url);
const open: TrialRunner[] = [];

function pool(options: Partial<WorkerPoolOptions> = {}, on: Platform = platform): TrialRunner {
  const made = workerPool(on, core, { objective: module("misbehave"), workers: 1, ...options });
  open.push(made);
  return made;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((runner) => runner.close()));
});

async function run(runner: TrialRunner, params: object, signal?: AbortSignal): Promise<TrialOutcome> {
  return await runner.run(task(params), recordingHost(), signal);
}
async function failureOf(outcome: TrialOutcome | Promise<TrialOutcome>): Promise<{ name: string; message: string }> {
  const ended = await outcome;
  if (ended.state !== "fail") throw new Error(`expected a failed trial, got ${JSON.stringify(ended)}`);
  return ended.failure;
}
const complete = (...values: number[]): TrialOutcome => ({ state: "complete", values });

/** Node's platform, counting what passes between the threads. */
function countingPlatform(): { platform: Platform; counts: { spawned: number; posts: number; listeners: number } } {
  const counts = { spawned: 0, posts: 0, listeners: 0 };
  const counting: Platform = {
    ...platform,
    spawnWorker(options) {
      const thread = (platform.spawnWorker as NonNullable<Platform["spawnWorker"]>)(options);
      const { endpoint } = thread;
      counts.spawned++;
      return {
        ...thread,
        endpoint: {
          postMessage(message, transfer) {
            counts.posts++;
            endpoint.postMessage(message, transfer);
          },
          addEventListener(type, listener) {
            counts.listeners++;
            endpoint.addEventListener(type, listener);
          },
          removeEventListener(type, listener) {
            counts.listeners--;
            endpoint.removeEventListener(type, listener);
          },
        },
      };
    },
  };
  return { platform: counting, counts };
}

describe("many trials", () => {
  test("500 trials through 2 workers: right results, one round trip each, nothing piles up", async () => {
    const { platform, counts } = countingPlatform();
    const runner = pool({ workers: 2, trialTimeout: 60_000 }, platform);
    const { signal } = new AbortController();
    const outcomes = await Promise.all(
      Array.from({ length: 500 }, (_, x) => runner.run(task({ behavior: "fine", x }, x), recordingHost(), signal)),
    );
    expect(outcomes).toEqual(Array.from({ length: 500 }, (_, x) => complete(x)));
    // Per worker: one start, and Comlink's two listeners. Per trial: one message out.
    expect(counts).toEqual({ spawned: 2, posts: 502, listeners: 4 });
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
    const timers = process.getActiveResourcesInfo().filter((resource) => resource === "Timeout");
    expect(timers.length).toBeLessThan(10);
  });

  // The first versions of Node 20 cannot count.
  test.skipIf(!("queryObjects" in v8))("there are no more of any object after 4,000 than after 1,000", async () => {
    const { code, stdout } = await runProgram("test/pool/programs/kept-objects.mjs");
    expect(code).toBe(0);
    const [early, late] = JSON.parse(stdout) as [number[], number[]];
    expect(early.every((count) => count > 0)).toBe(true);
    for (const [i, count] of late.entries()) expect(count - (early[i] as number)).toBeLessThan(100);
  });

  test("all of them listen once to a signal, and an abort reaches each", async () => {
    const runner = pool({ workers: 3 });
    const controller = new AbortController();
    const trials = [1, 2, 3].map((x) =>
      runner.run(task({ behavior: "nap", x, milliseconds: 60_000 }, x), recordingHost(), controller.signal),
    );
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(1);
    controller.abort();
    for (const outcome of await Promise.all(trials)) {
      expect(outcome).toMatchObject({ state: "fail", failure: { name: "AbortError" } });
    }
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });

  test("workers are started when they are needed, and no more than that", async () => {
    const { platform, counts } = countingPlatform();
    const runner = pool({ workers: 4 }, platform);
    expect(counts.spawned).toBe(0);
    for (let i = 1; i <= 3; i++) expect(await run(runner, { behavior: "count" })).toEqual(complete(i));
    expect(counts.spawned).toBe(1);
    await Promise.all([1, 2].map((x) => run(runner, { behavior: "nap", x, milliseconds: 20 })));
    expect(counts.spawned).toBe(2);
  });

  test("trials run at the same time", async () => {
    const runner = pool({ workers: 2 });
    const order: number[] = [];
    const nap = async (x: number, milliseconds: number): Promise<void> => {
      await run(runner, { behavior: "nap", x, milliseconds });
      order.push(x);
    };
    await Promise.all([nap(1, 300), nap(2, 10)]);
    expect(order).toEqual([2, 1]);
  });
});

describe("a worker that dies", () => {
  test.each([
    [{ behavior: "exit", code: 3 }, "the worker exited with code 3 while the trial ran"],
    [{ behavior: "exit", code: 0 }, "the worker exited with code 0 while the trial ran"],
    [{ behavior: "uncaught" }, "the worker died of RangeError: lost in a timer while the trial ran"],
    [{ behavior: "unhandled" }, "the worker died of SyntaxError: nobody caught this while the trial ran"],
  ])("%j costs its own trial and is replaced", async (params, message) => {
    const { platform, counts } = countingPlatform();
    const runner = pool({ workers: 2 }, platform);
    const [bystander, failure] = await Promise.all([
      run(runner, { behavior: "nap", x: 1, milliseconds: 300 }),
      failureOf(run(runner, params)),
    ]);
    expect(bystander).toEqual(complete(1));
    expect(failure).toMatchObject({ name: "WorkerDied", message });
    expect(await Promise.all([run(runner, { behavior: "count" }), run(runner, { behavior: "count" })])).toEqual([
      complete(1),
      complete(1),
    ]);
    expect(counts.spawned).toBe(3);
  });

  test("of an error keeps its stack", async () => {
    const failure = await failureOf(run(pool(), { behavior: "uncaught" }));
    expect((failure as { stack?: string }).stack).toContain("misbehave.mjs");
  });

  test("past its memory limit costs its own trial and is replaced", async () => {
    const runner = pool({ memoryLimit: 24 });
    const failure = await failureOf(run(runner, { behavior: "hoard" }));
    expect(failure.name).toBe("WorkerDied");
    expect(failure.message).toMatch(/memory limit/);
    expect(await run(runner, { behavior: "fine", x: 2 })).toEqual(complete(2));
  });

  test("has said all before it exited", async () => {
    const host = recordingHost();
    await failureOf(pool().run(task({ behavior: "exit", code: 1 }), host, undefined));
    expect(host.heard).toEqual([
      ["report", 0.5, 0],
      ["report", 0.25, 1],
    ]);
  });
});

describe("time-out and abort", () => {
  test("a loop without end is stopped at its time-out, and what it reported is kept", async () => {
    const runner = pool({ trialTimeout: 250 });
    const host = recordingHost();
    const failure = await failureOf(runner.run(task({ behavior: "spinAfterReports" }), host, undefined));
    expect(failure).toEqual({
      name: "TrialTimeout",
      message: "the trial ran past its time-out of 250 ms",
      stack: null,
    });
    const heard = host.heard.length;
    expect(heard).toBeGreaterThan(0);
    expect(host.heard).toEqual(host.heard.map((_, step) => ["report", step, step]));
    expect(await run(runner, { behavior: "fine", x: 1 })).toEqual(complete(1));
    expect(host.heard).toHaveLength(heard);
  });

  test("the time-out does not count the start of the worker", async () => {
    const workerData = { rows: [4], zero: 0, delay: 400 };
    const runner = pool({ trialTimeout: 300, objective: module("setup"), workerData });
    expect(await run(runner, { index: 0 })).toEqual(complete(4, 0, 1));
  });

  test("an aborted trial fails at once, others go on", async () => {
    const runner = pool({ workers: 2 });
    const controller = new AbortController();
    const stopped = run(runner, { behavior: "spin" }, controller.signal);
    const other = run(runner, { behavior: "nap", x: 1, milliseconds: 200 });
    setTimeout(() => controller.abort(new Error("enough")), 120);
    expect(await failureOf(stopped)).toEqual({
      name: "AbortError",
      message: "the trial was given up: enough",
      stack: null,
    });
    expect(await other).toEqual(complete(1));
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
    expect(await run(runner, { behavior: "fine", x: 3 })).toEqual(complete(3));
  });

  test("a signal that is aborted already starts nothing", async () => {
    const { platform, counts } = countingPlatform();
    const failure = await failureOf(run(pool({}, platform), { behavior: "fine", x: 1 }, AbortSignal.abort("no")));
    expect(failure).toMatchObject({ name: "AbortError", message: "the trial was given up: no" });
    expect(counts.spawned).toBe(0);
  });

  test("an abort reaches a worker that has not started yet", async () => {
    const runner = pool({ objective: module("setup-hangs") });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 80);
    expect((await failureOf(run(runner, {}, controller.signal))).name).toBe("AbortError");
  });
});

describe("an objective that no worker can evaluate", () => {
  test.each([
    ["missing", /to be a module that can be imported, got Error: Cannot find module/],
    ["throws", /to be a module that can be imported, got TypeError: nothing to export/],
    ["no-default", /to export its objective, a function, as default, got undefined/],
    ["default-no-function", /to export its objective, a function, as default, got \{objective\}/],
    ["setup-throws", /"setup" of file:.* to succeed, got RangeError: no such table/],
    ["setup-no-function", /"setup" of file:.* to be a function, got 5/],
    ["exits", /to be imported, got a worker that exited with code 9/],
  ])("%s", async (name, message) => {
    const runner = pool({ objective: module(name).href });
    for (const attempt of [1, 2]) {
      const error = await run(runner, { attempt }).catch((error: unknown) => error);
      expect(error).toMatchObject({ name: "VernierError", code: "worker-failed" });
      expect((error as Error).message).toMatch(message);
      expect((error as Error).message).toContain(module(name).href);
    }
  });

  test("the error's cause is the module's own", async () => {
    const error = await run(pool({ objective: module("setup-throws") }), {}).catch((error: unknown) => error);
    expect((error as Error).cause).toMatchObject({ name: "RangeError", message: "no such table" });
    expect(((error as Error).cause as Error).stack).toContain("setup-throws.mjs");
  });
});

describe("what is posted", () => {
  test("setup is called once in every worker, with its own copy of the data", async () => {
    const workerData = { rows: new Float64Array([1.5, Number.MIN_VALUE, -1]), zero: -0 };
    const runner = pool({ objective: module("setup"), workers: 2, workerData });
    const outcomes = await Promise.all([0, 1, 2, 0, 1, 2].map((index) => run(runner, { index })));
    expect(outcomes).toEqual([1.5, Number.MIN_VALUE, -1, 1.5, Number.MIN_VALUE, -1].map((row) => complete(row, 1, 1)));
    expect(workerData.rows).toHaveLength(3);
  });

  test.each([
    [{ behavior: "fine", activation: Math.max }, '"activation"', "function max"],
    [
      { behavior: "fine", model: { kind: "svm", kernels: ["rbf", () => 0] } },
      '"model.kernels.1"',
      "function (anonymous)",
    ],
    [{ behavior: "fine", key: Symbol("k") }, '"key"', "Symbol(k)"],
  ])("parameters that cannot be posted are named: %#", async (params, path, got) => {
    const runner = pool();
    const error = await run(runner, params).catch((error: unknown) => error);
    expect(error).toMatchObject({ name: "VernierError", code: "invalid-argument" });
    expect((error as Error).message).toBe(`${path}: expected a value that can be posted to a worker, got ${got}`);
    expect(await run(runner, { behavior: "fine", x: 1 })).toEqual(complete(1));
  });

  test("so is worker data", async () => {
    const circular: Record<string, unknown> = { load: () => [] };
    circular.self = circular;
    await expect(run(pool({ workerData: { circular } }), {})).rejects.toMatchObject({
      code: "invalid-argument",
      message: '"workerData.circular.load": expected a value that can be posted to a worker, got function load',
    });
  });

  test("the worker's core is made from the host's compiled module", async () => {
    // The checked build imports `abort`, the one that ships imports nothing.
    const checked = instantiateCore(readFileSync(new URL("../../build/kernels.debug.wasm", import.meta.url)));
    const runner = workerPool(platform, checked, { objective: module("misbehave"), workers: 1 });
    open.push(runner);
    expect(await run(runner, { behavior: "coreImports" })).toEqual(complete(1));
    expect(await run(pool(), { behavior: "coreImports" })).toEqual(complete(0));
  });

  test("after a trap the worker takes a fresh instance of the core", async () => {
    const runner = pool();
    expect(await failureOf(run(runner, { behavior: "trap" }))).toMatchObject({ name: "RuntimeError" });
    expect(await run(runner, { behavior: "coreChanged" })).toEqual(complete(1));
  });

  test("an attribute arrives as it was when it was set", async () => {
    const host = recordingHost();
    await pool().run(task({ behavior: "mutate" }), host, undefined);
    expect(host.heard).toEqual([["userAttr", "attr", { phase: "as said" }]]);
  });

  test("an attribute or an error that cannot be posted fails its trial", async () => {
    const runner = pool();
    expect(await failureOf(run(runner, { behavior: "badAttr" }))).toMatchObject({
      name: "VernierError",
      message: '"attr": expected a JSON value, got {toJSON}',
    });
    expect((await failureOf(run(runner, { behavior: "badFailure" }))).name).toBe("TypeError");
    expect(await run(runner, { behavior: "fine", x: 1 })).toEqual(complete(1));
  });

  test("what an ended trial still says is dropped", async () => {
    const runner = pool();
    const hosts = [recordingHost(), recordingHost()] as const;
    await runner.run(task({ behavior: "haunt" }), hosts[0], undefined);
    expect(await runner.run(task({ behavior: "haunted" }), hosts[1], undefined)).toEqual(complete(1));
    expect(hosts.map((host) => host.heard)).toEqual([[], []]);
  });
});

describe("close", () => {
  test("gives up the trials that run and those that wait; closing again is fine", async () => {
    const runner = pool();
    const running = run(runner, { behavior: "spin" });
    const waiting = run(runner, { behavior: "fine", x: 1 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await Promise.all([runner.close(), runner.close()]);
    const gaveUp = { name: "AbortError", message: "the trial was given up: the worker pool was closed" };
    expect(await failureOf(running)).toMatchObject(gaveUp);
    expect(await failureOf(waiting)).toMatchObject(gaveUp);
    await runner.close();
    await expect(run(runner, { behavior: "fine", x: 1 })).rejects.toMatchObject({
      code: "worker-failed",
      message: '"run": expected an open worker pool, got a closed one',
    });
  });

  test("gives up a trial whose worker still starts", async () => {
    const runner = pool({ objective: module("setup-hangs") });
    const running = run(runner, {});
    await runner.close();
    expect((await failureOf(running)).name).toBe("AbortError");
  });

  test("lets the process end by itself", () => {
    const built = new URL("../../build/js/", import.meta.url).href;
    const script = `
      import { workerPool } from "${built}pool/worker-pool.js";
      import { platform } from "${built}platform/node.js";
      import { defaultCore } from "${built}wasm/default-core.js";
      const options = { objective: "${module("misbehave").href}", workers: 2, trialTimeout: 60000 };
      const pool = workerPool(platform, defaultCore(), options);
      const task = (number) => ({ number, seed: 1, params: { behavior: "fine", x: number }, drawn: {} });
      const outcomes = await Promise.all([1, 2, 3].map((number) => pool.run(task(number), {}, undefined)));
      await pool.close();
      console.log(JSON.stringify(outcomes.map((outcome) => outcome.values[0])));
    `;
    const child = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      encoding: "utf8",
      timeout: 20_000,
    });
    expect({ status: child.status, out: child.stdout.trim(), error: child.stderr }).toEqual({
      status: 0,
      out: "[1,2,3]",
      error: "",
    });
  });
});

describe("options", () => {
  test.each([
    [{ workers: 0 }, '"workers": expected a whole number from 1 to 1024, got 0'],
    [{ workers: 1025 }, '"workers": expected a whole number from 1 to 1024, got 1025'],
    [{ workers: 1.5 }, '"workers": expected a whole number from 1 to 1024, got 1.5'],
    [{ trialTimeout: 0 }, '"trialTimeout": expected a number of milliseconds above 0 and up to 2147483647, got 0'],
    [{ trialTimeout: 2 ** 31 }, /^"trialTimeout": .* got 2147483648$/],
    [{ trialTimeout: Number.NaN }, /^"trialTimeout": .* got NaN$/],
    [{ memoryLimit: 0 }, '"memoryLimit": expected a whole number >= 1, got 0'],
    [{ objective: "./objective.mjs" }, /^"objective": expected the URL of a module, .* got "\.\/objective\.mjs"$/],
    [{ objective: (() => 1) as never }, /^"objective": expected the URL of a module, .* got function objective$/],
  ])("%j is refused", (options: Partial<WorkerPoolOptions>, message) => {
    expect(() => pool(options)).toThrow(message);
  });

  test("a runtime without threads is named", () => {
    expect(() => pool({}, edge)).toThrow('"workers": expected a runtime with worker threads, got edge');
  });
});
