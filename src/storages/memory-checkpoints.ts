import { expectInteger } from "../core/errors.ts";
import { type Checkpoints, checkedCheckpoints } from "./checkpoints.ts";

export interface MemoryCheckpointsOptions {
  /** Bytes kept at most; default 256 MiB. Those used longest ago go first, and one that is larger is not kept. */
  readonly limit?: number;
}

/** Checkpoints in this process's memory, gone with it. */
export function memoryCheckpoints({ limit = 256 * 1024 * 1024 }: MemoryCheckpointsOptions = {}): Checkpoints {
  expectInteger("limit", limit, 0);
  // The one used last comes last.
  const kept = new Map<string, Uint8Array>();
  let total = 0;

  function take(name: string): Uint8Array | undefined {
    const bytes = kept.get(name);
    if (kept.delete(name)) total -= (bytes as Uint8Array).length;
    return bytes;
  }

  function put(name: string, bytes: Uint8Array): void {
    kept.set(name, bytes);
    total += bytes.length;
  }

  return checkedCheckpoints({
    async get(name) {
      const bytes = take(name);
      if (bytes === undefined) return null;
      put(name, bytes);
      return new Uint8Array(bytes);
    },
    async set(name, bytes) {
      take(name);
      if (bytes.length > limit) return;
      put(name, bytes);
      for (const oldest of kept.keys()) {
        if (total <= limit) break;
        take(oldest);
      }
    },
    async delete(name) {
      take(name);
    },
  });
}
