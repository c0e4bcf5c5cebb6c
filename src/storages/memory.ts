import { expectInteger } from "../core/errors.ts";
import type { JournalRecord } from "../core/record.ts";
import { frozenCopy } from "./freeze.ts";
import type { Storage } from "./storage.ts";

/** A log in this process's memory, gone with it. Every study given the same object shares the log. */
export function memory(): Storage {
  const log: JournalRecord[] = [];
  return {
    name: "memory",
    async append(records) {
      // Copied first, so that a record that cannot be copied leaves nothing behind.
      for (const record of records.map(frozenCopy)) log.push(record);
    },
    async read(from) {
      return log.slice(expectInteger("from", from, 0));
    },
  };
}
