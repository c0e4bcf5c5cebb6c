import type { Distribution, ParamValue } from "../core/distribution.ts";
import { show, VernierError } from "../core/errors.ts";
import type { Json } from "../core/json.ts";
import { parseJson, pythonFloat, spaced, writeJson } from "./python-json.ts";

// Of frozen distributions: a study writes the same few with every trial.
const texts = new WeakMap<Distribution, string>();

/** The text by which a journal (or a database) of Optuna keeps a distribution, byte for byte. */
export function encodeDistribution(distribution: Distribution): string {
  let text = texts.get(distribution);
  if (text === undefined) {
    text = write(distribution);
    if (Object.isFrozen(distribution)) texts.set(distribution, text);
  }
  return text;
}

function write(distribution: Distribution): string {
  if (distribution.type === "categorical") {
    return `{"name": "CategoricalDistribution", "attributes": {"choices": ${writeJson(distribution.choices, spaced)}}}`;
  }
  const { low, high, log, step } = distribution;
  if (distribution.type === "int") {
    return `{"name": "IntDistribution", "attributes": {"log": ${log}, "step": ${step}, "low": ${low}, "high": ${high}}}`;
  }
  const grid = step === null ? "null" : pythonFloat(step);
  const range = `"low": ${pythonFloat(low)}, "high": ${pythonFloat(high)}`;
  return `{"name": "FloatDistribution", "attributes": {"step": ${grid}, ${range}, "log": ${log}}}`;
}

/**
 * The distribution that such a text describes. A choice that is itself a list or an object becomes its
 * JSON text. Throws `storage-corrupt` for anything else.
 */
export function decodeDistribution(text: string): Distribution {
  const { name, attributes } = parsed(text);
  if (name === "CategoricalDistribution" && Array.isArray(attributes.choices)) {
    return Object.freeze({ type: "categorical", choices: Object.freeze(attributes.choices.map(scalar)) });
  }
  const { low, high, step = null, log = false } = attributes;
  if (typeof low === "number" && typeof high === "number" && typeof log === "boolean") {
    if (name === "FloatDistribution" && (step === null || typeof step === "number")) {
      return Object.freeze({ type: "float", low, high, log, step });
    }
    if (name === "IntDistribution" && (step === null || typeof step === "number")) {
      return Object.freeze({ type: "int", low, high, log, step: step ?? 1 });
    }
  }
  return refuse(text);
}

function parsed(text: string): { name: Json; attributes: { readonly [key: string]: Json } } {
  try {
    const { name, attributes } = parseJson(text) as { name: Json; attributes: { [key: string]: Json } };
    if (typeof attributes === "object" && attributes !== null) return { name, attributes };
  } catch {
    // Told below.
  }
  return refuse(text);
}

function scalar(choice: Json): ParamValue {
  return typeof choice === "object" && choice !== null ? writeJson(choice, spaced) : (choice as ParamValue);
}

function refuse(text: string): never {
  throw new VernierError(
    "storage-corrupt",
    `distribution: expected the JSON text of a FloatDistribution, IntDistribution or CategoricalDistribution, got ${show(text)}`,
  );
}
