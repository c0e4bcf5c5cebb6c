import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expectName, VernierError } from "../core/errors.ts";
import { type Checkpoints, checkedCheckpoints } from "../storages/checkpoints.ts";

/**
 * Checkpoints in a folder, which is made when it is needed: a file for each, written beside its place and then renamed, so
 * that none is ever seen half written, whoever else writes. Not flushed to the disk: after a loss of power some may be
 * gone. Throws `storage-failed` where the system refuses. For runtimes that carry Node's modules.
 */
export function fileCheckpoints(folder: string): Checkpoints {
  const place = resolve(expectName("folder", folder));

  async function ask<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      const message = `"${folder}": expected a folder to keep checkpoints in, got ${(cause as Error).message}`;
      throw new VernierError("storage-failed", message, { cause });
    }
  }

  return checkedCheckpoints({
    get: (name) =>
      ask(() =>
        readFile(join(place, fileName(name))).then(
          (bytes) => new Uint8Array(bytes),
          (error: NodeJS.ErrnoException) => {
            if (error.code === "ENOENT") return null;
            throw error;
          },
        ),
      ),
    set: (name, bytes) =>
      ask(async () => {
        await mkdir(place, { recursive: true });
        const aside = join(place, `${randomUUID()}.tmp`);
        try {
          await writeFile(aside, bytes);
          await rename(aside, join(place, fileName(name)));
        } catch (error) {
          await rm(aside, { force: true });
          throw error;
        }
      }),
    delete: (name) => ask(() => rm(join(place, fileName(name)), { force: true })),
  });
}

// Of letters only the small ones stay, as some file systems take large ones for the same. The prefix keeps clear of names
// that a system has for itself.
function fileName(name: string): string {
  const unit = (char: string): string => `%${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  const safe = name.replace(/[^a-z0-9_-]/g, unit);
  // Names of files end at 255 bytes.
  return `checkpoint-${safe.length <= 200 ? safe : `%${createHash("sha256").update(safe).digest("hex")}`}`;
}
