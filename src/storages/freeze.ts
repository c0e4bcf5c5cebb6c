import type { Json } from "../core/json.ts";
import { copyOwn } from "./own-property.ts";

/** Freezes a JSON value through and through; returns it. What is frozen already is taken to be so inside. */
export function freezeJson<T extends Json>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const item of Object.values(value)) freezeJson(item as Json);
  return Object.freeze(value);
}

/** A frozen copy that shares nothing with `value` that could change. */
export function frozenCopy<T extends Json>(value: T): T {
  if (typeof value !== "object" || value === null || isFrozenFlat(value)) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy)) as unknown as T;
  const copy = copyOwn(value as { readonly [key: string]: Json });
  for (const key of Object.keys(copy)) {
    const item = copy[key] as Json;
    if (typeof item === "object" && item !== null) copy[key] = frozenCopy(item);
  }
  return Object.freeze(copy) as T;
}

/** Whether neither the value nor what is in it can change, being frozen and of plain values. */
function isFrozenFlat(value: object): boolean {
  return Object.isFrozen(value) && Object.values(value).every((item) => typeof item !== "object" || item === null);
}
