import type { Json } from "../core/json.ts";
import { MOST_CHOICES } from "./space-json.ts";
import { pruners, samplers } from "./strategies.ts";

/** A JSON schema (2020-12), as OpenAPI 3.1 takes it. */
export type Schema = { readonly [keyword: string]: Json };

const text = { type: "string" } as const;
const whole = { type: "integer", minimum: 0 } as const;
const number = { type: "number" } as const;
const flag = { type: "boolean" } as const;
const nullable = (schema: Schema): Schema => ({ anyOf: [schema, { type: "null" }] });
export const list = (items: Schema): Schema => ({ type: "array", items });
const map = (values: Schema | true): Schema => ({ type: "object", additionalProperties: values });
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** An object of these members and no others; all but the `optional` ones are required. */
export function object(properties: { readonly [name: string]: Schema }, optional: readonly string[] = []): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: "object", properties, required, additionalProperties: false };
}

const direction = { enum: ["minimize", "maximize"] };
const state = { enum: ["running", "waiting", "complete", "pruned", "fail"] };
const perObjective = { description: "A number, with several objectives one for each.", anyOf: [number, list(number)] };

function strategy(names: readonly string[], otherwise: string): Schema {
  return {
    description: "A name, or that and the options that the function of this name takes in a program.",
    anyOf: [{ enum: names }, object({ name: { enum: names }, options: map(true) }, ["options"])],
    default: otherwise,
  };
}

function range(type: "float" | "int", bound: Schema): Schema {
  const members = { type: { const: type }, low: bound, high: bound, log: flag, step: nullable(number) };
  return object(members, ["log", "step"]);
}

/** What requests and answers are made of, by name. */
export const schemas: { readonly [name: string]: Schema } = {
  Error: object({ error: object({ code: text, message: text }) }),
  Space: {
    description: "A search space: parameters, constants and groups by name.",
    ...map(ref("SpaceNode")),
  },
  SpaceNode: {
    anyOf: [
      range("float", number),
      range("int", { type: "integer" }),
      object({ type: { const: "choice" }, values: { type: "array", minItems: 1, maxItems: MOST_CHOICES } }),
      object({
        type: { const: "choice" },
        branches: { ...map(ref("Space")), minProperties: 1, maxProperties: MOST_CHOICES },
      }),
      object({ type: { const: "group" }, params: ref("Space") }),
      { description: "A constant.", type: ["string", "number", "boolean", "null"] },
    ],
  },
  Definition: object(
    {
      name: { type: "string", minLength: 1, maxLength: 200 },
      direction: { ...direction, default: "minimize" },
      directions: { ...list(direction), minItems: 1, description: "One for each objective, instead of direction." },
      space: ref("Space"),
      sampler: strategy(Object.keys(samplers), "auto"),
      pruner: strategy(Object.keys(pruners), "nop"),
      seed: { ...nullable(whole), description: "One is drawn unless given." },
      lag: {
        ...nullable({ type: "integer", minimum: 1 }),
        description:
          "Trial k knows exactly the trials up to k - lag as ended: the study depends on seed and lag alone.",
      },
    },
    ["direction", "directions", "sampler", "pruner", "seed", "lag"],
  ),
  Study: object({
    name: text,
    directions: list(direction),
    seed: whole,
    definition: nullable(ref("Definition")),
    trials: object({ total: whole, running: whole, waiting: whole, complete: whole, pruned: whole, fail: whole }),
    userAttrs: map(true),
  }),
  StudyPage: object({
    total: whole,
    offset: whole,
    studies: list(object({ name: text, directions: list(direction), trials: whole })),
  }),
  AskedTrial: object({
    number: whole,
    seed: whole,
    params: { ...map(true), description: "Nested as in the space; of a branch its parameters and its label as kind." },
  }),
  Trial: object({
    number: whole,
    state,
    params: { ...map({ type: ["string", "number", "boolean", "null"] }), description: "By path, joined by dots." },
    values: nullable(list(number)),
    reports: list(object({ step: whole, value: { anyOf: [nullable(number), list(nullable(number))] } })),
    constraints: map(nullable(number)),
    userAttrs: map(true),
    startedAt: nullable(text),
    completedAt: nullable(text),
    failure: nullable(object({ name: text, message: text })),
  }),
  TrialPage: object({ total: whole, offset: whole, trials: list(ref("Trial")) }),
  Params: object({ params: { ...map(true), description: "All or some, nested or by path." } }),
  Report: object({ value: perObjective, step: whole }),
  Verdict: object({ prune: flag }),
  Told: object(
    {
      value: nullable(perObjective),
      state: { enum: ["complete", "pruned", "fail"], default: "complete" },
      reason: { ...text, description: "Why the trial failed." },
      constraints: { ...map(number), description: "By how much each is violated: at most 0 where it holds." },
      userAttrs: map(true),
    },
    ["value", "state", "reason", "constraints", "userAttrs"],
  ),
  Digest: object({ digest: { type: "string", pattern: "^[0-9a-f]{64}$" } }),
  Empty: object({}),
};
