import { expectName, VernierError } from "../core/errors.ts";
import { type Checkpoints, checkedCheckpoints } from "../storages/checkpoints.ts";

// Of IndexedDB what is used here.
interface Target {
  addEventListener(type: string, listener: () => void): void;
}
interface Request<T> extends Target {
  readonly result: T;
  readonly error: Error | null;
}
interface Factory {
  open(name: string): Request<Database>;
}
interface Database extends Target {
  createObjectStore(name: string): unknown;
  transaction(store: string, mode: "readonly" | "readwrite"): Transaction;
  close(): void;
}
interface Transaction extends Target {
  readonly error: Error | null;
  objectStore(name: string): ObjectStore;
}
interface ObjectStore {
  get(key: string): Request<Uint8Array | undefined>;
  put(value: Uint8Array, key: string): Request<unknown>;
  delete(key: string): Request<unknown>;
}

const table = "checkpoints";

/**
 * Checkpoints in a browser's IndexedDB, in the database of that name, which is made when it is needed and should have no
 * other use. They outlive the page, unless the browser wants for space or its user deletes them. Throws `unsupported` in a
 * runtime without IndexedDB; what is asked for fails with `storage-failed` where the browser refuses, as when its quota is
 * used up.
 */
export function indexedDbCheckpoints(databaseName: string): Checkpoints {
  expectName("database", databaseName);
  const { indexedDB } = globalThis as unknown as { readonly indexedDB?: Factory };
  if (indexedDB === undefined)
    throw new VernierError("unsupported", "expected a runtime with IndexedDB, got one without");
  let opened: Promise<Database> | null = null;
  const letGo = (): void => {
    opened = null;
  };

  function open(): Promise<Database> {
    return new Promise((resolve, reject) => {
      const request = (indexedDB as Factory).open(databaseName);
      request.addEventListener("upgradeneeded", () => request.result.createObjectStore(table));
      request.addEventListener("success", () => {
        const database = request.result;
        database.addEventListener("close", letGo);
        // Somebody deletes it; whoever asks next makes it anew.
        database.addEventListener("versionchange", () => {
          database.close();
          letGo();
        });
        resolve(database);
      });
      request.addEventListener("error", () => {
        letGo();
        reject(request.error);
      });
    });
  }

  async function ask<T>(mode: "readonly" | "readwrite", question: (store: ObjectStore) => Request<T>): Promise<T> {
    try {
      opened ??= open();
      const transaction = (await opened).transaction(table, mode);
      const { result } = await new Promise<Request<T>>((resolve, reject) => {
        const request = question(transaction.objectStore(table));
        transaction.addEventListener("complete", () => resolve(request));
        transaction.addEventListener("abort", () => reject(transaction.error));
      });
      return result;
    } catch (cause) {
      const message = `"${databaseName}": expected a database to keep checkpoints in, got ${String(cause)}`;
      throw new VernierError("storage-failed", message, { cause });
    }
  }

  return checkedCheckpoints({
    get: async (name) => (await ask("readonly", (store) => store.get(name))) ?? null,
    set: async (name, bytes) => void (await ask("readwrite", (store) => store.put(bytes, name))),
    delete: async (name) => void (await ask("readwrite", (store) => store.delete(name))),
  });
}
