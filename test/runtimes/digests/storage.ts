import { createStudy, type Direction, type JournalRecord, memory } from "vernier";
import journal from "../../vectors/optuna-journal.jsonl";
import type { Results } from "./digest.ts";

// The journal's numbers may be infinite, which JSON cannot say.
const records = journal
  .replaceAll("Infinity", "1e999")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as JournalRecord);

/** What replay makes of a study in Optuna's journal. */
function replayed(name: string, directions: readonly Direction[]): () => Promise<unknown> {
  return async () => {
    const storage = memory();
    await storage.append(records);
    const study = await createStudy({ name, storage, directions, abandoned: "keep", seed: 1 });
    return [study.digest(), study.userAttrs, study.trials];
  };
}

export const storageResults: Results = {
  single: replayed("single", ["minimize"]),
  multi: replayed("multi", ["minimize", "maximize"]),
  cond: replayed("cond", ["maximize"]),
};
