import { tensorflowPlatform } from "#tensorflow-platform";
import type { io } from "@tensorflow/tfjs-core";
import { VernierError } from "../../core/errors.ts";
import { folderHandler } from "./network-folder.ts";
import type { TensorFlow } from "../backend/tensorflow.ts";

/** A place for networks in TensorFlow.js's own formats; what fails there is a VernierError that names it. */
export interface NetworkLocation {
  save(artifacts: io.ModelArtifacts): Promise<io.SaveResult>;
  load(): Promise<io.ModelArtifacts>;
}

/**
 * What is meant by a folder's path, `file://`, `indexeddb://` or `http(s)://`. Throws "invalid-argument" for another scheme
 * and "unsupported" where the runtime has no files or no IndexedDB.
 */
export function networkLocation(tf: TensorFlow, location: string | URL): NetworkLocation {
  const place = String(location);
  const handler = handlerOf(tf, place);

  async function ask<T>(expected: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      const message = `"${place}": expected ${expected}, got ${(cause as Error).message}`;
      throw new VernierError("storage-failed", message, { cause });
    }
  }

  return {
    async save(artifacts) {
      if (handler.save === undefined) {
        throw new VernierError("unsupported", `"${place}": expected a place to write to, got one that is only read`);
      }
      return ask("a place to keep a network in", () => handler.save!(artifacts));
    },
    load: () => ask("a saved network", () => handler.load!()),
  };
}

function handlerOf(tf: TensorFlow, place: string): io.IOHandler {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(place)?.[1]?.toLowerCase() ?? "file";
  if (scheme === "http" || scheme === "https") {
    const served = tf.io.http(place);
    return { load: () => served.load!() };
  }
  if (scheme === "indexeddb") {
    const [save] = tf.io.getSaveHandlers(place);
    if (save !== undefined) return save;
    throw new VernierError("unsupported", `"${place}": expected a runtime with IndexedDB, got one without`);
  }
  if (scheme !== "file" || place === "") {
    const expected = 'a folder\'s path, "file://...", "indexeddb://..." or, to load, "https://.../model.json"';
    throw new VernierError("invalid-argument", `"location": expected ${expected}, got ${JSON.stringify(place)}`);
  }
  const { files } = tensorflowPlatform;
  if (files !== null) return folderHandler(tf, files, place.replace(/[/\\]model\.json$/, ""));
  throw new VernierError("unsupported", `"${place}": expected a runtime with files, got one without`);
}
