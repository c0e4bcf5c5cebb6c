import type { JournalRecord } from "../core/record.ts";

/**
 * An append-only log of journal records: all that a study needs to be kept. Records come back in the order
 * in which they were appended; what an id means is decided by replaying them (`replay.ts`).
 */
export interface Storage {
  readonly name: string;
  /** Appends the records after everything that any writer appended before; all of them or none. */
  append(records: readonly JournalRecord[]): Promise<void>;
  /**
   * Appends the records if the log ends at `position`, so that they will stand there, and resolves with them as `read`
   * gives them; else leaves the log as it is and resolves with null. A storage that cannot tell goes without: a study
   * then appends first and reads what its records became.
   */
  appendAt?(position: number, records: readonly JournalRecord[]): Promise<readonly JournalRecord[] | null>;
  /** The records from position `from` (0 is the first) to the end. */
  read(from: number): Promise<readonly JournalRecord[]>;
}
