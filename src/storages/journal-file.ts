import { expectInteger, expectNumber, expectOneOf, VernierError } from "../core/errors.ts";
import type { JournalRecord } from "../core/record.ts";
import type { FileSystem, OpenFile } from "./file-system.ts";
import { encodeRecord } from "./journal-codec.ts";
import { type LockKind, withLock } from "./journal-lock.ts";
import { checkHead, JournalReader } from "./journal-reader.ts";
import type { Storage } from "./storage.ts";

export interface JournalFileOptions {
  /**
   * What the lock is: a symbolic link (as Optuna's default), or a file made exclusively (as its
   * JournalFileOpenLock), for file systems without links. All writers of a file must use the same.
   */
  readonly lock?: LockKind;
  /** Milliseconds to wait for the lock before giving up with `storage-locked`; 60 000 unless told. */
  readonly lockTimeout?: number;
  /**
   * Whether an append waits until its records would survive a loss of power; true unless told. Without it
   * they survive the end of the process, by whatever cause, all the same.
   */
  readonly sync?: boolean;
}

export interface JournalStorage extends Storage {
  /** The file, from the root. */
  readonly path: string;
}

/**
 * A log in a file of Optuna's journal format, which Optuna and any number of processes may read and append
 * to at the same time. The file is made by the first append.
 *
 * The records of an append are one write: other writers' records never stand between them, and if it fails,
 * none are kept. If the process is killed in the middle, the leading ones may remain; a torn last record
 * is ignored by readers and cut off by the next append.
 *
 * Errors: `invalid-argument` (the path is a directory, or in none), `storage-corrupt` (not a journal, or cut
 * short since it was read), `storage-locked`, `storage-failed` (the system refuses: no permission, disk full).
 */
export function openJournal(files: FileSystem, path: string, options: JournalFileOptions = {}): JournalStorage {
  return new JournalFile(files, path, options);
}

interface PendingAppend {
  readonly text: string;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

class JournalFile implements JournalStorage {
  readonly name = "journal";
  readonly path: string;
  readonly #files: FileSystem;
  readonly #lock: LockKind;
  readonly #lockTimeout: number;
  readonly #sync: boolean;
  readonly #reader: JournalReader;
  #pending: PendingAppend[] = [];
  #writing = false;
  #checked = false;

  constructor(
    files: FileSystem,
    path: string,
    { lock = "symlink", lockTimeout = 60_000, sync = true }: JournalFileOptions,
  ) {
    if (typeof path !== "string" || path === "") {
      throw new VernierError("invalid-argument", `"path": expected the name of a file, got ${JSON.stringify(path)}`);
    }
    this.#files = files;
    this.path = files.absolute(path);
    this.#lock = expectOneOf("lock", lock, ["symlink", "open"]);
    this.#lockTimeout = expectNumber("lockTimeout", lockTimeout, "a number of milliseconds >= 0", (ms) => ms >= 0);
    this.#sync = expectOneOf("sync", sync, [true, false]);
    this.#reader = new JournalReader(this.path);
  }

  async read(from: number): Promise<readonly JournalRecord[]> {
    expectInteger("from", from, 0);
    return this.#explained(() => {
      const file = this.#files.open(this.path, "read");
      try {
        return this.#reader.read(file, from);
      } finally {
        file?.close();
      }
    });
  }

  append(records: readonly JournalRecord[]): Promise<void> {
    return new Promise((done, failed) => {
      if (records.length === 0) return done();
      this.#pending.push({ text: records.map((record) => `${encodeRecord(record)}\n`).join(""), done, failed });
      if (!this.#writing) void this.#writePending();
    });
  }

  // Appends that come while another one is under way are written together: one lock, one flush.
  async #writePending(): Promise<void> {
    this.#writing = true;
    while (this.#pending.length > 0) {
      const batch = this.#pending;
      this.#pending = [];
      try {
        await this.#explained(() => this.#write(batch.map((it) => it.text).join("")));
        for (const it of batch) it.done();
      } catch (error) {
        for (const it of batch) it.failed(error);
      }
    }
    this.#writing = false;
  }

  async #write(text: string): Promise<void> {
    // Before the lock, which is a link to it: other writers tell by the file's time whether the lock is alive.
    if (!this.#checked) this.#files.open(this.path, "append")?.close();
    const bytes = new TextEncoder().encode(text);
    const file = await withLock(this.#files, this.path, this.#lock, this.#lockTimeout, () => this.#appendLocked(bytes));
    try {
      if (this.#sync) await file.flush();
    } finally {
      file.close();
    }
  }

  #appendLocked(bytes: Uint8Array): OpenFile {
    const file = this.#files.open(this.path, "append") as OpenFile;
    try {
      const size = this.#mend(file);
      try {
        file.append(bytes);
        return file;
      } catch (error) {
        file.truncate(size);
        throw error;
      }
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** Cuts off a torn last record, onto which the next one would be glued; returns the file's size. */
  #mend(file: OpenFile): number {
    const size = file.size();
    if (!this.#checked) checkHead(file, size, this.path);
    this.#checked = true;
    if (size === 0 || file.read(size - 1, 1)[0] === newline) return size;
    let start = size;
    while (start > 0) {
      const from = Math.max(0, start - 65_536);
      const end = file.read(from, start - from).lastIndexOf(newline) + 1;
      start = from + end;
      if (end > 0) break;
    }
    file.truncate(start);
    return start;
  }

  async #explained<T>(task: () => T | Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (error) {
      throw explain(this.path, error);
    }
  }
}

const newline = 10;

function explain(path: string, error: unknown): unknown {
  if (error instanceof VernierError || !(error instanceof Error)) return error;
  const { code } = error as { code?: unknown };
  if (code === "EISDIR") {
    return new VernierError("invalid-argument", `"path": expected a file, got the directory "${path}"`, {
      cause: error,
    });
  }
  if (code === "ENOENT" || code === "ENOTDIR") {
    const expected = "expected a file in a folder that exists";
    return new VernierError("invalid-argument", `"path": ${expected}, got "${path}"`, { cause: error });
  }
  return new VernierError("storage-failed", `"${path}": expected to read and append, got ${error.message}`, {
    cause: error,
  });
}
