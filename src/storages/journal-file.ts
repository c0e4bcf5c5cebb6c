import { expectInteger, expectNumber, expectOneOf, VernierError } from "../core/errors.ts";
import type { JournalRecord } from "../core/record.ts";
import type { FileSystem, OpenFile } from "./file-system.ts";
import { decodeLines, encodeRecord } from "./journal-codec.ts";
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
  /** So many lines. */
  readonly text: string;
  readonly lines: number;
  /** Where the log must end; null: anywhere. */
  readonly position: number | null;
  readonly done: (written: boolean) => void;
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

  async append(records: readonly JournalRecord[]): Promise<void> {
    if (records.length > 0) await this.#enqueue(encodeLines(records), records.length, null);
  }

  async appendAt(position: number, records: readonly JournalRecord[]): Promise<readonly JournalRecord[] | null> {
    expectInteger("position", position, 0);
    const text = encodeLines(records);
    const written = await this.#enqueue(text, records.length, position);
    return written ? decodeLines(text, { file: this.path, line: position + 1 }) : null;
  }

  #enqueue(text: string, lines: number, position: number | null): Promise<boolean> {
    return new Promise((done, failed) => {
      this.#pending.push({ text, lines, position, done, failed });
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
        const written = await this.#explained(() => this.#write(batch));
        for (const it of batch) it.done(written.has(it));
      } catch (error) {
        for (const it of batch) it.failed(error);
      }
    }
    this.#writing = false;
  }

  /** Writes those of the batch that may be, and tells which. */
  async #write(batch: readonly PendingAppend[]): Promise<ReadonlySet<PendingAppend>> {
    // Before the lock, which is a link to it: other writers tell by the file's time whether the lock is alive.
    if (!this.#checked) this.#files.open(this.path, "append")?.close();
    const { file, written } = await withLock(this.#files, this.path, this.#lock, this.#lockTimeout, () =>
      this.#appendLocked(batch),
    );
    try {
      if (this.#sync && written.size > 0) await file.flush();
    } finally {
      file.close();
    }
    return written;
  }

  #appendLocked(batch: readonly PendingAppend[]): { file: OpenFile; written: ReadonlySet<PendingAppend> } {
    const file = this.#files.open(this.path, "append") as OpenFile;
    try {
      let size = file.size();
      let known = this.#reader.lengthAt(file, size);
      if (known === null || !this.#checked) {
        size = this.#mend(file, size);
        known = this.#reader.lengthAt(file, size);
      }
      const written = admitted(batch, known);
      const bytes = new TextEncoder().encode([...written].map((it) => it.text).join(""));
      if (bytes.length > 0) this.#appendBytes(file, size, bytes);
      if (known !== null) this.#reader.skip(bytes);
      return { file, written };
    } catch (error) {
      file.close();
      throw error;
    }
  }

  #appendBytes(file: OpenFile, size: number, bytes: Uint8Array): void {
    try {
      file.append(bytes);
    } catch (error) {
      file.truncate(size);
      throw error;
    }
  }

  /** Cuts off a torn last record, onto which the next one would be glued; returns the file's size. */
  #mend(file: OpenFile, size: number): number {
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

function encodeLines(records: readonly JournalRecord[]): string {
  return records.map((record) => `${encodeRecord(record)}\n`).join("");
}

/** Those of the batch that may be appended, in turn, to a log of `length` records; null: of unknown length. */
function admitted(batch: readonly PendingAppend[], length: number | null): ReadonlySet<PendingAppend> {
  const chosen = new Set<PendingAppend>();
  let end = length;
  for (const it of batch) {
    if (it.position !== null && it.position !== end) continue;
    chosen.add(it);
    if (end !== null) end += it.lines;
  }
  return chosen;
}

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
