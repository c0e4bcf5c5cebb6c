import type { JournalRecord } from "../core/record.ts";

/**
 * An append-only log of journal records: all that a study needs to be kept. Records come back in the order
 * in which they were appended; what an id means is decided by replaying them (`replay.ts`).
 */
export interface Storage {
  readonly name: string;
  /** Appends the records after everything that any writer appended before; all of them or none. */
  append(records: readonly JournalRecord[]): Promise<void>;
  /** The records from position `from` (0 is the first) to the end. */
  read(from: number): Promise<readonly JournalRecord[]>;
}
