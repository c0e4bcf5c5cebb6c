import { VernierError } from "vernier";

/**
 * A study log in a Durable Object with SQLite: one entry a record, under its position. Entries keep every value that
 * structured clone keeps, NaN among them.
 */
export function durableStorage(storage) {
  const { kv } = storage;
  const keyOf = (position) => `log:${String(position).padStart(12, "0")}`;
  const length = () => kv.get("length") ?? 0;
  const read = (from) => Array.from(kv.list({ prefix: "log:", start: keyOf(from) }), ([, record]) => record);

  function write(records) {
    const start = length();
    records.forEach((record, k) => kv.put(keyOf(start + k), record));
    kv.put("length", start + records.length);
  }

  return {
    name: "durable-object",
    append: async (records) => storage.transactionSync(() => write(records)),
    async appendAt(position, records) {
      if (expectPosition(position) !== length()) return null;
      storage.transactionSync(() => write(records));
      return read(position);
    },
    read: async (from) => read(expectPosition(from)),
  };
}

function expectPosition(position) {
  if (Number.isSafeInteger(position) && position >= 0) return position;
  throw new VernierError("invalid-argument", `"position": expected a whole number >= 0, got ${position}`);
}
