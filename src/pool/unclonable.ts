/** Where in a value something sits that cannot be posted to another thread. */
export interface Unclonable {
  /** Dotted path, as in records. */
  readonly path: string;
  readonly value: unknown;
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

function isClonable(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}
