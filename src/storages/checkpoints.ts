import { expectName, show, VernierError } from "../core/errors.ts";

/**
 * Bytes by name, with which a trial goes on from where another one, or it itself before an interruption, came to: weights
 * of a network after 10 epochs, trees grown so far. It is a cache: whatever is in it may be gone at any time, and an
 * objective that finds nothing starts from the beginning, to the same value.
 */
export interface Checkpoints {
  /** The bytes last set under that name, as a copy that is the caller's own; null where there are none, or no more. */
  get(name: string): Promise<Uint8Array | null>;
  /** Keeps a copy of the bytes as they are when called, in place of those that had the name. */
  set(name: string, bytes: Uint8Array): Promise<void>;
  /** Lets go of what has the name, if anything has. */
  delete(name: string): Promise<void>;
}

/**
 * `inner` behind a door: `invalid-argument` for a name that is no text or an empty one and for bytes that are no
 * Uint8Array; what it is set to is a copy with a buffer of its own.
 */
export function checkedCheckpoints(inner: Checkpoints): Checkpoints {
  return {
    get: async (name) => inner.get(checked(name)),
    set: async (name, bytes) => inner.set(checked(name), copyOf(bytes)),
    delete: async (name) => inner.delete(checked(name)),
  };
}

const checked = (name: unknown): string => expectName("checkpoint", name);

function copyOf(bytes: unknown): Uint8Array {
  if (bytes instanceof Uint8Array) return new Uint8Array(bytes);
  throw new VernierError("invalid-argument", `"bytes": expected a Uint8Array, got ${show(bytes)}`);
}
