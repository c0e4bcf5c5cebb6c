import { describe, expect, test } from "vitest";
import { createTuningService, type StudyDefinition } from "../../src/service/index.ts";
import { memory } from "../../src/storages/memory.ts";
import * as op from "../../src/storages/operations.ts";
import { testStudy } from "../support/study.ts";
import { float } from "../../src/core/space.ts";
import { type Reply, send } from "./client.ts";

const definition: StudyDefinition = {
  name: "a/b ü",
  space: {
    lr: { type: "float", low: 1e-5, high: 0.1, log: true },
    model: {
      type: "choice",
      branches: { svm: { C: { type: "int", low: 1, high: 9 } }, none: {} },
    },
    layers: { type: "choice", values: [[8], [8, 8]] },
    optimizer: { type: "group", params: { momentum: { type: "float", low: 0, high: 1, step: 0.25 } } },
    epochs: 20,
  },
  sampler: "random",
  pruner: { name: "median", options: { startupTrials: 1 } },
  seed: 7,
};
const at = `/studies/${encodeURIComponent(definition.name)}`;

async function served(): Promise<(method: string, path: string, body?: unknown) => Promise<Reply>> {
  const service = createTuningService({ storage: memory() });
  const call = (method: string, path: string, body?: unknown): Promise<Reply> => send(service, method, path, body);
  expect((await call("POST", "/studies", definition)).status).toBe(201);
  return call;
}

