import { expect, test } from "vitest";
import { createTuningService, openapi } from "../../src/service/index.ts";
import { schemas } from "../../src/service/openapi-schemas.ts";
import { routes } from "../../src/service/routes.ts";
import { memory } from "../../src/storages/memory.ts";
import { send, type Untyped } from "./client.ts";

const operations = Object.entries(openapi.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
);

test("the description names the routes that exist, and no others", () => {
  const described = operations.map(({ method, path }) => `${method} ${path}`).sort();
  const existing = routes.map(({ method, path }) => `${method} ${path}`);
  expect(described).toEqual([...existing, "get /openapi.json"].sort());
});

test("it is served as it is", async () => {
  const reply = await send(createTuningService({ storage: memory() }), "GET", "/openapi.json");
  expect(reply.status).toBe(200);
  expect(reply.body).toEqual(JSON.parse(JSON.stringify(openapi)));
  expect(reply.body.openapi).toBe("3.1.0");
});

test("operations have names of their own, and the parameters of their paths", () => {
  const names = operations.map(({ operation }) => operation.operationId);
  expect(new Set(names).size).toBe(names.length);
  for (const { path, operation } of operations) {
    const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
    expect(inPath.map(({ name }) => name)).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    expect(inPath.every(({ required }) => required)).toBe(true);
  }
});

test("it refers to schemas that exist, and each is referred to", () => {
  const seen = new Set<string>();
  function walk(value: unknown): void {
    if (typeof value !== "object" || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      if (key === "$ref") seen.add(item as string);
      else walk(item);
    }
  }
  walk(openapi);
  expect([...seen].sort()).toEqual(
    Object.keys(schemas)
      .map((name) => `#/components/schemas/${name}`)
      .sort(),
  );
});

/** Whether the value keeps the schema, of the keywords used here; any other keyword is an error. */
function keeps(schema: unknown, value: unknown): boolean {
  const { $ref, anyOf, description: _, default: __, ...rest } = schema as Record<string, never>;
  if ($ref !== undefined) return keeps(schemas[($ref as string).split("/").at(-1) as string], value);
  if (anyOf !== undefined && !(anyOf as unknown[]).some((option) => keeps(option, value))) return false;
  return Object.entries(rest).every(([keyword, arg]) => keepsKeyword(keyword, arg, value, rest));
}

function keepsKeyword(keyword: string, arg: Untyped, value: Untyped, schema: Untyped): boolean {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const length = Array.isArray(value) ? value.length : isObject ? Object.keys(value).length : value?.length;
  switch (keyword) {
    case "type":
      return [arg].flat().some((type: string) => {
        if (type === "integer") return Number.isInteger(value);
        if (type === "array") return Array.isArray(value);
        if (type === "object") return isObject;
        return type === "null" ? value === null : typeof value === type;
      });
    case "const":
      return value === arg;
    case "enum":
      return arg.includes(value);
    case "minimum":
      return typeof value !== "number" || value >= arg;
    case "maximum":
      return typeof value !== "number" || value <= arg;
    case "pattern":
      return typeof value !== "string" || new RegExp(arg).test(value);
    case "minLength":
    case "minItems":
    case "minProperties":
      return length === undefined || length >= arg;
    case "maxLength":
    case "maxItems":
    case "maxProperties":
      return length === undefined || length <= arg;
    case "items":
      return !Array.isArray(value) || value.every((item) => keeps(arg, item));
    case "properties":
      return !isObject || Object.entries(arg).every(([name, inner]) => !(name in value) || keeps(inner, value[name]));
    case "required":
      return !isObject || arg.every((name: string) => name in value);
    case "additionalProperties":
      return (
        !isObject ||
        Object.entries(value).every(
          ([name, item]) => name in (schema.properties ?? {}) || arg === true || (arg !== false && keeps(arg, item)),
        )
      );
    default:
      throw new Error(`expected a keyword that this test knows, got ${keyword}`);
  }
}

test("requests and answers are as it says", async () => {
  const service = createTuningService({ storage: memory() });
  let answered = 0;
  async function call(
    method: "get" | "post",
    path: string,
    study: string,
    trial: number,
    body?: unknown,
  ): Promise<void> {
    const operation = openapi.paths[path]?.[method];
    if (operation === undefined) throw new Error(`no ${path}`);
    const url = path.replace("{study}", study).replace("{trial}", String(trial));
    const wanted = operation.requestBody?.content["application/json"].schema;
    expect([url, body, wanted === undefined ? body === undefined : keeps(wanted, body)]).toEqual([url, body, true]);
    const reply = await send(service, method.toUpperCase(), url, body);
    const schema = operation.responses[reply.status]?.content["application/json"].schema;
    expect([url, reply.status, reply.body, schema !== undefined && keeps(schema, reply.body)]).toEqual([
      url,
      reply.status,
      reply.body,
      true,
    ]);
    answered++;
  }
  const study = "/studies/{study}";
  const space = {
    x: { type: "float", low: 0.5, high: 1, log: true, step: null },
    n: { type: "int", low: 0, high: 8, step: 2 },
    c: { type: "choice", values: ["a", [1], null] },
    b: { type: "choice", branches: { one: { y: { type: "float", low: 0, high: 1 } }, two: {} } },
    g: { type: "group", params: { k: 1 } },
  };
  await call("post", "/studies", "", 0, { name: "s", space, sampler: { name: "random" }, pruner: "median", seed: 1 });
  await call("post", "/studies", "", 0, { name: "s", space, sampler: "random", pruner: "median", seed: 1 });
  await call("post", "/studies", "", 0, { name: "s", space, lag: 1 });
  await call("post", "/studies", "", 0, { name: "two", directions: ["minimize", "maximize"], space, lag: 1 });
  await call("post", `${study}/enqueue`, "s", 0, { params: { x: 0.75, b: { kind: "one", y: 0.5 } } });
  await call("get", `${study}/trials/{trial}`, "s", 0);
  for (let k = 0; k < 3; k++) await call("post", `${study}/ask`, "s", k);
  await call("post", `${study}/trials/{trial}/report`, "s", 0, { value: 2, step: 1 });
  const constraints = { memory: -1 };
  await call("post", `${study}/trials/{trial}/tell`, "s", 0, { value: 2, constraints, userAttrs: { a: [{}] } });
  await call("post", `${study}/trials/{trial}/tell`, "s", 1, { state: "fail", reason: "no" });
  await call("post", `${study}/trials/{trial}/tell`, "s", 1, { value: 1 });
  await call("post", `${study}/trials/{trial}/tell`, "s", 9, { value: 1 });
  await call("post", `${study}/ask`, "two", 0);
  await call("post", `${study}/ask`, "two", 0);
  await call("post", `${study}/trials/{trial}/report`, "two", 0, { value: [1, 2], step: 0 });
  await call("post", `${study}/trials/{trial}/tell`, "two", 0, { value: [1, 2] });
  for (const name of ["s", "two", "three"]) {
    for (const path of [study, `${study}/trials`, `${study}/best`, `${study}/pareto-front`, `${study}/digest`]) {
      await call("get", path, name, 0);
    }
    await call("get", `${study}/trials/{trial}`, name, 0);
  }
  await call("get", "/studies", "", 0);
  expect(answered).toBe(37);
  // The check itself can fail.
  expect(keeps(schemas.Space, { x: { type: "float", low: "0", high: 1 } })).toBe(false);
  expect(keeps(schemas.Verdict, { prune: 1 })).toBe(false);
  expect(keeps(schemas.Verdict, { prune: true, more: 1 })).toBe(false);
});
