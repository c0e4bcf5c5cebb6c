import { show, VernierError } from "../core/errors.ts";

/** Where in a value something sits that cannot be posted to another thread. */
export interface Unclonable {
  /** Dotted path, as in records. */
  readonly path: string;
  readonly value: unknown;
}

/** Posting `value` failed with `cause`: throws an error that names the part of it that cannot be posted, if there is one. */
export function refuseUnclonable(name: string, value: unknown, cause: unknown): void {
  const part = findUnclonable(name, value);
  if (part === null) return;
  const message = `"${part.path}": expected a value that can be posted to a worker, got ${show(part.value)}`;
  throw new VernierError("invalid-argument", message, { cause });
}

/** The first part of `value` that cannot be posted; null when all of it can. */
export function findUnclonable(path: string, value: unknown): Unclonable | null {
  return search(path, value, new Set());
}

function search(path: string, value: unknown, above: Set<unknown>): Unclonable | null {
  if (isClonable(value)) return null;
  if (typeof value === "object" && value !== null && !above.has(value)) {
    above.add(value);
    for (const key of Object.keys(value)) {
      const part = search(path === "" ? key : `${path}.${key}`, (value as Record<string, unknown>)[key], above);
      if (part !== null) return part;
    }
  }
  return { path, value };
}

/** Whether all of `value` can be posted. */
export function isClonable(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}
