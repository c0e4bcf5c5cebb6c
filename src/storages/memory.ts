import { expectInteger } from "../core/errors.ts";
import type { JournalRecord } from "../core/record.ts";
import { frozenCopy } from "./freeze.ts";
import type { Storage } from "./storage.ts";

/** A log in this process's memory, gone with it. Every study given the same object shares the log. */
export function memory(): Storage {
  const log: JournalRecord[] = [];
  // Copied first, so that a record that cannot be copied leaves nothing behind.
  function keep(records: readonly JournalRecord[]): readonly JournalRecord[] {
    const copies = records.map(frozenCopy);
    for (const record of copies) log.push(record);
    return copies;
  }
  return {
    name: "memory",
    async append(records) {
      keep(records);
    },
    async appendAt(position, records) {
      return expectInteger("position", position, 0) === log.length ? keep(records) : null;
    },
    async read(from) {
      return log.slice(expectInteger("from", from, 0));
    },
  };
}
