import type { Distribution } from "../core/distribution.ts";
import type { JournalRecord } from "../core/record.ts";
import { LogState, type Outcome } from "../storages/replay.ts";
import type { Storage } from "../storages/storage.ts";

/** One writer's view of a log: what it has read of it so far, and what its own records became there. */
export interface StudyLog {
  /** The name under which this writer's records stand. */
  readonly worker: string;
  /** What the replay makes of all that was read. */
  readonly state: LogState;
  /** Whether the storage can append at a position. */
  readonly knowsPositions: boolean;
  /** Takes in what other writers appended. */
  sync(): Promise<void>;
  /** Appends where the log ended when it was last read, or, where it does not end there or cannot tell, gives null. */
  writeNext(records: readonly JournalRecord[]): Promise<readonly Outcome[] | null>;
  /** Appends the records wherever the log ends now; resolves with what each of them did. */
  write(records: readonly JournalRecord[]): Promise<readonly Outcome[]>;
  /** Appends what `missing` says is missing, having looked again after what other writers appended before. */
  complete(missing: () => readonly JournalRecord[]): Promise<void>;
}

/** Reads the log to its end. `distributions` are those that its trials are likely to have. */
export async function openLog(storage: Storage, distributions: readonly Distribution[] = []): Promise<StudyLog> {
  const worker = crypto.randomUUID();
  const state = new LogState(distributions);

  async function sync(): Promise<void> {
    state.apply(await storage.read(state.length));
  }

  // What the records do is known beforehand.
  async function writeNext(records: readonly JournalRecord[]): Promise<readonly Outcome[] | null> {
    const written = await storage.appendAt?.(state.length, records);
    return written ? state.apply(written) : null;
  }

  // Else appends, then reads on to the end: what the records did is known only from their place in the log.
  async function write(records: readonly JournalRecord[]): Promise<readonly Outcome[]> {
    const applied = await writeNext(records);
    if (applied !== null) return applied;
    await storage.append(records);
    const read = await storage.read(state.length);
    const outcomes = state.apply(read);
    // An append that failed after all may have left records of ours before these.
    return outcomes.filter((_, i) => read[i]?.worker_id === worker).slice(-records.length);
  }

  async function complete(missing: () => readonly JournalRecord[]): Promise<void> {
    for (let records = missing(); records.length > 0; records = missing()) {
      if ((await writeNext(records)) !== null) return;
      if (storage.appendAt === undefined) return void (await write(records));
      await sync();
    }
  }

  await sync();
  return { worker, state, knowsPositions: storage.appendAt !== undefined, sync, writeNext, write, complete };
}
