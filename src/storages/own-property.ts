/** Sets the object's own property, whatever its name: a plain assignment to `__proto__` would set something else. */
export function setOwn<T>(object: Record<string, T>, name: string, value: T): void {
  if (name !== "__proto__") object[name] = value;
  else Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}

/** A copy of an object's own properties. Not by a spread: V8 gives each frozen copy made so a hidden class of its own. */
export function copyOwn<T>(object: { readonly [name: string]: T }): Record<string, T> {
  const copy: Record<string, T> = {};
  for (const name of Object.keys(object)) setOwn(copy, name, object[name] as T);
  return copy;
}
