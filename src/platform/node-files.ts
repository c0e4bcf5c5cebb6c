import {
  closeSync,
  constants,
  fdatasync,
  fstatSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  type Stats,
  statSync,
  symlinkSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { resolve } from "node:path";
import type { FileSystem, OpenFile } from "../storages/file-system.ts";

// Calls that only touch the kernel's tables and caches are synchronous: a trip through the thread pool costs
// ten times what they do. The flush, which waits for the disk, is not.

/** Files through node:fs, for Node and the runtimes that carry its modules (Deno, Bun). */
export const nodeFiles: FileSystem = {
  absolute: (path) => resolve(path),
  open(path, mode) {
    try {
      return openFile(openSync(path, mode === "read" ? "r" : "a+"));
    } catch (error) {
      if (mode === "read" && hasCode(error, "ENOENT")) return null;
      throw error;
    }
  },
  link: (target, path) => unlessThere(() => symlinkSync(target, path)),
  create: (path) =>
    unlessThere(() => closeSync(openSync(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY))),
  stat(path) {
    const entry = ifThere(() => lstatSync(path));
    if (entry === null) return null;
    const file = ifThere(() => statSync(path)) ?? entry;
    return { identity: `${entry.dev}:${entry.ino}:${entry.mtimeMs}`, modified: file.mtimeMs };
  },
  rename: renameSync,
  remove: unlinkSync,
  now: () => performance.now(),
  sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
};

function openFile(fd: number): OpenFile {
  return {
    size: () => fstatSync(fd).size,
    read(position, length) {
      const bytes = new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const count = readSync(fd, bytes, filled, length - filled, position + filled);
        if (count === 0) break;
        filled += count;
      }
      return bytes.subarray(0, filled);
    },
    append(bytes) {
      let written = 0;
      while (written < bytes.length) written += writeSync(fd, bytes, written, bytes.length - written);
    },
    truncate: (size) => ftruncateSync(fd, size),
    flush: () => new Promise((done, failed) => fdatasync(fd, (error) => (error === null ? done() : failed(error)))),
    close: () => closeSync(fd),
  };
}

function unlessThere(make: () => void): boolean {
  try {
    make();
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

function ifThere(look: () => Stats): Stats | null {
  try {
    return look();
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === code;
}
