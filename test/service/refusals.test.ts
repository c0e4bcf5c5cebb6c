import { describe, expect, test } from "vitest";
import { createTuningService, spaceFromJson } from "../../src/service/index.ts";
import { memory } from "../../src/storages/memory.ts";
import type { Storage } from "../../src/storages/storage.ts";
import { VernierError } from "../../src/core/errors.ts";
import { type Reply, refused, send, sendRaw } from "./client.ts";

const x = { type: "float", low: 0, high: 1 };
const plain = { name: "s", space: { x }, sampler: "random" };

function served(): ReturnType<typeof createTuningService> {
  return createTuningService({ storage: memory() });
}

describe("definitions", () => {
  const unknown = "__proto__";
  test.each([
    ["a list", [], /"body": expected an object, got \[\]/],
    ["a member too many", { ...plain, samplers: "tpe" }, /"body": expected only the members name, .*got "samplers"/],
    ["no name", { space: {} }, /"name": expected a text of 1 to 200 characters, got undefined/],
    ["an empty name", { ...plain, name: "" }, /"name"/],
    ["a long name", { ...plain, name: "n".repeat(201) }, /"name"/],
    [
      "both directions",
      { ...plain, direction: "minimize", directions: ["minimize"] },
      /either direction or directions/,
    ],
    ["no direction", { ...plain, directions: [] }, /"directions": expected at least one direction/],
    [
      "a wrong direction",
      { ...plain, direction: "up" },
      /"direction": expected one of "minimize", "maximize", got "up"/,
    ],
    ["too many directions", { ...plain, directions: Array(17).fill("minimize") }, /"directions": .*at most 16/],
    ["directions that are none", { ...plain, directions: "minimize" }, /"directions": expected a list/],
    ["a wrong seed", { ...plain, seed: 0.5 }, /"seed": expected a whole number >= 0, got 0.5/],
    ["a wrong lag", { ...plain, lag: 0 }, /"lag": expected a whole number >= 1, got 0/],
    ["an unknown sampler", { ...plain, sampler: "best" }, /"sampler": expected one of "auto", .*got "best"/],
    ["a sampler of the prototype", { ...plain, sampler: "constructor" }, /"sampler": expected one of/],
    ["a sampler that is none", { ...plain, sampler: 1 }, /"sampler": expected an object, got 1/],
    ["an unknown option", { ...plain, sampler: { name: "tpe", options: { n: 1 } } }, /"sampler.options": .*got "n"/],
    [
      "an option of the prototype",
      `{"name":"s","space":{},"sampler":{"name":"tpe","options":{"${unknown}":1}}}`,
      /__proto__/,
    ],
    [
      "an option of another kind",
      { ...plain, sampler: { name: "tpe", options: { group: 1 } } },
      /"group": expected one of true, false, got 1/,
    ],
    [
      "an option out of range",
      { ...plain, sampler: { name: "tpe", options: { nStartupTrials: -1 } } },
      /"nStartupTrials": expected a whole number >= 0, got -1/,
    ],
    [
      "x0 of texts",
      { ...plain, sampler: { name: "cmaes", options: { x0: { x: "1" } } } },
      /"x0.x": expected a finite number, got "1"/,
    ],
    [
      "a grid of numbers",
      { ...plain, sampler: { name: "grid", options: { values: { x: 1 } } } },
      /"values.x": expected a list, got 1/,
    ],
    [
      "a kernel that is no text",
      { ...plain, sampler: { name: "gp", options: { kernel: 1 } } },
      /"kernel": expected a text, got 1/,
    ],
    ["an unknown pruner", { ...plain, pruner: "scissors" }, /"pruner": expected one of "nop", .*got "scissors"/],
    [
      "a wrong pruner within one",
      { ...plain, pruner: { name: "patient", options: { patience: 1, pruner: "no" } } },
      /"pruner": expected one of/,
    ],
    ["no percent", { ...plain, pruner: "percentile" }, /"percentile": expected a number/],
    ["a pruner for one objective", { ...plain, directions: ["minimize", "minimize"], pruner: "median" }, /median/],
  ])("with %s are refused", async (_, body, message) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const request = new Request("http://host/studies", {
      method: "POST",
      body: text,
      headers: { "content-type": "application/json" },
    });
    const service = served();
    const reply = await sendRaw(service, request);
    expect(reply.status).toBe(400);
    expect(reply.body.error.message).toMatch(message);
    expect((await send(service, "GET", "/studies")).body.total).toBe(0);
  });

  const deep = (levels: number): unknown => (levels === 0 ? { x } : { g: { type: "group", params: deep(levels - 1) } });
  test.each([
    ["no space", undefined, /"space": expected an object of parameters, got undefined/],
    ["a list", [x], /"space": expected an object of parameters/],
    [
      "no type",
      { a: { low: 0, high: 1 } },
      /"a": expected "type" to be "float", "int", "choice" or "group", got undefined/,
    ],
    ["an unknown type", { a: { type: "log" } }, /"a": expected "type" .*got "log"/],
    ["a list as parameter", { a: [1, 2] }, /"a": expected a parameter such as .*got \[1, 2\]/],
    [
      "a bound that is no number",
      { a: { type: "float", low: "0", high: 1 } },
      /"a": expected numbers as low and high, got low="0", high=1/,
    ],
    [
      "a range upside down",
      { g: { type: "group", params: { a: { type: "float", low: 1, high: 0 } } } },
      /"g.a": expected low < high, got low=1, high=0/,
    ],
    ["halves as bounds", { a: { type: "int", low: 0.5, high: 1 } }, /"a": expected whole numbers as low and high/],
    ["a wrong log", { a: { ...x, log: "yes" } }, /"a": expected log to be true or false, got "yes"/],
    ["a wrong step", { a: { ...x, step: "1" } }, /"a": expected step to be a number, got "1"/],
    ["a member too many", { a: { ...x, q: 1 } }, /"a": expected only the members .*got "q"/],
    ["neither values nor branches", { a: { type: "choice" } }, /"a": expected either values or branches, got neither/],
    ["values and branches", { a: { type: "choice", values: [1], branches: {} } }, /"a": .*got both/],
    ["values that are no list", { a: { type: "choice", values: "ab" } }, /"a": expected values to be a list/],
    ["no values", { a: { type: "choice", values: [] } }, /"a": expected at least one choice/],
    ["a value twice", { a: { type: "choice", values: [1, 1] } }, /"a": expected different choices, got 1 twice/],
    [
      "branches that are none",
      { a: { type: "choice", branches: [1] } },
      /"a": expected branches to be an object of spaces/,
    ],
    [
      "a branch that is none",
      { a: { type: "choice", branches: { b: 1 } } },
      /"a.b": expected an object of parameters, got 1/,
    ],
    [
      "a wrong parameter in a branch",
      { a: { type: "choice", branches: { b: { c: { ...x, high: 0 } } } } },
      /"a.b.c": expected low < high/,
    ],
    ["a group without parameters", { a: { type: "group" } }, /"a": expected an object of parameters, got undefined/],
    [
      "too many choices",
      { a: { type: "choice", values: [...Array(1001).keys()] } },
      /"a": expected at most 1000 choices, got 1001/,
    ],
    [
      "too many parameters",
      Object.fromEntries([...Array(1001).keys()].map((k) => [`p${k}`, 1])),
      /"p1000": expected at most 1000 parameters/,
    ],
    ["too many levels", deep(32), /expected at most 32 spaces within each other/],
    [
      "a name of the prototype",
      JSON.parse('{"__proto__":{"type":"float","low":0,"high":1}}'),
      /"__proto__": expected another name/,
    ],
    [
      "a branch of the prototype",
      JSON.parse('{"a":{"type":"choice","branches":{"__proto__":{}}}}'),
      /"a": expected another branch name/,
    ],
    ["a name twice", { "a.b": x, a: { type: "group", params: { b: x } } }, /"a.b": expected every parameter name once/],
  ])("with a space of %s are refused", async (_, space, message) => {
    const reply = await send(served(), "POST", "/studies", { ...plain, space });
    expect(reply).toMatchObject(refused(400, "invalid-space", message));
  });

  test("a space of 31 levels and of 1000 parameters is taken", () => {
    expect(spaceFromJson(deep(31))).toBeTypeOf("object");
    expect(
      Object.keys(spaceFromJson(Object.fromEntries([...Array(1000).keys()].map((k) => [`p${k}`, x])))),
    ).toHaveLength(1000);
  });
});

