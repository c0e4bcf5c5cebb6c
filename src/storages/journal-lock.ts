import { VernierError } from "../core/errors.ts";
import type { FileSystem } from "./file-system.ts";

export type LockKind = "symlink" | "open";

/** A lock whose file has not changed for so long has lost its holder. Milliseconds. */
const gracePeriod = 30_000;
const longestWait = 1000;

/**
 * Runs `task` under the lock by which the writers of a journal, Optuna's too, keep out of each other's way: the file
 * `<path>.lock`, a symbolic link to the journal or (`"open"`) an empty file. Waits 1 ms, doubling up to
 * 1 s: whoever polled more often would starve the others. A lock that has not changed for 30 s is taken
 * from its holder. Throws `storage-locked` after `timeout` ms.
 *
 * `task` runs in the same turn in which the lock is taken and released: nothing else in this process, no
 * objective however long, runs while it is held.
 */
export async function withLock<T>(
  files: FileSystem,
  path: string,
  kind: LockKind,
  timeout: number,
  task: () => T,
): Promise<T> {
  const lock = `${path}.lock`;
  const start = files.now();
  let seen = "";
  let since = start;
  let wait = 1;
  // The link's target is absolute: others find out whether the lock is alive through it, from any folder.
  while (!(kind === "symlink" ? files.link(path, lock) : files.create(lock))) {
    const now = files.now();
    const stat = files.stat(lock);
    const state = stat === null ? "" : `${stat.identity} ${stat.modified}`;
    if (stat === null || state !== seen) {
      seen = state;
      since = now;
    } else if (now - since > gracePeriod) {
      removeLock(files, lock, stat.identity);
      seen = "";
      wait = 1;
      continue;
    }
    if (now - start >= timeout) {
      throw new VernierError(
        "storage-locked",
        `"${path}": expected the lock "${lock}" to be free within ${timeout} ms, got a holder that keeps it`,
      );
    }
    await files.sleep(Math.min(wait, timeout - (now - start)));
    wait = Math.min(wait * 2, longestWait);
  }
  const identity = files.stat(lock)?.identity;
  try {
    return task();
  } finally {
    removeLock(files, lock, identity);
  }
}

/** Removes the lock if it is still the one meant, by a rename first: of two who try, one succeeds. */
function removeLock(files: FileSystem, lock: string, identity: string | undefined): void {
  if (files.stat(lock)?.identity !== identity) return;
  const aside = `${lock}${crypto.randomUUID()}.rename`;
  try {
    files.rename(lock, aside);
    files.remove(aside);
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ENOENT") throw error;
  }
}