describe("studies", () => {
  test("are created once and given again", async () => {
    const call = await served();
    const first = await call("GET", at);
    expect(first).toMatchObject({
      status: 200,
      body: { name: definition.name, directions: ["minimize"], seed: 7, definition, trials: { total: 0 } },
    });
    // The same said otherwise.
    const again = { ...definition, sampler: { name: "random" }, direction: "minimize", lag: null };
    expect(await call("POST", "/studies", again)).toMatchObject({ status: 200, body: first.body });
  });

  test.each([
    ["sampler", { sampler: "tpe" }],
    ["pruner", { pruner: "nop" }],
    ["seed", { seed: 8 }],
    ["lag", { lag: 2 }],
    ["directions", { directions: ["maximize"] }],
    ["space", { space: { x: { type: "float", low: 0, high: 1 } } }],
  ])("with another %s are a conflict", async (part, change) => {
    const call = await served();
    const reply = await call("POST", "/studies", { ...definition, ...change });
    expect(reply.status).toBe(409);
    expect(reply.body.error.code).toBe("study-mismatch");
    expect(reply.body.error.message).toContain(`${part}: expected`);
  });

  test("created at the same time by two isolates are one", async () => {
    const storage = memory();
    const isolates = [createTuningService({ storage }), createTuningService({ storage })];
    const { seed: _, ...unseeded } = definition;
    const replies = await Promise.all(isolates.map((service) => send(service, "POST", "/studies", unseeded)));
    for (const { status } of replies) expect([200, 201]).toContain(status);
    expect(replies[0]?.body).toEqual(replies[1]?.body);
    const others = [createTuningService({ storage }), createTuningService({ storage })];
    const named = (k: number): object => ({ ...unseeded, name: "other", sampler: ["tpe", "random"][k] });
    const racing = await Promise.all(others.map((service, k) => send(service, "POST", "/studies", named(k))));
    expect(racing.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  test("are listed in pages", async () => {
    const call = await served();
    for (const name of ["b", "c"]) await call("POST", "/studies", { name, space: {}, sampler: "random" });
    await call("POST", `${at}/ask`);
    const list = await call("GET", "/studies");
    expect(list.body.total).toBe(3);
    expect(list.body.studies[0]).toEqual({ name: definition.name, directions: ["minimize"], trials: 1 });
    const part = await call("GET", "/studies?offset=1&limit=1");
    expect(part.body).toMatchObject({ total: 3, offset: 1, studies: [{ name: "b" }] });
  });

  test("that a program made can be read, and asked once they are defined", async () => {
    const storage = memory();
    const study = await testStudy({ space: { x: float(0, 1) }, seed: 3, storage, name: "s" });
    await study.optimize(({ x }) => x, { trials: 3 });
    const service = createTuningService({ storage });
    expect((await send(service, "GET", "/studies/s/best")).body.values).toEqual(study.best.values);
    expect((await send(service, "GET", "/studies/s")).body.definition).toBeNull();
    expect(await send(service, "POST", "/studies/s/ask")).toMatchObject({
      status: 409,
      body: { error: { code: "no-definition" } },
    });
    const space = { x: { type: "float", low: 0, high: 1 } };
    expect((await send(service, "POST", "/studies", { name: "s", space, sampler: "random" })).status).toBe(200);
    expect((await send(service, "POST", "/studies/s/ask")).body.number).toBe(3);
  });

  test("may each have a storage of their own", async () => {
    const logs = new Map([["s", memory()]]);
    const service = createTuningService({ storage: async (study) => logs.get(study ?? "") ?? null });
    const define = (name: string): object => ({
      name,
      space: { x: { type: "float", low: 0, high: 1 } },
      sampler: "qmc",
    });
    expect((await send(service, "POST", "/studies", define("s"))).status).toBe(201);
    expect((await send(service, "POST", "/studies/s/ask")).status).toBe(200);
    expect(await send(service, "POST", "/studies", define("t"))).toMatchObject({
      status: 404,
      body: { error: { code: "unknown-study" } },
    });
    expect(await send(service, "GET", "/studies")).toMatchObject({
      status: 404,
      body: { error: { code: "not-found" } },
    });
    expect((await logs.get("s")?.read(0))?.length).toBeGreaterThan(3);
  });

  test("more than are kept between requests stay what they are", async () => {
    const service = createTuningService({ storage: memory() });
    const space = { x: { type: "float", low: 0, high: 1 } };
    for (const round of [0, 1]) {
      for (let k = 0; k < 20; k++) {
        await send(service, "POST", "/studies", { name: `s${k}`, space, sampler: "random", seed: k });
        expect((await send(service, "POST", `/studies/s${k}/ask`)).body).toMatchObject({ number: round, seed: k });
      }
    }
  });
});

describe("trials", () => {
  test("are asked with nested parameters and told", async () => {
    const call = await served();
    const asked = await call("POST", `${at}/ask`);
    expect(asked).toMatchObject({ status: 200, body: { number: 0, seed: 7 } });
    const { lr, model, layers, optimizer, epochs } = asked.body.params;
    expect(lr).toBeTypeOf("number");
    expect(["svm", "none"]).toContain(model.kind);
    expect(layers[0]).toBe(8);
    expect(optimizer.momentum % 0.25).toBe(0);
    expect(epochs).toBe(20);
    const told = await call("POST", `${at}/trials/0/tell`, {
      value: 0.5,
      constraints: { memory: -1 },
      userAttrs: { host: ["a"] },
    });
    expect(told).toMatchObject({
      status: 200,
      body: {
        number: 0,
        state: "complete",
        values: [0.5],
        constraints: { memory: -1 },
        userAttrs: { host: ["a"] },
        failure: null,
      },
    });
    expect(told.body.params).toMatchObject({
      lr,
      layers: JSON.stringify(layers),
      "optimizer.momentum": optimizer.momentum,
    });
    expect((await call("GET", `${at}/trials/0`)).body).toEqual(told.body);
    expect((await call("GET", `${at}/best`)).body).toEqual(told.body);
    expect((await call("GET", at)).body.trials).toMatchObject({ total: 1, complete: 1 });
  });

  test("fail and are pruned, without a stack", async () => {
    const call = await served();
    for (const _ of [0, 1]) await call("POST", `${at}/ask`);
    const failed = await call("POST", `${at}/trials/0/tell`, { state: "fail", reason: "out of memory" });
    expect(failed.body).toMatchObject({ state: "fail", values: null });
    expect(failed.body.failure).toEqual({ name: "Error", message: "out of memory" });
    await call("POST", `${at}/trials/1/report`, { value: 3, step: 0 });
    expect((await call("POST", `${at}/trials/1/tell`, { value: null, state: "pruned" })).body).toMatchObject({
      state: "pruned",
      values: [3],
      reports: [{ step: 0, value: 3 }],
    });
    expect(await call("GET", `${at}/best`)).toMatchObject({ status: 404, body: { error: { code: "no-best" } } });
  });

  test("that report are pruned by what others reported", async () => {
    const call = await served();
    for (const k of [0, 1]) {
      await call("POST", `${at}/ask`);
      const { body } = await call("POST", `${at}/trials/${k}/report`, { value: k, step: 2 });
      expect(body).toEqual({ prune: k === 1 });
      await call("POST", `${at}/trials/${k}/tell`, { value: k });
    }
  });

  test("are enqueued, and listed in pages", async () => {
    const call = await served();
    expect((await call("POST", `${at}/enqueue`, { params: { lr: 0.01, "optimizer.momentum": 0.5 } })).status).toBe(200);
    expect((await call("POST", `${at}/ask`)).body.params).toMatchObject({ lr: 0.01, optimizer: { momentum: 0.5 } });
    for (let k = 1; k < 5; k++) await call("POST", `${at}/ask`);
    const page = await call("GET", `${at}/trials?offset=3&limit=5`);
    expect(page.body).toMatchObject({ total: 5, offset: 3, trials: [{ number: 3 }, { number: 4 }] });
    expect((await call("GET", `${at}/trials?limit=0`)).body.trials).toEqual([]);
  });

  test("of several objectives have a front", async () => {
    const call = await served();
    const space = { x: { type: "float", low: 0, high: 1 } };
    const directions = ["minimize", "maximize"];
    await call("POST", "/studies", { name: "two", directions, space, sampler: "random", pruner: "nonDominatedRank" });
    for (const [k, value] of [
      [1, 1],
      [0, 0],
      [2, 1],
    ].entries()) {
      await call("POST", "/studies/two/ask");
      expect((await call("POST", `/studies/two/trials/${k}/report`, { value, step: 1 })).status).toBe(200);
      expect((await call("POST", `/studies/two/trials/${k}/tell`, { value })).body.values).toEqual(value);
    }
    const front = await call("GET", "/studies/two/pareto-front");
    expect(front.body.trials.map(({ number }: { number: number }) => number)).toEqual([0, 1]);
    expect(front.body.trials[0].reports).toEqual([{ step: 1, value: [1, 1] }]);
    expect(await call("GET", "/studies/two/best")).toMatchObject({
      status: 400,
      body: { error: { code: "unsupported" } },
    });
  });

  test("of a lag wait for those before them", async () => {
    const call = await served();
    await call("POST", "/studies", { ...definition, name: "lag", lag: 2 });
    for (const _ of [0, 1]) expect((await call("POST", "/studies/lag/ask")).status).toBe(200);
    const early = await call("POST", "/studies/lag/ask");
    expect(early).toMatchObject({ status: 409, body: { error: { code: "not-ready" } } });
    expect(early.headers.get("retry-after")).toBe("1");
    await call("POST", "/studies/lag/trials/0/tell", { value: 1 });
    expect((await call("POST", "/studies/lag/ask")).body.number).toBe(2);
  });

  test("of an exhausted search come no more", async () => {
    const call = await served();
    const space = { n: { type: "int", low: 1, high: 2 } };
    await call("POST", "/studies", { name: "grid", space, sampler: "grid" });
    for (const _ of [0, 1]) expect((await call("POST", "/studies/grid/ask")).status).toBe(200);
    expect(await call("POST", "/studies/grid/ask")).toMatchObject({
      status: 409,
      body: { error: { code: "exhausted" } },
    });
  });

  test("with reports that are not numbers are still JSON", async () => {
    const storage = memory();
    const service = createTuningService({ storage });
    await send(service, "POST", "/studies", { ...definition, name: "s" });
    await send(service, "POST", "/studies/s/ask");
    await storage.append([op.intermediate("w", 0, 0, Number.NaN)]);
    expect((await send(service, "GET", "/studies/s/trials/0")).body.reports).toEqual([{ step: 0, value: null }]);
  });
});