describe("what is not there", () => {
  test.each([
    ["GET", "/studies/t", undefined],
    ["POST", "/studies/t/ask", undefined],
    ["POST", "/studies/t/enqueue", { params: {} }],
    ["GET", "/studies/t/trials", undefined],
    ["GET", "/studies/t/trials/0", undefined],
    ["POST", "/studies/t/trials/0/tell", { value: 1 }],
    ["POST", "/studies/t/trials/0/report", { value: 1, step: 0 }],
    ["GET", "/studies/t/best", undefined],
    ["GET", "/studies/t/pareto-front", undefined],
    ["GET", "/studies/t/digest", undefined],
  ])("%s %s", async (method, path, body) => {
    const service = served();
    await send(service, "POST", "/studies", plain);
    expect(await send(service, method, path, body)).toMatchObject(refused(404, "unknown-study", /"t"/));
  });

  test("trials", async () => {
    const service = served();
    await send(service, "POST", "/studies", plain);
    expect(await send(service, "GET", "/studies/s/trials/0")).toMatchObject(refused(404, "unknown-trial", /0/));
    expect(await send(service, "POST", "/studies/s/trials/0/tell", { value: 1 })).toMatchObject(
      refused(404, "unknown-trial"),
    );
    expect(await send(service, "POST", "/studies/s/trials/0/report", { value: 1, step: 0 })).toMatchObject(
      refused(404, "unknown-trial"),
    );
    await send(service, "POST", "/studies/s/enqueue", { params: { x: 0.5 } });
    expect(await send(service, "POST", "/studies/s/trials/0/tell", { value: 1 })).toMatchObject(
      refused(404, "unknown-trial", /waiting/),
    );
    for (const wrong of ["-1", "1.5", "one", "99999999999999999"]) {
      expect(await send(service, "GET", `/studies/s/trials/${wrong}`)).toMatchObject(
        refused(400, "invalid-argument", /"trial"/),
      );
    }
  });

  test("routes and methods", async () => {
    const service = served();
    expect(await send(service, "GET", "/")).toMatchObject(refused(404, "not-found"));
    expect(await send(service, "GET", "/studies/s/t/u")).toMatchObject(refused(404, "not-found"));
    const reply = await send(service, "PUT", "/studies", plain);
    expect(reply).toMatchObject(refused(405, "method-not-allowed", /expected GET or POST, got PUT/));
    expect(reply.headers.get("allow")).toBe("GET, POST");
    expect(await send(service, "GET", "/studies/s/ask")).toMatchObject(
      refused(405, "method-not-allowed", /expected POST/),
    );
  });
});

