import { show, VernierError, type VernierErrorCode } from "../core/errors.ts";
import type { Json } from "../core/json.ts";

export type JsonObject = { readonly [name: string]: Json };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as an object that has no other members than these; throws naming it. */
export function expectMembers(
  name: string,
  value: unknown,
  allowed: readonly string[],
  code: VernierErrorCode = "invalid-argument",
): JsonObject {
  if (!isObject(value)) throw new VernierError(code, `"${name}": expected an object, got ${show(value)}`);
  for (const key of Object.keys(value)) {
    if (allowed.includes(key)) continue;
    const expected = allowed.length === 0 ? "no members" : `only the members ${allowed.join(", ")}`;
    throw new VernierError(code, `"${name}": expected ${expected}, got ${show(key)}`);
  }
  return value;
}

/** Throws `invalid-argument` for a JSON value that is not what was expected. */
export function refuse(name: string, expected: string, got: Json | undefined): never {
  throw new VernierError("invalid-argument", `"${name}": expected ${expected}, got ${show(got)}`);
}

/** The names and values of an object of whatever members; throws naming it. */
export function membersOf(name: string, value: Json = {}): [string, Json][] {
  return Object.entries(isObject(value) ? value : refuse(name, "an object", value));
}

/** A JSON value as text, the same whatever the order of members. */
export function canonicalText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonicalText(value[key] as Json)}`).join(",")}}`;
}
