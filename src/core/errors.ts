/** Every reason for which Vernier refuses or gives up, as `VernierError.code`. */
export type VernierErrorCode =
  | "invalid-argument"
  | "invalid-space"
  | "invalid-data"
  | "study-mismatch"
  | "unknown-trial"
  | "trial-ended"
  | "not-ready"
  | "exhausted"
  | "storage-corrupt"
  | "storage-locked"
  | "storage-failed"
  | "worker-failed"
  | "trial-timeout"
  | "unsupported"
  | "numerical-failure";

/**
 * The one error class of the library. The message names the thing, what was expected and what came:
 * `"learningRate": expected low < high, got low=0.1, high=0.01`.
 */
export class VernierError extends Error {
  override readonly name = "VernierError";
  readonly code: VernierErrorCode;

  constructor(code: VernierErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** A short, safe rendering of any value for an error message. */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (typeof value === "function") return `function ${value.name || "(anonymous)"}`;
  if (typeof value === "object" && value !== null) {
    if (Array.isArray(value)) return value.length > 6 ? `array of ${value.length}` : `[${value.map(show).join(", ")}]`;
    const name = value.constructor?.name;
    return name && name !== "Object" ? name : `{${Object.keys(value).slice(0, 6).join(", ")}}`;
  }
  return Object.is(value, -0) ? "-0" : String(value);
}

/** Throws unless `name` is a text with something in it; `kind` says what it is the name of. */
export function expectName(kind: string, name: unknown): string {
  if (typeof name === "string" && name !== "") return name;
  throw new VernierError("invalid-argument", `"name": expected a non-empty ${kind} name, got ${show(name)}`);
}

/** Throws unless `value` is a whole number with `low <= value <= high`. */
export function expectInteger(
  name: string,
  value: unknown,
  low: number,
  high: number = Number.MAX_SAFE_INTEGER,
): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= low && value <= high) return value;
  const range = high === Number.MAX_SAFE_INTEGER ? `a whole number >= ${low}` : `a whole number from ${low} to ${high}`;
  throw new VernierError("invalid-argument", `"${name}": expected ${range}, got ${show(value)}`);
}

/** Throws unless `value` is a finite number for which `holds` is true; `expected` says in words what that is. */
export function expectNumber(
  name: string,
  value: unknown,
  expected: string = "a finite number",
  holds: (value: number) => boolean = () => true,
): number {
  if (typeof value === "number" && Number.isFinite(value) && holds(value)) return value;
  throw new VernierError("invalid-argument", `"${name}": expected ${expected}, got ${show(value)}`);
}

/** Throws unless `value` is one of `allowed`. */
export function expectOneOf<T>(name: string, value: unknown, allowed: readonly T[]): T {
  if (allowed.includes(value as T)) return value as T;
  throw new VernierError(
    "invalid-argument",
    `"${name}": expected one of ${allowed.map(show).join(", ")}, got ${show(value)}`,
  );
}
