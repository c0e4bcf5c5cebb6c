import { type JournalFileOptions, type JournalStorage, openJournal } from "../storages/journal-file.ts";
import { nodeFiles } from "./node-files.ts";

export { fileCheckpoints } from "./node-checkpoints.ts";
export type { JournalFileOptions, JournalStorage } from "../storages/journal-file.ts";

/**
 * A study log in a file of Optuna's journal format; see `JournalFileOptions`. The same file may be open in
 * any number of processes, Optuna's among them. For runtimes that carry Node's modules.
 */
export function journalFile(path: string, options: JournalFileOptions = {}): JournalStorage {
  return openJournal(nodeFiles, path, options);
}