describe("bodies", () => {
  async function post(path: string, body: string | ReadableStream, type: string | null): Promise<Reply> {
    const service = createTuningService({ storage: memory(), maxBodyBytes: 200 });
    const headers: Record<string, string> = type === null ? {} : { "content-type": type };
    const init = { method: "POST", body, headers, duplex: "half" } as RequestInit;
    return sendRaw(service, new Request(`http://host${path}`, init));
  }

  test("that are not JSON", async () => {
    expect(await post("/studies", "{", "application/json")).toMatchObject(refused(400, "invalid-json", /got "\{"/));
    expect(await post("/studies", "", "application/json")).toMatchObject(refused(400, "invalid-json"));
    expect(await post("/studies", '{"a": NaN}', "application/json")).toMatchObject(refused(400, "invalid-json"));
    expect(await post("/studies", "{}", "text/plain")).toMatchObject(
      refused(415, "unsupported-media-type", /got "text\/plain"/),
    );
    expect(await post("/studies", "{}", "application/jsonp")).toMatchObject(refused(415, "unsupported-media-type"));
    expect((await post("/studies", "{}", "application/json; charset=utf-8")).body.error.message).toMatch(/"name"/);
  });

  test("that are too large", async () => {
    const text = JSON.stringify({ ...plain, name: "é".repeat(120) });
    expect(await post("/studies", text, "application/json")).toMatchObject(
      refused(413, "too-large", /at most 200 bytes/),
    );
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode(text));
      },
    });
    expect(await post("/studies", stream, "application/json")).toMatchObject(refused(413, "too-large"));
    expect(await post("/studies/s/ask", text, "application/json")).toMatchObject(refused(413, "too-large"));
  });

  test.each([
    ["tell", { value: "1" }, /"value": expected a finite number, got "1"/],
    ["tell", { value: null }, /"value": expected a finite number, got null/],
    ["tell", {}, /"value"/],
    ["tell", { value: [1] }, /"value": expected a finite number, got \[1\]/],
    ["tell", { value: 1, state: "running" }, /"state": expected one of/],
    ["tell", { value: 1, state: "fail" }, /"value": expected null with state "fail", got 1/],
    ["tell", { state: "fail", reason: 1 }, /"reason": expected a text, got 1/],
    ["tell", { value: 1, constraints: [1] }, /"constraints": expected an object/],
    ["tell", { value: 1, constraints: { c: "1" } }, /"c": expected a finite number/],
    ["tell", { value: 1, constraints: { "": 1 } }, /"name": expected a non-empty constraint name/],
    ["tell", { value: 1, userAttrs: "a" }, /"userAttrs": expected an object/],
    ["tell", { value: 1, values: [1] }, /"body": expected only the members/],
    ["report", { value: "1", step: 0 }, /"value": expected a number to report, got "1"/],
    ["report", { value: 1 }, /"step": expected a whole number >= 0, got undefined/],
    ["report", { value: 1, step: -1 }, /"step"/],
    ["report", { value: [1], step: 0 }, /"value"/],
  ])("of a %s: %j", async (verb, body, message) => {
    const service = served();
    await send(service, "POST", "/studies", plain);
    await send(service, "POST", "/studies/s/ask");
    expect(await send(service, "POST", `/studies/s/trials/0/${verb}`, body)).toMatchObject(
      refused(400, "invalid-argument", message),
    );
    expect((await send(service, "GET", "/studies/s/trials/0")).body).toMatchObject({ state: "running", reports: [] });
    expect((await send(service, "POST", "/studies/s/trials/0/tell", { value: 1 })).status).toBe(200);
  });

  test("of several objectives need one value for each", async () => {
    const service = served();
    await send(service, "POST", "/studies", { ...plain, directions: ["minimize", "minimize"] });
    await send(service, "POST", "/studies/s/ask");
    for (const value of [1, [1], [1, 2, 3], [1, null]]) {
      expect(await send(service, "POST", "/studies/s/trials/0/tell", { value })).toMatchObject(
        refused(400, "invalid-argument", /"value/),
      );
    }
  });

  test("of an enqueue", async () => {
    const service = served();
    await send(service, "POST", "/studies", plain);
    for (const params of [1, { y: 1 }, { x: 2 }, undefined]) {
      expect(await send(service, "POST", "/studies/s/enqueue", { params })).toMatchObject(
        refused(400, "invalid-argument"),
      );
    }
  });

  test("of pages", async () => {
    const service = served();
    for (const query of ["offset=-1", "limit=1001", "limit=x"]) {
      expect(await send(service, "GET", `/studies?${query}`)).toMatchObject(refused(400, "invalid-argument"));
    }
  });
});

