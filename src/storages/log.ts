import type { JournalRecord } from "../core/record.ts";
import { LogState, type Outcome } from "./replay.ts";
import type { Storage } from "./storage.ts";

/**
 * One writer's handle on a storage: appends its records, reads everyone's, and knows what its own came to.
 * Calls may overlap; they take effect one after the other.
 */
export class Log {
  readonly storage: Storage;
  /** Names this handle in its records; no two handles may share it. */
  readonly workerId: string;
  /** The log as of the last `sync` or `append`. */
  readonly state: LogState = new LogState();
  #last: Promise<unknown> = Promise.resolve();

  constructor(storage: Storage, workerId: string = newWorkerId()) {
    this.storage = storage;
    this.workerId = workerId;
  }

  /** Takes in what was appended since, by whomever. */
  sync(): Promise<void> {
    return this.#inTurn(async () => {
      this.state.apply(await this.storage.read(this.state.length));
    });
  }

  /**
   * Appends records built with this handle's `workerId`, takes in all that is new, and resolves with what
   * each of the records came to: the id that a createStudy or createTrial got, null for a lost claim.
   */
  append(records: readonly JournalRecord[]): Promise<readonly Outcome[]> {
    return this.#inTurn(async () => {
      await this.storage.append(records);
      const news = await this.storage.read(this.state.length);
      const outcomes = this.state.apply(news).filter((_, i) => news[i]?.worker_id === this.workerId);
      // Ours are the last ones: records of an append that failed half-way may stand before them.
      return outcomes.slice(outcomes.length - records.length);
    });
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

/** A name that no other writer has: a random UUID and a thread number, as Optuna forms it. */
export function newWorkerId(): string {
  return `${crypto.randomUUID()}-0`;
}
