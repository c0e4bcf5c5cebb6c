import { show, VernierError } from "../core/errors.ts";
import type { Json } from "../core/json.ts";
import { choice, float, int, type Space, type SpaceNode } from "../core/space.ts";
import { expectMembers, isObject, type JsonObject } from "./members.ts";

/** A parameter, a constant or a group in a space's JSON form. */
export type SpaceNodeJson =
  | string
  | number
  | boolean
  | null
  | {
      readonly type: "float" | "int";
      readonly low: number;
      readonly high: number;
      readonly log?: boolean;
      readonly step?: number | null;
    }
  /** One of a list of JSON values; those that are lists or objects are recorded by their JSON text. */
  | { readonly type: "choice"; readonly values: readonly Json[] }
  /** One of several branches, each with a space of its own. */
  | { readonly type: "choice"; readonly branches: { readonly [label: string]: SpaceJson } }
  | { readonly type: "group"; readonly params: SpaceJson };

/**
 * A search space as JSON: what `float()`, `int()`, `choice()`, constants and nested groups are in a program. Every object
 * says its type:
 *
 *     {
 *       "lr": { "type": "float", "low": 1e-5, "high": 0.1, "log": true },
 *       "layers": { "type": "int", "low": 1, "high": 8 },
 *       "activation": { "type": "choice", "values": ["relu", "tanh"] },
 *       "model": { "type": "choice", "branches": { "svm": { "C": { "type": "float", "low": 0.1, "high": 10 } }, "none": {} } },
 *       "optimizer": { "type": "group", "params": { "momentum": { "type": "float", "low": 0, "high": 1 } } },
 *       "epochs": 20
 *     }
 */
export interface SpaceJson {
  readonly [name: string]: SpaceNodeJson;
}

/** A request cannot ask for more than so many parameters, choices of one parameter, and spaces within each other. */
export const MOST_PARAMETERS = 1000;
export const MOST_CHOICES = 1000;
export const DEEPEST = 32;

/**
 * The space that its JSON form describes. Throws `invalid-space` naming the parameter by its path; ranges are checked
 * when the study is created.
 */
export function spaceFromJson(json: unknown): Space {
  return readSpace(json, "space", "", { left: MOST_PARAMETERS, depth: 0 });
}

interface Budget {
  /** How many parameters may still come. */
  left: number;
  depth: number;
}

function readSpace(json: unknown, name: string, prefix: string, budget: Budget): Space {
  if (!isObject(json)) refuse(name, "expected an object of parameters", show(json));
  if (budget.depth === DEEPEST) refuse(name, `expected at most ${DEEPEST} spaces within each other`, "one more");
  budget.depth++;
  const nodes = Object.entries(json).map(([key, node]) => {
    const path = prefix + key;
    if (key === "__proto__") refuse(path, "expected another name", '"__proto__"');
    if (budget.left-- === 0) refuse(path, `expected at most ${MOST_PARAMETERS} parameters`, "one more");
    return [key, readNode(node, path, budget)] as const;
  });
  budget.depth--;
  return Object.fromEntries(nodes);
}

function readNode(node: Json, name: string, budget: Budget): SpaceNode {
  if (!isObject(node)) {
    if (!Array.isArray(node)) return node as SpaceNode;
    return refuse(name, 'expected a parameter such as { "type": "choice", "values": [...] } or a constant', show(node));
  }
  switch (node.type) {
    case "float":
    case "int":
      return readRange(node, node.type, name);
    case "choice":
      return readChoice(node, name, budget);
    case "group":
      return readSpace(expectMembers(name, node, ["type", "params"], CODE).params, name, `${name}.`, budget);
    default:
      return refuse(name, 'expected "type" to be "float", "int", "choice" or "group"', show(node.type));
  }
}

function readRange(node: JsonObject, type: "float" | "int", name: string): SpaceNode {
  const {
    low,
    high,
    log = false,
    step = null,
  } = expectMembers(name, node, ["type", "low", "high", "log", "step"], CODE);
  if (typeof low !== "number" || typeof high !== "number") {
    refuse(name, "expected numbers as low and high", `low=${show(low)}, high=${show(high)}`);
  }
  if (typeof log !== "boolean") refuse(name, "expected log to be true or false", show(log));
  if (step !== null && typeof step !== "number") refuse(name, "expected step to be a number", show(step));
  const options = step === null ? { log } : { log, step };
  return type === "float" ? float(low, high, options) : int(low, high, options);
}

function readChoice(node: JsonObject, name: string, budget: Budget): SpaceNode {
  const { values, branches } = expectMembers(name, node, ["type", "values", "branches"], CODE);
  if ((values === undefined) === (branches === undefined)) {
    refuse(name, "expected either values or branches", values === undefined ? "neither" : "both");
  }
  if (values !== undefined) {
    if (!Array.isArray(values)) refuse(name, "expected values to be a list", show(values));
    return choice(expectFew(name, values as readonly Json[]));
  }
  if (!isObject(branches)) return refuse(name, "expected branches to be an object of spaces", show(branches));
  const labels = expectFew(name, Object.keys(branches));
  if (labels.includes("__proto__")) refuse(name, "expected another branch name", '"__proto__"');
  const spaces = labels.map((label) => {
    const path = `${name}.${label}`;
    return [label, readSpace(branches[label], path, `${path}.`, budget)] as const;
  });
  return choice(Object.fromEntries(spaces));
}

function expectFew<T>(name: string, choices: readonly T[]): readonly T[] {
  if (choices.length <= MOST_CHOICES) return choices;
  return refuse(name, `expected at most ${MOST_CHOICES} choices`, String(choices.length));
}

const CODE = "invalid-space";

function refuse(name: string, expected: string, got: string): never {
  throw new VernierError(CODE, `"${name}": ${expected}, got ${got}`);
}