test("a trial is told once, and not reported on afterwards, by whatever isolate", async () => {
  const storage = memory();
  const [one, other] = [createTuningService({ storage }), createTuningService({ storage })];
  await send(one, "POST", "/studies", plain);
  await send(one, "POST", "/studies/s/ask");
  expect((await send(other, "POST", "/studies/s/trials/0/tell", { value: 1 })).status).toBe(200);
  for (const service of [one, other]) {
    expect(await send(service, "POST", "/studies/s/trials/0/tell", { value: 2 })).toMatchObject(
      refused(409, "trial-ended"),
    );
    expect(await send(service, "POST", "/studies/s/trials/0/report", { value: 2, step: 0 })).toMatchObject(
      refused(409, "trial-ended"),
    );
  }
  const at = "/studies/s/trials/1/tell";
  await send(one, "POST", "/studies/s/ask");
  const told = await Promise.all([one, other].map((service) => send(service, "POST", at, { value: 3 })));
  expect(told.map(({ status }) => status).sort()).toEqual([200, 409]);
});

describe("the bearer token", () => {
  const token = "secret-0.~+/==";
  const service = createTuningService({ storage: memory(), token });
  const ask = (authorization?: string): Promise<Reply> =>
    send(service, "GET", "/studies", undefined, authorization === undefined ? {} : { authorization });

  test("is asked for", async () => {
    expect((await ask(`Bearer ${token}`)).status).toBe(200);
    for (const wrong of [
      undefined,
      "Bearer other",
      `Bearer ${token}x`,
      `Bearer ${token.slice(0, -1)}`,
      "Basic c2VjcmV0",
      "Bearer",
    ]) {
      const reply = await ask(wrong);
      expect(reply).toMatchObject(
        refused(401, "unauthorized", /expected the service's bearer token, got another or none/),
      );
      expect(reply.headers.get("www-authenticate")).toMatch(/^Bearer /);
    }
  });

  test("comes before everything but the description", async () => {
    expect(await send(service, "POST", "/studies", "x".repeat(2_000_000))).toMatchObject(refused(401, "unauthorized"));
    expect(await send(service, "GET", "/nothing")).toMatchObject(refused(401, "unauthorized"));
    expect((await send(service, "GET", "/openapi.json")).status).toBe(200);
  });
});

describe("the service's own failures", () => {
  test.each([new Error("disk /secret/path"), new VernierError("storage-failed", "disk /secret/path")])(
    "say nothing, and are handed to onError: %s",
    async (failure) => {
      const inner = memory();
      let failing = false;
      const fail = <T>(then: () => T): T => {
        if (failing) throw failure;
        return then();
      };
      const storage: Storage = {
        name: "failing",
        append: async (records) => fail(() => inner.append(records)),
        appendAt: async (at, records) => fail(() => inner.appendAt?.(at, records) as never),
        read: async (from) => fail(() => inner.read(from)),
      };
      const seen: unknown[] = [];
      const service = createTuningService({ storage, onError: (error, { url }) => seen.push([error, url]) });
      await send(service, "POST", "/studies", plain);
      failing = true;
      expect(await send(service, "POST", "/studies/s/ask")).toMatchObject(
        refused(500, "internal", /^the service failed$/),
      );
      expect(seen).toEqual([[failure, "http://host/studies/s/ask"]]);
      failing = false;
      expect((await send(service, "POST", "/studies/s/ask")).body.number).toBe(0);
    },
  );

  test("a locked storage is busy", async () => {
    const storage: Storage = {
      name: "locked",
      append: () => Promise.reject(new VernierError("storage-locked", "locked")),
      read: () => Promise.reject(new VernierError("storage-locked", "locked")),
    };
    expect(await send(createTuningService({ storage }), "GET", "/studies/s")).toMatchObject(
      refused(503, "storage-locked"),
    );
  });
});

test.each([
  [{}, /"storage": expected a storage or a function, got undefined/],
  [{ storage: "s" }, /"storage"/],
  [{ storage: memory(), token: "" }, /"token": expected a text of letters/],
  [{ storage: memory(), token: "a b" }, /"token"/],
  [{ storage: memory(), maxBodyBytes: 0 }, /"maxBodyBytes": expected a whole number >= 1, got 0/],
])("options out of range are refused: %j", (options, message) => {
  expect(() => createTuningService(options as never)).toThrow(message);
});
