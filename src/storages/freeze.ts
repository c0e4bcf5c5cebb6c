import type { Json } from "../core/json.ts";

/** Freezes a JSON value through and through; returns it. What is frozen already is taken to be so inside. */
export function freezeJson<T extends Json>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const item of Object.values(value)) freezeJson(item as Json);
  return Object.freeze(value);
}

/** A frozen copy that shares nothing with `value`. */
export function frozenCopy<T extends Json>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  const copy = Array.isArray(value)
    ? value.map(frozenCopy)
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, frozenCopy(item as Json)]));
  return Object.freeze(copy) as T;
}
