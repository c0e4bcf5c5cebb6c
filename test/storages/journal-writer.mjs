// One writer of a journal, in a process of its own: node journal-writer.mjs PATH NAME APPENDS
// Appends records two at a time, and says a line for every append that is done.
import { journalFile } from "vernier/storage/journal";

const [path, name, appends] = process.argv.slice(2);
const journal = journalFile(path, { sync: false });
const record = (k) => ({ op_code: 2, worker_id: name, study_id: 0, user_attr: { k } });

for (let i = 0; i < Number(appends); i++) {
  await journal.append([record(2 * i), record(2 * i + 1)]);
  process.stdout.write(`${i}\n`);
}
