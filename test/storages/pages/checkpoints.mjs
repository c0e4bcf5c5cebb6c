// Checkpoints in IndexedDB, as a page sees them.
import { indexedDbCheckpoints, memoryCheckpoints } from "vernier";
import { runCases } from "../../conformance/checkpoints-cases.ts";
import { checkpointStudies } from "../../support/checkpoint-studies.mjs";

const database = () => `vernier-${crypto.randomUUID()}`;
const objective = new URL("/test/pool/objectives/checkpoints.mjs", location.href);

async function outcome(work) {
  try {
    return await work();
  } catch ({ code, message }) {
    return { code, message };
  }
}

function remove(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onblocked = () => reject(new Error("expected the database to be let go of"));
  });
}

window.seen = async () => ({
  failures: await runCases(() => {
    const name = database();
    return () => indexedDbCheckpoints(name);
  }),
  inDatabase: await checkpointStudies(objective, () => indexedDbCheckpoints(database())),
  inMemory: await checkpointStudies(objective, memoryCheckpoints),
});

/** The lengths of a checkpoint before its database is deleted, after it, and when it was set again. */
window.deleted = async () => {
  const name = database();
  const kept = indexedDbCheckpoints(name);
  const length = async () => (await kept.get("a"))?.length ?? null;
  await kept.set("a", new Uint8Array(3));
  const lengths = [await length()];
  await remove(name);
  lengths.push(await length());
  await kept.set("a", new Uint8Array(4));
  return [...lengths, await length()];
};

/** What is said of a database that has another use, of a name that is none, and of a runtime without IndexedDB. */
window.refused = async () => {
  const name = database();
  await new Promise((resolve) => {
    const request = indexedDB.open(name, 1);
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
  });
  const other = await outcome(() => indexedDbCheckpoints(name).get("a"));
  const nameless = await outcome(() => indexedDbCheckpoints(""));
  Object.defineProperty(window, "indexedDB", { value: undefined });
  return [other, nameless, await outcome(() => indexedDbCheckpoints("a"))];
};
